"""Write the coded posts and authors of the demo, or check that the committed ones are what this writes.

    python corpora/tiktok-refugees-demo/coders.py            draws the samples; two made-up coders code them
    python corpora/tiktok-refugees-demo/coders.py --check    compares

Posts are drawn by what the instrument says of the demo, so this needs discourse, and is run again whenever
the instrument changes: codes that were drawn by another instrument are refused.  Authors are drawn by the
group that the rules of the recipe give them.  The two coders know what was planted (gold.csv) and err at
known rates; where they disagree, what was planted settles it.
"""

from __future__ import annotations

import csv
import datetime as dt
import json
import shutil
import sys
import tempfile
import tomllib
from functools import lru_cache
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

from draws import Draws  # noqa: E402
from meanings import EMOTIONS, FRAMES  # noqa: E402

FOLDER = HERE / "codes"
AUTHORS = HERE / "authors"
STUDY = HERE.parents[1] / "reports" / "tiktok-refugees" / "study.toml"
BEGIN = dt.datetime(2025, 2, 3, 12, 0, tzinfo=dt.UTC)


def simulate(folder: Path) -> None:
    """Draw posts into a folder and write what the coders say of them."""
    planted = _planted()
    _code(folder, _drawn(planted), planted, planted["coders"], _truth())


def simulate_authors(folder: Path) -> None:
    """Draw authors into a folder and write the groups that the coders give them."""
    planted = _planted()
    wrong = planted["authors"]["wrong"]
    names = list(_found().groups)
    rates = {
        group: {other: wrong / len(names) for other in [*names, "unclear"] if other != group}
        for group in names
    }
    truth = {author: {"group": group} for author, group in _groups().items()}
    coders = dict.fromkeys(planted["coders"], rates)
    _code(folder, _drawn_authors(planted), planted, coders, truth)


def _code(folder: Path, sample: object, planted: dict, coders: dict, truth: dict) -> None:
    """Save a sample, let the coders code it, and settle what they disagree on by what was planted."""
    import discourse.coding.codes as codes
    from discourse.coding.final import disagreements

    sample.save(folder)
    for name, rates in coders.items():
        mine = sample.assigned(name)["post_id"].tolist()
        for variable in sample.codebook.variables:
            draw = Draws(planted["seed"], _stream(name, variable.name))
            said = [_said(truth[unit][variable.name], rates, draw) for unit in mine]
            rows = [
                _row(sample, name, unit, variable.name, value, BEGIN + i * dt.timedelta(seconds=14))
                for i, (unit, value) in enumerate(zip(mine, said, strict=True))
            ]
            codes.append_codes(folder, rows)
    open_units = disagreements(codes.read_codes(folder, sample))[["post_id", "variable"]].to_numpy().tolist()
    settled = [
        _row(
            sample,
            codes.ADJUDICATED,
            unit,
            variable,
            truth[unit][variable],
            BEGIN + dt.timedelta(days=1, seconds=40 * i),
        )
        for i, (unit, variable) in enumerate(open_units)
    ]
    codes.append_codes(folder, settled)
    codes.pack_codes(folder)


def _planted() -> dict:
    return tomllib.loads((HERE / "coders.toml").read_text(encoding="utf-8"))


def _stream(coder: str, variable: str) -> str:
    """Name the random numbers of a coder; each question has its own, so that no other moves its answers."""
    return f"coder {coder}" if variable == "label" else f"coder {coder}, {variable}"


@lru_cache(maxsize=1)
def _found() -> object:
    """Read and score the demo once for both samples."""
    from discourse.study.coding_frame import coding_frame

    return coding_frame(STUDY, "refugees", also=_planted()["also"])


def _drawn(planted: dict) -> object:
    from discourse.coding.codebook import stance_codebook
    from discourse.coding.draw import draw_sample
    from discourse.coding.further import with_predictions, with_questions

    found = _found()
    drawn = draw_sample(
        found.frame,
        planted["n"],
        coders=tuple(planted["coders"]),
        overlap=planted["overlap"],
        seed=planted["seed"],
        instrument=found.instrument,
        codebook=with_questions(stance_codebook(planted["target"]), found.further, planted["target"]),
    )
    return with_predictions(drawn, found.said, found.further)


