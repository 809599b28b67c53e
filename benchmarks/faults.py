"""What a run loses when it is pulled from under: nothing.

    python -m benchmarks.faults [--posts 20000] [--kills 50] [--worker-kills 10]

Runs a study to its end once; then kills it (SIGKILL, at random moments) and starts it again until it has
ended, kills single workers, sends two runs into one folder at once (with one of them killed, too), lets the
disk run full (a small tmpfs, where it can be mounted), and takes the right to write away.  After each, the
results are compared with the first ones byte by byte, and the store is looked through.  Posix only.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
if str(HERE.parent) not in sys.path:
    sys.path.insert(0, str(HERE.parent))

from benchmarks.crowd import write_crowd  # noqa: E402
from benchmarks.scale import STUDY, family  # noqa: E402
from discourse.processes import PATIENCE  # noqa: E402

OWN = ("run-log.json",)  # time and place of one run; left out of the promise


def digest(out: Path) -> str:
    """Hash all results of a run but its log and its store."""
    whole = hashlib.sha256()
    for file in sorted(p for p in out.rglob("*") if p.is_file()):
        place = file.relative_to(out)
        if place.parts[0] != "store" and place.name not in OWN:
            whole.update(place.as_posix().encode())
            whole.update(file.read_bytes())
    return whole.hexdigest()[:16]


def start(study: Path, out: Path, *extra: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-c", "from discourse.cli import main; main()", "run", str(study)]
    return subprocess.Popen(
        [*command, "--out", str(out), *extra],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )


def end(process: subprocess.Popen[bytes]) -> tuple[int, str]:
    said = process.communicate()[1].decode("utf-8", "replace")
    return process.returncode, said


def killed_at_random(study: Path, out: Path, seconds: float, kills: int, rng: random.Random) -> int:
    """Kill the run again and again; begin anew each time it comes to its end.  Gives the ends met between."""
    ends = done = 0
    while done < kills:
        process = start(study, out, "--workers", "2")
        try:
            process.wait(rng.uniform(0.2, max(1.0, seconds / 6)))
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.communicate()
            done += 1
        else:
            ends += 1
            process.communicate()
            shutil.rmtree(out)
    code, said = end(start(study, out, "--workers", "2"))
    if code != 0:
        raise SystemExit(f"a run could not be ended after {kills} kills:\n{said}")
    _look_through(out)
    return ends


def workers_killed(study: Path, out: Path, seconds: float, kills: int, rng: random.Random) -> int:
    """Kill single workers of a run; it must come to its end by itself.

    At most :data:`discourse.processes.PATIENCE` a run: one more without a part being finished in between,
    and it gives up with a message, as it must where memory is short.
    """
    done = 0
    while done < kills:
        shutil.rmtree(out, ignore_errors=True)
        process = start(study, out, "--workers", "2")
        left = PATIENCE
        while process.poll() is None:
            time.sleep(rng.uniform(0.05, 0.3))
            workers = [pid for pid in family(process.pid) if pid != process.pid and _is_worker(pid)]
            if workers and done < kills and left:
                os.kill(rng.choice(workers), signal.SIGKILL)
                done, left = done + 1, left - 1
                time.sleep(rng.uniform(0.0, max(1.0, seconds / 6)))
        code, said = end(process)
        if code != 0:
            raise SystemExit(f"a run did not survive the loss of workers:\n{said}")
    return done


def _is_worker(pid: int) -> bool:
    try:
        line = Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return False
    # A fork that works on parts, or the fork beside the analyses.
    return bool(line) and b"resource_tracker" not in line


def two_at_once(study: Path, out: Path, seconds: float, rng: random.Random) -> None:
    """Send two runs into one folder at once; then one of them is killed, and the other must not mind."""
    pair = [start(study, out, "--workers", "2") for _ in range(2)]
    for process in pair:
        _refuse(*end(process), "one of two runs at once failed")
    _look_through(out)
    shutil.rmtree(out / "store")
    one, other = (start(study, out, "--workers", "2") for _ in range(2))
    time.sleep(rng.uniform(1.0, seconds / 2))
    os.killpg(one.pid, signal.SIGKILL)
    one.communicate()
    _refuse(*end(other), "a run beside one that was killed failed")


def _refuse(code: int, said: str, what: str) -> None:
    if code != 0:
        raise SystemExit(f"{what}:\n{said}")


def _look_through(out: Path) -> None:
    """Refuse a store with half an entry, or folders that somebody should have cleared away."""
    for entry in (out / "store").iterdir():
        if entry.name.startswith("making-") or not (entry / "key.json").is_file():
            raise SystemExit(f"{entry} was left behind")


def disk_full(study: Path, out: Path) -> str:
    """Give the run a disk that is too small; then room, and the same command again."""
    out.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(out)], capture_output=True
    )
    if mounted.returncode != 0:
        return "skipped: no small disk can be mounted here"
    try:
        code, said = end(start(study, out))
        if code != 2 or "Traceback" in said:
            raise SystemExit(f"a full disk ended with {code}:\n{said}")
        subprocess.run(["mount", "-o", "remount,size=1g", str(out)], check=True)
        code, said = end(start(study, out))
        if code != 0:
            raise SystemExit(f"with room again the run ended with {code}:\n{said}")
        return digest(out)
    finally:
        subprocess.run(["umount", str(out)], check=False)


def read_only(study: Path, out: Path) -> str:
    """Take the right to write away."""
    out.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=1g,ro", "tmpfs", str(out)], capture_output=True
    )
    if mounted.returncode != 0:
        return "skipped: nothing can be mounted read-only here"
    try:
        code, said = end(start(study, out))
        if code != 2 or "Traceback" in said:
            raise SystemExit(f"a read-only folder ended with {code}:\n{said}")
        return said.strip().splitlines()[-1]
    finally:
        subprocess.run(["umount", str(out)], check=False)


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--posts", type=int, default=20_000)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--worker-kills", type=int, default=10)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    rng, begun = random.Random(arguments.seed), time.perf_counter()
    with tempfile.TemporaryDirectory(prefix="discourse-faults-") as work:
        folder = Path(work)
        write_crowd(arguments.posts, folder / "exports")
        study = folder / "study.toml"
        study.write_text(STUDY.format(exports=(folder / "exports").as_posix()), encoding="utf-8")
        begin = time.perf_counter()
        code, said = end(start(study, folder / "whole"))
        if code != 0:
            raise SystemExit(said)
        seconds = time.perf_counter() - begin
        whole = digest(folder / "whole")
        print(f"| a run left alone, 1 process | {seconds:.0f} s | {whole} |", flush=True)
        ends = killed_at_random(study, folder / "killed", seconds, arguments.kills, rng)
        _line(f"{arguments.kills} kills at random moments, {ends} ends between", folder / "killed", whole)
        done = workers_killed(study, folder / "workers", seconds, arguments.worker_kills, rng)
        _line(f"{done} workers killed", folder / "workers", whole)
        two_at_once(study, folder / "two", seconds, rng)
        _line("two runs at once in one folder, then again with one of them killed", folder / "two", whole)
        full = disk_full(study, folder / "full")
        print(f"| a full disk, then room | exit code 2, then 0 | {_same(full, whole)} |", flush=True)
        print(f"| a folder that cannot be written | exit code 2 | {read_only(study, folder / 'ro')} |")
    print(f"\n{arguments.posts:,} posts, {time.perf_counter() - begun:.0f} s, load {os.getloadavg()[0]:.1f}")
    return 0


def _line(what: str, out: Path, whole: str) -> None:
    print(f"| {what} | | {_same(digest(out), whole)} |", flush=True)


def _same(found: str, whole: str) -> str:
    if found.startswith("skipped"):
        return found
    if found != whole:
        raise SystemExit(f"the results differ: {found} against {whole}")
    return "the same bytes"


if __name__ == "__main__":
    sys.exit(main())
