"""A sample of posts, or of authors, that people code: a folder that says how it was drawn.

What is in the folder:

``sample.parquet``
    :data:`discourse.tables.SAMPLE`: how each unit was drawn and what the frozen instrument says of it.
``predictions.parquet``
    :data:`discourse.tables.PREDICTIONS`, where more than one thing is asked: what the frozen instruments say.
``texts.parquet``
    :data:`discourse.tables.SAMPLE_TEXTS`: what coders see.
``sample.json``
    The :class:`Design`: seed, strata, allocation, size of the frame, instrument and hashes.
``codebook.toml``
    What coders are asked (:mod:`discourse.coding.codebook`).
``codes/CODER.csv``
    :data:`discourse.tables.CODES`, one file a coder (:mod:`discourse.coding.codes`).
``sheets/``
    Workbooks and other files for coders; never read by programs unless imported.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from discourse.coding.codebook import Codebook, read_codebook, write_codebook
from discourse.coding.order import coding_order
from discourse.errors import InputError, ParameterError
from discourse.tables import PREDICTIONS, SAMPLE, SAMPLE_TEXTS

if TYPE_CHECKING:
    import pandas as pd

Purpose = Literal["validation", "training", "twins"]
Unit = Literal["post", "author"]
FORMAT = 1


@dataclass(frozen=True)
class Design:
    """How a sample was drawn, and of what.

    Parameters
    ----------
    purpose : {"validation", "training", "twins"}
        What it is for: to check and correct the instrument, to train one, or to compare two languages.
    unit : {"post", "author"}
        What is coded.
    target : str or None
        What the codes are toward; None for authors.
    seed : int
        Seed of the draw and of every coder's order.
    strata : tuple of str
        Keys of the strata.
    allocation : str
        How many were drawn from which stratum.
    n, frame_size : int
        Units drawn, and units that could have been.
    instrument : str
        Scorer, version and hash of the scorer, as it names itself.
    frame_sha256 : str
        Hash over ids and predicted labels of all units of the frame: what the instrument said before anybody
        coded.
    study_sha256 : str or None
        Hash of the study.
    codebook : str
        Stamp of the codebook at the draw.
    coders : tuple of str
        Who codes.
    overlap : int
        Units that every coder codes.
    language : {"en", "zh"}
        Language of sheets and page.
    made_by : str
        Version of this package.
    variables, instruments, labels_sha256 : tuple of str
        What is asked beside the main question (``frame:NAME``, ``emotion:NAME``), what answers it for every
        post, frozen too, and the hash over ids and those answers.
    """

    purpose: Purpose
    unit: Unit
    target: str | None
    seed: int
    strata: tuple[str, ...]
    allocation: str
    n: int
    frame_size: int
    instrument: str
    frame_sha256: str
    study_sha256: str | None
    codebook: str
    coders: tuple[str, ...]
    overlap: int
    language: Literal["en", "zh"] = "en"
    made_by: str = ""
    format: int = FORMAT
    notes: tuple[str, ...] = field(default=())
    variables: tuple[str, ...] = field(default=())
    instruments: tuple[str, ...] = field(default=())
    labels_sha256: tuple[str, ...] = field(default=())


@dataclass(frozen=True)
class Sample:
    """Units drawn for coding, with their texts, their design and their codebook.

    Parameters
    ----------
    units : DataFrame
        :data:`discourse.tables.SAMPLE`.
    texts : DataFrame
        :data:`discourse.tables.SAMPLE_TEXTS`, in the same order.
    design : Design
        How they were drawn.
    codebook : Codebook
        What coders are asked.
    predictions : DataFrame, optional
        :data:`discourse.tables.PREDICTIONS`, where more than the main question is asked.
    """

    units: pd.DataFrame
    texts: pd.DataFrame
    design: Design
    codebook: Codebook
    predictions: pd.DataFrame | None = None

    def assigned(self, coder: str) -> pd.DataFrame:
        """Give what one coder codes, in that coder's order, without prediction, group or stratum.

        Parameters
        ----------
        coder : str
            One of the coders of the design.

        Returns
        -------
        DataFrame
            :data:`discourse.tables.SAMPLE_TEXTS`, reordered.  Whoever stops early has coded a part that is
            spread over the strata as the whole sample is.

        Raises
        ------
        ParameterError
            If there is no such coder.
        """
        if coder not in self.design.coders:
            raise ParameterError(f"there is no coder {coder!r}", expected=", ".join(self.design.coders))
        mine = self.units["overlap"] | (self.units["coder"] == coder).fillna(False)
        order = coding_order(self.units[mine], self.design.seed, coder)
        return self.texts[mine.to_numpy()].iloc[order].reset_index(drop=True)

    def save(self, folder: str | Path) -> Path:
        """Write the sample into a folder; codes that are there already stay.

        Parameters
        ----------
        folder : path
            A new folder, or that of the same sample.

        Returns
        -------
        pathlib.Path
            The folder.

        Raises
        ------
        InputError
            If another sample is there.
        """
        folder = Path(folder)
        _refuse_other(folder, self.design)
        (folder / "codes").mkdir(parents=True, exist_ok=True)
        SAMPLE.conform(self.units).to_parquet(folder / "sample.parquet", index=False)
        SAMPLE_TEXTS.conform(self.texts).to_parquet(folder / "texts.parquet", index=False)
        if self.predictions is not None:
            PREDICTIONS.conform(self.predictions).to_parquet(folder / "predictions.parquet", index=False)
        write_codebook(self.codebook, folder / "codebook.toml")
        plain = json.dumps(asdict(self.design), ensure_ascii=False, indent=2, sort_keys=True)
        (folder / "sample.json").write_text(plain + "\n", encoding="utf-8", newline="\n")
        return folder

    @classmethod
    def load(cls, folder: str | Path) -> Sample:
        """Read the sample of a folder.

        Parameters
        ----------
        folder : path
            As ``discourse code sample`` writes it.

        Returns
        -------
        Sample
            With the codebook as it is now, which may have changed since the draw.

        Raises
        ------
        InputError
            If the folder holds no sample, or one of a later format.
        """
        import pandas as pd

        folder = Path(folder)
        design = read_design(folder)
        try:
            units = SAMPLE.conform(pd.read_parquet(folder / "sample.parquet"))
            texts = SAMPLE_TEXTS.conform(pd.read_parquet(folder / "texts.parquet"))
            more = (
                PREDICTIONS.conform(pd.read_parquet(folder / "predictions.parquet"))
                if design.variables
                else None
            )
        except (OSError, ValueError) as error:
            raise InputError("the sample cannot be read", where=str(folder), expected=str(error)) from error
        return cls(units, texts, design, read_codebook(folder / "codebook.toml"), more)


def read_design(folder: str | Path) -> Design:
    """Read how the sample of a folder was drawn.

    Parameters
    ----------
    folder : path
        Folder of a sample.

    Returns
    -------
    Design

    Raises
    ------
    InputError
        If there is no sample, or it is of a later format.
    """
    path = Path(folder) / "sample.json"
    try:
        raw: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise InputError(
            "this folder holds no sample",
            where=str(folder),
            expected="sample.json",
            hint="draw one with: discourse code sample",
        ) from error
    except ValueError as error:
        raise InputError("sample.json is damaged", where=str(path)) from error
    if raw.get("format") != FORMAT:
        raise InputError(
            f"sample.json has format {raw.get('format')!r}", where=str(path), expected=str(FORMAT)
        )
    known = {f.name for f in fields(Design)}
    values: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in raw.items() if k in known}
    return Design(**values)


def frame_hash(post_ids: Sequence[str], labels: Sequence[str]) -> str:
    """Hash what an instrument says of all units of a frame, whatever their order.

    Parameters
    ----------
    post_ids, labels : sequence of str
        Ids and predicted labels.

    Returns
    -------
    str
        SHA-256, 64 hexadecimal digits.

    Examples
    --------
    >>> frame_hash(["1", "2"], ["a", "b"]) == frame_hash(["2", "1"], ["b", "a"])
    True
    """
    rows = sorted(zip(map(str, post_ids), map(str, labels), strict=True))
    text = json.dumps(rows, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def ids_hash(post_ids: Sequence[str]) -> str:
    """Hash the ids of a frame without what an instrument said: all that is known after a person withdrew.

    Examples
    --------
    >>> ids_hash(["1", "2"])[:4], ids_hash(["1", "2"]) == ids_hash(["2", "1"])
    ('ids:', True)
    """
    return _IDS_ALONE + frame_hash(post_ids, [""] * len(post_ids))


def same_frame(design: Design, post_ids: Sequence[str], labels: Sequence[str]) -> bool:
    """Say whether units with these labels are those that a sample was drawn from.

    Parameters
    ----------
    design : Design
        Of the sample.
    post_ids, labels : sequence of str
        Ids and labels; of a sample that somebody withdrew from, ids alone are compared.

    Returns
    -------
    bool
    """
    alone = design.frame_sha256.startswith(_IDS_ALONE)
    return design.frame_sha256 == (ids_hash(post_ids) if alone else frame_hash(post_ids, labels))


_IDS_ALONE = "ids:"


def _refuse_other(folder: Path, design: Design) -> None:
    if not (folder / "sample.json").exists():
        return
    there = read_design(folder)
    if there != design:
        raise InputError(
            "another sample is in this folder",
            where=str(folder),
            expected=_difference(there, design),
            hint="name a new folder with --out",
        )


def _difference(there: Design, new: Design) -> str:
    """Say in what two designs differ, as ``sample.json`` calls it; hashes, which follow from it, last."""
    names = [f.name for f in fields(Design) if getattr(there, f.name) != getattr(new, f.name)]
    names.sort(key=lambda name: name.endswith("sha256") or name in ("codebook", "instruments"))
    said = (f"{name}: {_plain(there, name)} (now: {_plain(new, name)})" for name in names[:3])
    return "; ".join(said)


def _plain(design: Design, name: str) -> str:
    value = getattr(design, name)
    return ", ".join(map(str, value)) or "none" if isinstance(value, tuple) else str(value)
