"""Taking one person out of a sample that people coded, so that the other codes stay good.

Hours of coding must not be lost because one person withdraws.  Whoever withdraws does so without regard to
the draw, so that what is left of a stratum is still a simple random sample of what is left in it; its sizes
are counted anew.
"""

from __future__ import annotations

import csv
import io
import json
import os
from collections.abc import Collection
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from discourse.coding.draw import strata_of
from discourse.coding.sample import Design, Sample, ids_hash, same_frame
from discourse.errors import InputError

if TYPE_CHECKING:
    import pandas as pd

BLANK = "[forgotten]"
_DRAWN = ("stratum_size", "stratum_drawn", "inclusion")


@dataclass(frozen=True)
class Drawn:
    """A sample, and the frame that it was drawn from.

    Parameters
    ----------
    folder : pathlib.Path
        Where the sample is.
    sample : Sample
        What was drawn.
    frame : DataFrame or None
        All units that could have been drawn: ``post_id``, ``stratum``, ``author``; None where nothing was
        drawn at random.
    """

    folder: Path
    sample: Sample
    frame: pd.DataFrame | None


def find_frame(folder: str | Path, scores: Collection[pd.DataFrame]) -> Drawn:
    """Find the posts that a sample was drawn from among those of finished runs.

    Parameters
    ----------
    folder : path
        The sample.
    scores : collection of DataFrame
        ``data/scores.parquet`` of runs.

    Returns
    -------
    Drawn
        The sample with its frame.

    Raises
    ------
    InputError
        If there is no sample, or none of the runs holds the posts of its draw.
    """
    sample = Sample.load(folder)
    if sample.design.purpose != "validation":
        return Drawn(Path(folder), sample, None)
    for table in scores:
        frame = _frame_of(sample.design, table)
        if same_frame(sample.design, frame["post_id"].tolist(), frame["label"].tolist()):
            names = strata_of(frame, sample.design.strata)
            names["author"] = names["post_id"].map(dict(zip(frame["post_id"], frame["author"], strict=True)))
            return Drawn(Path(folder), sample, names)
    raise InputError(
        "none of the named runs holds the posts that this sample was drawn from",
        where=str(folder),
        expected=f"a run with the {sample.design.frame_size:,} {sample.design.unit}s of the draw",
        hint="run the study that corrects by these codes, and name its folder with --run; then forget",
    )


def _frame_of(design: Design, scores: pd.DataFrame) -> pd.DataFrame:
    if design.unit == "author":
        named = scores[scores["author"].notna()].drop_duplicates("author")[["author", "group"]]
        named = named.rename(columns={"author": "post_id", "group": "label"})
        return named.assign(group=named["label"], author=named["post_id"]).reset_index(drop=True)
    rows = scores[scores["target"] == design.target].reset_index(drop=True)
    return rows.assign(label=rows["label"].astype("object").where(rows["label"].notna(), "unknown"))


