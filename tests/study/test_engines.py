"""A whole study ends with the same bytes whichever engine does its parts: the demo, and a crowd of 3,000 posts."""

from __future__ import annotations

import hashlib
import json
import os
import signal
import subprocess
import sys
import time
from contextlib import contextmanager

import pytest

from benchmarks.crowd import write_crowd
from benchmarks.scale import STUDY
from discourse.shipped import shipped_path
from discourse.study.load import load_study
from discourse.study.run import run_study

pytestmark = pytest.mark.long
FORMATS = ("pdf",)


def digest(out):
    """Hash all that a run promises to repeat."""
    files = sorted(p for p in out.rglob("*") if p.is_file() and p.name != "run-log.json")
    places = {p.relative_to(out): hashlib.sha256(p.read_bytes()).hexdigest() for p in files}
    return {place.as_posix(): value for place, value in places.items() if place.parts[0] != "store"}


@pytest.fixture(scope="module")
def studies(tmp_path_factory):
    folder = tmp_path_factory.mktemp("crowd")
    write_crowd(3000, folder / "exports")
    crowd = folder / "study.toml"
    crowd.write_text(STUDY.format(exports=(folder / "exports").as_posix()), encoding="utf-8")
    return {"demo": shipped_path("reports", "tiktok-refugees", "study.toml"), "crowd": crowd}


@pytest.fixture(scope="module", params=["demo", "crowd"])
def study(request, studies):
    return studies[request.param]


@pytest.fixture(scope="module")
def alone(study, tmp_path_factory):
    """The bytes that one process makes."""
    return digest(ended(study, tmp_path_factory.mktemp("alone") / "out", workers=1))


def ended(study, out, **how):
    with pytest.MonkeyPatch.context() as patch:
        for name in ("LEAST", "FEW"):  # so that there are parts to give out
            patch.setattr(f"discourse.study.scoring.{name}", 200)
        run_study(load_study(study), out, formats=FORMATS, **how)
    return out


def test_on_two_processes(study, alone, tmp_path):
    assert digest(ended(study, tmp_path / "out", workers=2)) == alone


def test_on_a_local_cluster_of_two_workers(study, alone, tmp_path):
    pytest.importorskip("distributed")
    assert digest(ended(study, tmp_path / "out", workers=2, scheduler="local")) == alone


@pytest.mark.skipif(os.name != "posix", reason="kills a process by signal")
def test_on_a_scheduler_of_the_command_line_one_of_whose_workers_is_killed(studies, tmp_path):
    pytest.importorskip("distributed")
    study, out = studies["crowd"], tmp_path / "out"
    whole = digest(ended(study, tmp_path / "alone", workers=1))
    with cluster_of_two(tmp_path) as (address, workers):
        running = started(study, out, address)
        while running.poll() is None and not list(out.glob("store/scores-*")):
            time.sleep(0.02)
        workers[0].kill()
        assert running.wait() == 0, running.stderr.read()
        assert workers[1].poll() is None
    assert digest(out) == whole


def started(study, out, address):
    """Begin ``discourse run --scheduler``, with parts as small as those of the other runs."""
    code = (
        "import discourse.study.scoring as scoring\n"
        "scoring.LEAST = scoring.FEW = 200\n"
        "from discourse.cli import main\nmain()\n"
    )
    words = ["run", str(study), "--out", str(out), "--scheduler", address, "--formats", ",".join(FORMATS)]
    return subprocess.Popen(
        [sys.executable, "-c", code, *words], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    )


@contextmanager
def cluster_of_two(folder):
    """Start a scheduler and two workers as one does in a terminal; give its address, and the workers."""
    dask, file = [sys.executable, "-m", "dask"], folder / "scheduler.json"
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    here = ["--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--scheduler-file", str(file)]
    begun = [subprocess.Popen([*dask, "scheduler", *here], **quiet)]
    try:
        for _ in range(600):
            if file.exists() and file.read_text(encoding="utf-8").endswith("}"):
                break
            time.sleep(0.1)
        address = json.loads(file.read_text(encoding="utf-8"))["address"]
        plain = ["--nthreads", "1", "--no-nanny", "--no-dashboard", "--local-directory", str(folder)]
        begun += [subprocess.Popen([*dask, "worker", address, *plain], **quiet) for _ in range(2)]
        yield address, begun[1:]
    finally:
        for process in begun:
            process.send_signal(signal.SIGTERM)
        for process in begun:
            process.wait(30)
