"""Human codes of a study: read, refused where they belong to something else, and counted."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from discourse.errors import InputError, NotMeasurable, StudyError

if TYPE_CHECKING:
    from discourse.coding.sample import Sample
    from discourse.study.schema import Study

_WHERE = "validation.codes"
#: What beside the codes says how units were drawn and what was asked.
_DRAWN = ("codebook.toml", "predictions.parquet", "sample.json", "sample.parquet", "texts.parquet")


@dataclass(frozen=True)
class Coded:
    """What people said of a sample of the posts of a study, toward one target.

    Parameters
    ----------
    target : str
        Name of the target.
    sample : Sample
        What was drawn.
    codes : DataFrame
        :data:`discourse.tables.CODES` of the stance variable.
    units : DataFrame
        One row a coded post: the columns of the sample with ``code``, ``origin``, ``n_coders`` and ``pi``.
    further : DataFrame
        :data:`discourse.tables.CODES` of frames and emotions.
    """

    target: str
    sample: Sample
    codes: pd.DataFrame
    units: pd.DataFrame
    further: pd.DataFrame


def read_coded(folder: str | Path, scored: pd.DataFrame, instruments: dict[str, str]) -> Coded:
    """Read the codes of a folder, for the study whose posts were scored.

    Parameters
    ----------
    folder : path
        Folder of a sample, as ``discourse code sample`` writes it.
    scored : DataFrame
        One row a post and target: ``post_id``, ``target``, ``label``.
    instruments : dict of str to str
        Target to scorer and version.

    Returns
    -------
    Coded

    Raises
    ------
    StudyError
        If nothing was coded; if the units were not drawn for validation; if the instrument, its labels or the
        posts are not those of the draw; or if codes of two codebooks are mixed.
    InputError
        If the folder holds no sample, or codes that cannot be read.
    """
    from discourse.coding.codebook import STANCE
    from discourse.coding.codes import read_codes
    from discourse.coding.final import coded_units
    from discourse.coding.sample import Sample

    sample = Sample.load(folder)
    target = _refuse_other_purpose(sample, instruments, str(folder))
    _refuse_other_instrument(sample, scored[scored["target"] == target], instruments[target], str(folder))
    codes = read_codes(folder, sample)
    _refuse_mixed_codebooks(codes, sample, str(folder))
    further = codes[codes["variable"].isin(sample.design.variables)].reset_index(drop=True)
    codes = codes[codes["variable"] == STANCE].reset_index(drop=True)
    try:
        units = coded_units(sample, codes)
    except NotMeasurable as error:
        raise StudyError(
            "nothing in this folder was coded yet", where=f"{_WHERE}: {folder}", hint=error.hint
        ) from None
    return Coded(target, sample, codes, units, further)


def _refuse_other_purpose(sample: Sample, instruments: dict[str, str], folder: str) -> str:
    design = sample.design
    if design.purpose != "validation" or design.unit != "post":
        raise StudyError(
            f"these units were drawn for {design.purpose} ({design.unit}s), which corrects nothing",
            where=f"{_WHERE}: {folder}",
            expected="posts drawn for validation",
            hint="draw them with: discourse code sample",
        )
    if design.target not in instruments:
        raise StudyError(
            f"the codes are toward {design.target!r}, which is no target of this study",
            where=f"{_WHERE}: {folder}",
            expected=", ".join(instruments),
        )
    return design.target


def _refuse_other_instrument(sample: Sample, scored: pd.DataFrame, instrument: str, folder: str) -> None:
    """Refuse codes that were drawn by what another instrument said, or of other posts.

    The draw froze the instrument: whoever changes it after reading the codes tunes it to them, and its errors
    on the coded posts no longer stand for its errors on the others.
    """
    from discourse.coding.sample import same_frame

    design = sample.design
    if design.instrument != instrument:
        raise StudyError(
            "the codes belong to another instrument: it was changed after the sample was drawn",
            where=f"{_WHERE}: {folder}",
            expected=f"{design.instrument}; this study runs {instrument}",
            hint="run the instrument of the draw, or draw and code a new sample",
        )
    labels = scored["label"].astype("object").where(scored["label"].notna(), "unknown")
    if not same_frame(design, scored["post_id"].tolist(), labels.tolist()):
        raise StudyError(
            "the sample was drawn from other posts, or from other labels, than those of this study",
            where=f"{_WHERE}: {folder}",
            expected=f"the {design.frame_size:,} posts of the draw; this study has {len(scored):,}",
            hint="use the exports, duplicates and thresholds of the draw, or draw a new sample; "
            "where a person withdrew, name the sample too: discourse forget AUTHOR --run RUN --codes FOLDER",
        )


def _refuse_mixed_codebooks(codes: pd.DataFrame, sample: Sample, folder: str) -> None:
    found = sorted(set(codes["codebook_version"].dropna()) | {sample.codebook.stamp})
    if len(found) > 1:
        counts = codes["codebook_version"].value_counts()
        listed = ", ".join(f"{name} ({int(counts.get(name, 0))} codes)" for name in found)
        raise StudyError(
            "codes of different codebooks are mixed; they do not mean the same",
            where=f"{_WHERE}: {folder}",
            expected=f"one codebook, that of codebook.toml; found {listed}",
            hint="code the older posts again, or put codebook.toml back",
        )


def describe_coded(coded: Coded, method: str, seed: int, twins: str | None = None) -> dict[str, Any]:
    """Count what was coded and how far coders agree.

    Parameters
    ----------
    coded : Coded
        The codes of one target.
    method : str
        The correction.
    seed : int
        Seed of the bootstrap of alpha.
    twins : path, optional
        Folder of a sample of bilingual messages.

    Returns
    -------
    dict
        A row of :data:`discourse.tables.VALIDATION`, without its last columns.

    Raises
    ------
    StudyError
        If the bilingual messages were coded by another codebook.
    """
    from discourse.coding.codes import ADJUDICATED

    design, units = coded.sample.design, coded.units
    people = coded.codes[coded.codes["coder"] != ADJUDICATED]
    return {
        "target": coded.target,
        "n_codes": len(units),
        "n_drawn": design.n,
        "frame_size": design.frame_size,
        "n_coders": people["coder"].nunique(),
        "n_double": int((units["n_coders"] >= 2).sum()),
        "n_adjudicated": int((units["origin"] == "adjudicated").sum()),
        "n_open": int((units["origin"] == "drawn").sum()),
        **_alpha(coded, seed),
        **(_between_languages(coded, twins, seed) if twins else {}),
        "strata": ", ".join(design.strata),
        "allocation": design.allocation,
        "seed": design.seed,
        "codebook": coded.sample.codebook.stamp,
        "instrument": design.instrument,
        "method": method,
    }


def _alpha(coded: Coded, seed: int) -> dict[str, float]:
    from discourse.coding.agreement import agreement

    blank = dict.fromkeys(("alpha", "low", "high"), float("nan")) | {"level": 0.95}
    try:
        table = agreement(coded.codes, coded.sample, seed=seed)
    except NotMeasurable:
        return blank
    row = table[table["scope"] == "all"].iloc[0]
    return {name: float(row[name]) for name in blank}


def _between_languages(coded: Coded, folder: str, seed: int) -> dict[str, Any]:
    """Compare what people say of one message in two languages, by the codebook of the study."""
    from discourse.coding.agreement import twin_agreement
    from discourse.coding.codes import read_codes
    from discourse.coding.sample import Sample
    from discourse.coding.twins import twins_of

    sample = Sample.load(folder)
    if sample.design.purpose != "twins":
        raise StudyError(
            f"these units were drawn for {sample.design.purpose}; they are no bilingual messages",
            where=f"validation.twins: {folder}",
            hint="make them with: discourse code sample items.csv (columns item, lang, text)",
        )
    codes = read_codes(folder, sample)
    found = sorted(set(codes["codebook_version"].dropna()) | {coded.sample.codebook.stamp})
    if len(found) > 1:
        raise StudyError(
            "the bilingual messages were coded by another codebook than the posts",
            where=f"validation.twins: {folder}",
            expected=f"one codebook; found {', '.join(found)}",
            hint="give both samples the same codebook: discourse code sample --codebook codes/codebook.toml",
        )
    try:
        row = twin_agreement(codes, twins_of(sample), seed=seed).iloc[0]
    except NotMeasurable:
        return {}
    return {"alpha_languages": float(row["alpha"]), "n_twins": int(row["n_units"])}


def refuse_missing_codes(study: Study) -> None:
    """Refuse a study whose folders of codes cannot be found, before anything is read.

    Parameters
    ----------
    study : Study
        A loaded study.

    Raises
    ------
    StudyError
        If a folder holds no sample.

    Notes
    -----
    Asked at a run only: a study may name the folder of codes before it is drawn, so that its plan says how
    figures will be corrected.
    """
    from discourse.coding.sample import read_design

    for folder in study.validation.folders if study.validation is not None else ():
        try:
            read_design(folder)
        except InputError as error:
            raise StudyError(
                f"{error.message}: {Path(folder).name}",
                where=_WHERE,
                expected=error.expected,
                hint=error.hint,
            ) from None


def code_files(study: Study) -> list[dict[str, Any]]:
    """Hash the files of codes of a study, and what says how their units were drawn.

    Parameters
    ----------
    study : Study
        A loaded study.

    Returns
    -------
    list of dict
        ``file`` (with the name of its folder, whatever the place of that on this machine), ``sha256``, and
        for a coder's file ``codes``: how many it gives.  Sorted within each folder; empty without codes.

    Notes
    -----
    A report can be made again only from the same codes.  Design, probabilities of being drawn, and codebook
    stand beside them: who changed one of these changed the correction.
    """
    return [entry for folder in _folders(study) for entry in hash_codes(folder)]


def hash_codes(place: str | Path) -> list[dict[str, Any]]:
    """Hash the files of one folder of codes.

    Parameters
    ----------
    place : path
        Folder of a sample.

    Returns
    -------
    list of dict
        As :func:`code_files` gives them.
    """
    from discourse.coding.codes import read_codes

    folder, found = Path(place).resolve(), []
    codes = sorted(file for file in folder.glob("codes/*") if file.suffix in (".csv", ".parquet"))
    drawn = [file for name in _DRAWN if (file := folder / name).is_file()]
    for file in [*codes, *drawn]:
        entry: dict[str, Any] = {"file": f"{folder.name}/{file.relative_to(folder).as_posix()}"}
        if file in codes:
            entry["codes"] = len(read_codes(file))
        found.append(entry | {"sha256": hashlib.sha256(file.read_bytes()).hexdigest()})
    return found


def _folders(study: Study) -> list[str]:
    given = study.validation
    if given is None:
        return []
    return [*given.folders, *(folder for folder in (given.groups, given.twins) if folder)]


def status_of(
    validation: pd.DataFrame | None, targets: list[str], files: Sequence[dict[str, Any]] = ()
) -> dict[str, Any]:
    """Say for the provenance whether people checked the instrument.

    Parameters
    ----------
    validation : DataFrame or None
        :data:`discourse.tables.VALIDATION`, if the study names codes.
    targets : list of str
        The targets of the study.
    files : sequence of dict
        As :func:`code_files` gives them.

    Returns
    -------
    dict
        ``status``: none, partly (codes toward some targets) or checked; with codes also counts, alpha and
        codebook, one entry a target; ``files``, where there are any.

    Examples
    --------
    >>> status_of(None, ["refugees"])
    {'status': 'none'}
    """
    hashed: dict[str, Any] = {"files": list(files)} if files else {}
    if validation is None or validation.empty:
        return {"status": "none"} | hashed
    names = ("target", "n_codes", "n_coders", "alpha", "codebook", "instrument", "method")
    rows = validation[list(names)].astype(object).where(validation[list(names)].notna(), None)
    coded = [dict(zip(names, row, strict=True)) for row in rows.itertuples(index=False)]
    whole = set(targets) <= set(validation["target"])
    return {"status": "checked" if whole else "partly", "codes": coded} | hashed
