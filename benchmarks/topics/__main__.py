"""Print the table of topics: ``python -m benchmarks.topics [--quick] [--engine NAME] [ROW ...]``.

Rows: themes, translated, across, stability, speed, apart, links; all by default.  ``--quick`` takes 2 seeds
and fewer posts.  The baseline is the usual gensim script, ``LdaModel(passes=10, iterations=50)``, one model a
language.
Reads $DISCOURSE_SHARED or ../shared; prints "skipped" where it is not.
"""

from __future__ import annotations

import argparse
import logging
import warnings
from collections.abc import Callable

from benchmarks.topics import data, marks
from discourse.topics.engine import DEFAULT

ROWS = ("themes", "translated", "across", "stability", "speed", "apart", "links")


def table(engine: str, quick: bool) -> dict[str, Callable[[], list[marks.Line]]]:
    seeds, n, draws = (2, 5_000, 3) if quick else (5, 10_000, 10)
    others = [name for name in ("lda", "nmf") if name != engine]
    return {
        "themes": lambda: marks.themes([engine, *others], seeds),
        "translated": lambda: marks.translated(engine, seeds),
        "across": lambda: marks.across(engine, seeds, n),
        "stability": lambda: marks.stable(engine, draws, 2 * n),
        "speed": lambda: marks.speed(engine, 20_000 if quick else 100_000),
        "apart": lambda: marks.apart(n),
        "links": marks.links,
    }


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("rows", nargs="*", default=[])
    parser.add_argument("--engine", default=DEFAULT)
    parser.add_argument("--quick", action="store_true")
    given = parser.parse_args()
    if not data.SHARED.is_dir():
        print(f"skipped: {data.SHARED} is not there")
        return
    warnings.filterwarnings("ignore")
    logging.disable(logging.WARNING)
    print("| measure | LdaModel, passes=10 | reached | mark |\n|---|---|---|---|")
    rows = table(given.engine, given.quick)
    for name in given.rows or ROWS:
        try:
            lines = rows[name]()
        except FileNotFoundError as error:
            print(f"| {name} | - | skipped: no {error.filename} | - |", flush=True)
            continue
        for line in lines:
            print("| " + " | ".join(line) + " |", flush=True)


if __name__ == "__main__":
    main()