def _drawn_authors(planted: dict) -> object:
    from dataclasses import replace

    from discourse.coding.codebook import group_codebook
    from discourse.coding.draw import draw_sample
    from discourse.coding.evidence import author_evidence

    found, n = _found(), planted["authors"]["n"]
    drawn = draw_sample(
        found.authors(),
        n,
        strata=("label",),
        unit="author",
        coders=tuple(planted["coders"]),
        overlap=n,
        seed=planted["seed"],
        codebook=group_codebook(found.groups),
    )
    return replace(drawn, texts=author_evidence(found.posts, drawn.units["post_id"].tolist()))


def _groups() -> dict[str, str]:
    """Give the planted group of each author, under the pseudonym of the corpus."""
    with (HERE / "gold.csv").open(encoding="utf-8", newline="") as handle:
        groups = {row["post_id"]: row["group"] for row in csv.DictReader(handle)}
    posts = _found().frame[["post_id", "author"]].to_numpy().tolist()
    return {author: groups[post] for post, author in posts if post in groups}


def _truth() -> dict[str, dict[str, str]]:
    """Give what was planted in each post: its label, and yes or no to each frame and emotion."""
    with (HERE / "gold.csv").open(encoding="utf-8", newline="") as handle:
        meant = {row["post_id"]: _meant(row) for row in csv.DictReader(handle)}
    spoiled = json.loads((HERE / "truth.json").read_text(encoding="utf-8"))["damage"]["spoiled_id"]
    return meant | {spoiled["is"]: meant[spoiled["was"]]}


def _meant(row: dict[str, str]) -> dict[str, str]:
    held = {f"frame:{name}" for name in row["frames"].split()}
    held |= {f"emotion:{name}" for name in row["emotions"].split()}
    asked = [f"frame:{name}" for name in FRAMES] + [f"emotion:{name}" for name in EMOTIONS]
    return {"label": row["label"]} | {name: "yes" if name in held else "no" for name in asked}


def _said(label: str, rates: dict[str, dict[str, float]], draw: Draws) -> str:
    """Say the planted label, or at the rate of the coder another one."""
    wrong = rates.get(label, {})
    return draw.weighted({label: 1.0 - sum(wrong.values()), **wrong})


def _row(
    sample: object, coder: str, unit: str, variable: str, value: str, moment: dt.datetime
) -> dict[str, object]:
    return {
        "post_id": unit,
        "target": None if variable == "group" else "refugees",
        "coder": coder,
        "variable": variable,
        "value": value,
        "codebook_version": sample.codebook.stamp,
        "coded_at": moment,
    }


def stale(folder: Path, committed: Path) -> list[str]:
    """List the files of two samples that differ in content; Parquet is compared by its rows."""
    import pandas as pd

    names = sorted({p.relative_to(f).as_posix() for f in (folder, committed) for p in f.rglob("*.*")})
    return [name for name in names if not _same(folder / name, committed / name, pd.read_parquet)]


def _same(one: Path, other: Path, read_parquet: object) -> bool:
    if not (one.is_file() and other.is_file()):
        return False
    if one.suffix == ".parquet":
        return read_parquet(one).equals(read_parquet(other))
    return one.read_bytes() == other.read_bytes()


def main(arguments: list[str]) -> int:
    """Write the samples, or with ``--check`` compare them; return the exit code."""
    if arguments not in ([], ["--check"]):
        print("usage: coders.py [--check]")
        return 2
    differing = []
    with tempfile.TemporaryDirectory() as made:
        for committed, draw in ((FOLDER, simulate), (AUTHORS, simulate_authors)):
            fresh = Path(made, committed.name)
            draw(fresh)
            differing += [f"{committed.name}/{name}" for name in stale(fresh, committed)]
            if not arguments:
                shutil.rmtree(committed, ignore_errors=True)
                shutil.copytree(fresh, committed)
                print(f"{sum(p.stat().st_size for p in committed.rglob('*.*')):>9,}  {committed.name}/")
    if arguments:
        print(f"stale: {', '.join(differing)}" if differing else "the codes are what coders.py writes")
        return int(bool(differing))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
