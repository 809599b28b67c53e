"""How fast exports come in, and in how much memory: ``python -m benchmarks.importing [rows]``.

Each format is written with made-up posts (default 20,000 rows) and imported in a process of its own, once
and at ten times the size; peak memory is that process's, and rows are per second of its
processor time.  The usual script (pandas reads the table, hashes authors, parses times and drops repeated
ids; no masking, language, places, rejects or damage) runs beside it.  One line is on real posts: texts of
$DISCOURSE_SHARED/bench in the columns of MediaCrawler.  ``python -m benchmarks.importing FILE --workers 2``
imports one large file and watches the memory of all processes.  The counts of every file of
$DISCOURSE_SHARED (or ../shared) follow where it is there.
"""

from __future__ import annotations

import csv
import gzip
import hashlib
import json
import os
import random
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

SHARED = Path(os.environ.get("DISCOURSE_SHARED", Path(__file__).resolve().parents[3] / "shared"))
KEY = b"a key for benchmarks"
WORDS = ["欢迎", "大家", "来", "小红书", "猫", "税", "翻译", "作业", "welcome", "thank", "you", "so", "much"]
WORDS += ["TikTok", "refugee", "哈哈", "[笑哭R]", "😀", "#猫税[话题]#", "对账"]
COLUMNS = ["comment_id", "create_time", "ip_location", "note_id", "content", "user_id", "nickname", "avatar"]
COLUMNS += ["sub_comment_count", "pictures", "parent_comment_id", "last_modify_ts", "like_count"]
REDDIT = {"text": "content", "post_id": "comment_id", "author": "user_id", "created_at": "create_time"}


def comments(n: int) -> Iterator[dict[str, Any]]:
    for i in range(n):
        text = " ".join(WORDS[(i * 7 + k * (i % 5 + 1)) % len(WORDS)] for k in range(3 + i % 9))
        values = [f"{0x6785E000 + i:08x}{i:016x}", 1736827728000 + i, ("广东", "美国", "", "上海")[i % 4]]
        values += [
            f"{0x6785E000 + i // 100:08x}{0:016x}",
            f"{text} {i}",
            f"{i % 9000:024x}",
            "x",
            "x",
            "0",
            "",
        ]
        yield dict(zip(COLUMNS, [*values, 0, 1738368000000, ("3", "1.2万", "10+")[i % 3]], strict=True))


def write_csv(file: Path, n: int, encoding: str = "utf-8-sig") -> None:
    with file.open("w", encoding=encoding, errors="replace", newline="") as handle:
        writer = csv.DictWriter(handle, COLUMNS)
        writer.writeheader()
        writer.writerows(comments(n))


def write_real(file: Path, n: int) -> None:
    """Real texts, Chinese and English, under made-up ids."""
    texts: list[str] = []
    for name in ("zh-short", "en-tweets"):
        with gzip.open(SHARED / "bench" / f"{name}.csv.gz", "rt", encoding="utf-8", newline="") as handle:
            texts += [row["text"] for row in csv.DictReader(handle)]
    random.Random(1).shuffle(texts)
    with file.open("w", encoding="utf-8-sig", newline="") as handle:
        writer = csv.DictWriter(handle, COLUMNS)
        writer.writeheader()
        for i, row in enumerate(comments(n)):
            writer.writerow(row | {"content": texts[i % len(texts)]})


def write_lines(file: Path, n: int) -> None:
    with file.open("w", encoding="utf-8", newline="\n") as handle:
        handle.writelines(json.dumps(item, ensure_ascii=False) + "\n" for item in comments(n))


def write_array(file: Path, n: int) -> None:
    with file.open("w", encoding="utf-8", newline="\n") as handle:
        handle.write("[")
        for i, item in enumerate(comments(n)):
            handle.write(("," if i else "") + json.dumps(item, ensure_ascii=False, indent=4))
        handle.write("]")


def write_zeeschuimer(file: Path, n: int) -> None:
    with file.open("w", encoding="utf-8", newline="\n") as handle:
        for item in comments(n):
            user = {"user_id": item["user_id"], "nickname": "x"}
            data = {**item, "id": item["comment_id"], "user_info": user, "sub_comments": []}
            outer = {"source_platform": "xiaohongshu-comments", "item_id": data["id"], "data": data}
            handle.write(json.dumps(outer, ensure_ascii=False) + "\n")


def write_workbook(file: Path, n: int) -> None:
    import openpyxl

    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("Comments")
    sheet.append(COLUMNS)
    for item in comments(n):
        sheet.append([str(value) for value in item.values()])
    book.save(file)


FORMATS: dict[str, tuple[str, Callable[[Path, int], None], dict[str, str] | None]] = {
    "MediaCrawler CSV": ("a.csv", write_csv, None),
    "MediaCrawler CSV, real texts": ("r.csv", write_real, None),
    "MediaCrawler CSV, GB18030": ("b.csv", lambda file, n: write_csv(file, n, "gbk"), None),
    "MediaCrawler JSONL": ("c.jsonl", write_lines, None),
    "MediaCrawler JSON array": ("d.json", write_array, None),
    "MediaCrawler XLSX": ("e.xlsx", write_workbook, None),
    "Zeeschuimer NDJSON": ("f.ndjson", write_zeeschuimer, None),
    "any CSV by a mapping": ("g.csv", write_csv, REDDIT),
}


def run_ours(file: Path, mapping: dict[str, str] | None, out: Path) -> int:
    from discourse.corpus.read import import_exports

    return int(import_exports(file, out, key=KEY, mapping=mapping)["read"])


