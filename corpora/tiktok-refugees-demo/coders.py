"""Write the coded sample of the demo, or check that the committed one is what this writes.

    python corpora/tiktok-refugees-demo/coders.py            draws the sample; two made-up coders code it
    python corpora/tiktok-refugees-demo/coders.py --check    compares

The sample is drawn by what the instrument says of the demo, so this needs discourse, and is run again
whenever the instrument changes: codes that were drawn by another instrument are refused.  The two coders know
what was planted (gold.csv) and err at known rates; where they disagree, the planted label settles it.
"""

from __future__ import annotations

import csv
import datetime as dt
import json
import shutil
import sys
import tempfile
import tomllib
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

from draws import Draws  # noqa: E402

FOLDER = HERE / "codes"
STUDY = HERE.parents[1] / "reports" / "tiktok-refugees" / "study.toml"
BEGIN = dt.datetime(2025, 2, 3, 12, 0, tzinfo=dt.UTC)


def simulate(folder: Path) -> None:
    """Draw the sample into a folder and write what the coders say."""
    import discourse.coding.codes as codes
    from discourse.coding.final import disagreements

    planted = tomllib.loads((HERE / "coders.toml").read_text(encoding="utf-8"))
    sample = _drawn(planted)
    sample.save(folder)
    truth = _truth()
    for name, rates in planted["coders"].items():
        mine = sample.assigned(name)["post_id"].tolist()
        draw = Draws(planted["seed"], f"coder {name}")
        rows = [
            _row(sample, name, unit, _said(truth[unit], rates, draw), BEGIN + i * dt.timedelta(seconds=14))
            for i, unit in enumerate(mine)
        ]
        codes.append_codes(folder, rows)
    open_units = disagreements(codes.read_codes(folder, sample))["post_id"].tolist()
    settled = [
        _row(sample, codes.ADJUDICATED, unit, truth[unit], BEGIN + dt.timedelta(days=1, seconds=40 * i))
        for i, unit in enumerate(open_units)
    ]
    codes.append_codes(folder, settled)


def _drawn(planted: dict) -> object:
    from discourse.coding.codebook import stance_codebook
    from discourse.coding.draw import draw_sample
    from discourse.study.coding_frame import coding_frame

    found = coding_frame(STUDY, "refugees")
    return draw_sample(
        found.frame,
        planted["n"],
        coders=tuple(planted["coders"]),
        overlap=planted["overlap"],
        seed=planted["seed"],
        instrument=found.instrument,
        codebook=stance_codebook(planted["target"]),
    )


def _truth() -> dict[str, str]:
    with (HERE / "gold.csv").open(encoding="utf-8", newline="") as handle:
        labels = {row["post_id"]: row["label"] for row in csv.DictReader(handle)}
    spoiled = json.loads((HERE / "truth.json").read_text(encoding="utf-8"))["damage"]["spoiled_id"]
    return labels | {spoiled["is"]: labels[spoiled["was"]]}


def _said(label: str, rates: dict[str, dict[str, float]], draw: Draws) -> str:
    """Say the planted label, or at the rate of the coder another one."""
    wrong = rates.get(label, {})
    return draw.weighted({label: 1.0 - sum(wrong.values()), **wrong})


def _row(sample: object, coder: str, unit: str, value: str, moment: dt.datetime) -> dict[str, object]:
    return {
        "post_id": unit,
        "target": "refugees",
        "coder": coder,
        "variable": "label",
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
    """Write the sample, or with ``--check`` compare it; return the exit code."""
    if arguments not in ([], ["--check"]):
        print("usage: coders.py [--check]")
        return 2
    with tempfile.TemporaryDirectory() as made:
        fresh = Path(made, "codes")
        simulate(fresh)
        differing = stale(fresh, FOLDER)
        if arguments:
            print(f"stale: {', '.join(differing)}" if differing else "the codes are what coders.py writes")
            return int(bool(differing))
        shutil.rmtree(FOLDER, ignore_errors=True)
        shutil.copytree(fresh, FOLDER)
    print(f"{sum(p.stat().st_size for p in FOLDER.rglob('*.*')):>9,}  codes/")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