def forget_in_sample(
    drawn: Drawn, pseudonyms: Collection[str], post_ids: Collection[str], answered: dict[str, str]
) -> dict[str, Any]:
    """Remove one person's units, their texts and their codes from a sample, and count its strata anew.

    Parameters
    ----------
    drawn : Drawn
        From :func:`find_frame`, before anything was removed.
    pseudonyms, post_ids : collection of str
        Of the person.
    answered : dict of str to str
        Which post each unit answers: what the person wrote is shown to coders above the answers to it.

    Returns
    -------
    dict
        ``codes`` (the folder), ``units`` and ``parents`` removed, ``files`` that may still show the person's
        posts: sheets, which hold what coders filled in and are not touched.

    Notes
    -----
    The frame is known by its ids from then on, without its labels: an answer to a removed post may have lost
    its target, and the instrument is still held to its own hash.
    """
    sample, folder = drawn.sample, drawn.folder
    gone = {*pseudonyms, *post_ids}
    for table in (sample.units, drawn.frame):  # a corpus that forgot them earlier names no posts
        if table is not None and "author" in table:
            gone |= set(table.loc[table["author"].isin(list(pseudonyms)), "post_id"])
    keep = ~sample.units["post_id"].isin(gone)
    parents = sample.texts["post_id"].map(answered).isin(list(post_ids)) & keep.to_numpy()
    outside = drawn.frame is None or not drawn.frame["post_id"].isin(gone).any()
    if keep.all() and not parents.any() and outside:
        return {"codes": str(folder), "units": 0, "parents": 0, "files": []}
    texts = sample.texts.assign(parent=sample.texts["parent"].mask(parents, BLANK))
    units, design = _counted_anew(drawn, sample.units[keep].reset_index(drop=True), gone)
    _write(folder / "sample.parquet", units)
    _write(folder / "texts.parquet", texts[~texts["post_id"].isin(gone)].reset_index(drop=True))
    if sample.predictions is not None:
        rows = sample.predictions
        _write(folder / "predictions.parquet", rows[~rows["post_id"].isin(gone)].reset_index(drop=True))
    _clean_codes(folder, gone)
    plain = json.dumps(asdict(design), ensure_ascii=False, indent=2, sort_keys=True)
    _replace(folder / "sample.json", (plain + "\n").encode())
    return {
        "codes": str(folder),
        "units": int((~keep).sum()),
        "parents": int(parents.sum()),
        "files": _sheets(folder),
    }


def _counted_anew(drawn: Drawn, units: pd.DataFrame, gone: Collection[str]) -> tuple[pd.DataFrame, Design]:
    design = replace(drawn.sample.design, n=len(units), overlap=int(units["overlap"].sum()))
    design = replace(design, labels_sha256=("",) * len(design.labels_sha256))
    frame = drawn.frame
    if frame is None:
        size = units.groupby("stratum")["post_id"].transform("size")
        units = units.assign(stratum_size=size, stratum_drawn=size)
        return units, replace(design, frame_size=len(units), frame_sha256=ids_hash(units["post_id"].tolist()))
    left = frame[~frame["post_id"].isin(list(gone))]
    sizes = units["stratum"].map(left["stratum"].value_counts()).astype("int64")
    taken = units.groupby("stratum")["post_id"].transform("size").astype("int64")
    units = units.assign(stratum_size=sizes, stratum_drawn=taken, inclusion=taken / sizes)
    return units, replace(design, frame_size=len(left), frame_sha256=ids_hash(left["post_id"].tolist()))


def _clean_codes(folder: Path, gone: Collection[str]) -> None:
    import pandas as pd

    for file in sorted((folder / "codes").glob("*.parquet")):
        packed = pd.read_parquet(file)
        _write(file, packed[~packed["post_id"].isin(gone)].reset_index(drop=True))
    for file in sorted((folder / "codes").glob("*.csv")):
        rows = list(csv.reader(io.StringIO(file.read_bytes().decode("utf-8-sig"), newline="")))
        text = io.StringIO(newline="")
        writer = csv.writer(text, lineterminator="\n", quoting=csv.QUOTE_ALL)
        writer.writerows(row for row in rows if not gone.__contains__(row[0] if row else ""))
        _replace(file, text.getvalue().encode())


def _sheets(folder: Path) -> list[str]:
    kinds = {".xlsx", ".csv", ".json"}
    found = [*folder.glob("sheets/*"), *(f for f in folder.glob("*") if f.name != "sample.json")]
    return sorted(file.relative_to(folder).as_posix() for file in found if file.suffix in kinds)


def _write(file: Path, table: pd.DataFrame) -> None:
    beside = file.with_suffix(".part")
    table.to_parquet(beside, index=False)
    os.replace(beside, file)


def _replace(file: Path, data: bytes) -> None:
    beside = file.with_suffix(".part")
    beside.write_bytes(data)
    os.replace(beside, file)