def run_usual(file: Path) -> int:
    import pandas as pd

    frame = pd.read_csv(file, dtype=str, keep_default_na=False)
    frame["author"] = [hashlib.sha256(user.encode()).hexdigest() for user in frame["user_id"]]
    frame["at"] = pd.to_datetime(frame["create_time"].astype("int64"), unit="ms", utc=True)
    return len(frame.drop_duplicates("comment_id"))


def measure(arguments: list[str]) -> tuple[float, float]:
    """Processor seconds of the work and megabytes at the peak, of a process of its own."""
    done = subprocess.run(
        [sys.executable, __file__, *arguments], capture_output=True, text=True, check=True, encoding="utf-8"
    )
    seconds, peak = done.stdout.split()
    return float(seconds), float(peak)


def child(what: str, file: str, mapping: str) -> None:
    import pandas
    import pyarrow.parquet  # noqa: F401 - loading is not what is timed

    del pandas
    with tempfile.TemporaryDirectory() as work:
        start = time.process_time()
        if what == "usual":
            run_usual(Path(file))
        else:
            run_ours(Path(file), json.loads(mapping), Path(work) / "out")
        print(time.process_time() - start, peak_megabytes())


def peak_megabytes() -> float:
    try:
        import resource
    except ImportError:  # Windows
        return float("nan")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1 << 20 if sys.platform == "darwin" else 1 << 10)


def proportional_megabytes() -> float:
    """Memory of this process and its children, shared pages counted once (Linux); else nothing."""
    total, waiting = 0.0, [os.getpid()]
    while waiting:
        pid = waiting.pop()
        try:
            lines = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines()
            total += sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
            for task in Path(f"/proc/{pid}/task").iterdir():
                waiting += map(int, (task / "children").read_text(encoding="ascii").split())
        except OSError:  # gone by now, or not Linux
            continue
    return total / 1024


def one_large(file: Path, workers: int) -> None:
    """Import one file; rows a second by the clock, and the highest memory of all processes."""
    from discourse.corpus.read import import_exports

    seen, done = [0.0], threading.Event()

    def watch() -> None:
        while not done.wait(1.0):
            seen.append(proportional_megabytes())

    threading.Thread(target=watch, daemon=True).start()
    start = time.monotonic()
    with tempfile.TemporaryDirectory() as work:
        counts = import_exports(file, Path(work) / "out", key=KEY, workers=workers)
    seconds = time.monotonic() - start
    done.set()
    size = file.stat().st_size / 1e9
    print(
        f"{size:.2f} GB, {counts['read']:,} rows, {workers} workers: {counts['read'] / seconds:,.0f} rows/s"
    )
    print(f"peak memory of all processes {max(seen):,.0f} MB; of this one {peak_megabytes():,.0f} MB")


def shared_counts() -> None:
    from discourse.corpus.read import read_posts

    if not (SHARED / "corpora").is_dir():
        print("shared corpora: skipped, not there")
        return
    mapping = {"text": "text", "post_id": "id", "kind": "kind", "author": "author_id", "likes": "score",
               "created_at": "created", "comments": "num_comments", "thread_id": "thread_title"}  # fmt: skip
    names = ["rednote-mediacrawler", "tiktok-refugee-posts.csv", "rednote-aigc-topics.csv", "zeeschuimer"]
    corpora = [read_posts(SHARED / "corpora" / name, key=KEY) for name in names]
    corpora.append(read_posts(SHARED / "corpora" / "reddit-rednote.csv", key=KEY, mapping=mapping))
    print(f"{'file':<42}{'importer':<14}{'encoding':<11}{'read':>7}{'kept':>7}{'dupl.':>7}{'rej.':>6}")
    for corpus in corpora:
        for f in corpus.counts["files"]:
            counts = f"{f['read']:>7}{f['kept']:>7}{f['duplicates']:>7}{f['rejected']:>6}"
            print(f"{f['file']:<42}{f['importer']:<14}{f['encoding']:<11}{counts}")


def main(rows: int) -> None:
    print(f"{'format':<28}{'rows/s':>9}{'MB at 1x':>10}{'MB at 10x':>11}")
    with tempfile.TemporaryDirectory() as folder:
        for name, (file_name, write, mapping) in FORMATS.items():
            if write is write_real and not (SHARED / "bench").is_dir():
                print(f"{name:<28}  skipped, the shared texts are not there")
                continue
            small, large = Path(folder) / f"small-{file_name}", Path(folder) / f"large-{file_name}"
            write(small, rows)
            write(large, rows * 10)
            _, peak = measure(["ours", str(small), json.dumps(mapping)])
            seconds, peak_large = measure(["ours", str(large), json.dumps(mapping)])
            print(f"{name:<28}{rows * 10 / seconds:>9,.0f}{peak:>10,.0f}{peak_large:>11,.0f}")
            if name == "MediaCrawler CSV":
                usual, usual_peak = measure(["usual", str(large), "null"])
                speed = f"{rows * 10 / usual:>9,.0f}{'':>10}{usual_peak:>11,.0f}"
                print(f"{'  the usual script':<28}{speed}   ours takes {seconds / usual:.1f} times as long")
    shared_counts()


if __name__ == "__main__":
    if len(sys.argv) == 4 and sys.argv[2] == "--workers":
        one_large(Path(sys.argv[1]), int(sys.argv[3]))
    elif len(sys.argv) == 4:
        child(*sys.argv[1:])
    else:
        main(int(sys.argv[1]) if len(sys.argv) > 1 else 20_000)
