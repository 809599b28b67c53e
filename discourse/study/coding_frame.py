"""From a study, or a finished run, to the frame that samples for coding are drawn from: labels with texts."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import pandas as pd

from discourse.corpus.urls import is_url, shown
from discourse.errors import InputError, StudyError
from discourse.study import steps
from discourse.study.progress import Progress, Silent

if TYPE_CHECKING:
    from discourse.coding.further import Question
    from discourse.sentiment.target import Target
    from discourse.study.schema import Study

Words = Mapping[str, str]


@dataclass(frozen=True)
class CodingFrame:
    """What can be drawn, and what the codebook must say.

    Parameters
    ----------
    frame : DataFrame
        One row a post: ``post_id``, ``author``, ``thread_id``, ``group``, ``lang``, ``target``, ``label``,
        ``score``, ``confidence``, ``text`` and ``parent``.
    posts : DataFrame
        The posts with texts and places, as the evidence on authors.
    target : str
        Name of the target.
    words : mapping of str to str
        What coders read for it, in ``en`` and ``zh``.
    groups : dict of str to mapping
        Labels of the groups.
    instrument : str
        The instrument, as it names itself.
    study_sha256 : str
        Hash of the study.
    language : {"en", "zh"}
        Language of the study.
    further : tuple of Question
        Frames, emotions and the main topic, where they are asked, too.
    said : DataFrame, optional
        What their instruments say of every post: ``post_id`` and a column a question.
    """

    frame: pd.DataFrame
    posts: pd.DataFrame
    target: str
    words: Words
    groups: dict[str, Words]
    instrument: str
    study_sha256: str
    language: Literal["en", "zh"]
    further: tuple[Question, ...] = ()
    said: pd.DataFrame | None = None

    def authors(self) -> pd.DataFrame:
        """Give the frame of authors: ``post_id`` (the pseudonym) and ``label`` (the group of the rules)."""
        named = self.frame[self.frame["author"].notna()].drop_duplicates("author")
        named = named[["author", "group"]].rename(columns={"author": "post_id", "group": "label"})
        return named.assign(author=named["post_id"], group=named["label"]).reset_index(drop=True)


def coding_frame(
    source: str | Path,
    target: str | None = None,
    *,
    also: Sequence[str] = (),
    workers: int = 1,
    progress: Progress | None = None,
) -> CodingFrame:
    """Make the frame of a study file, or of the folder of a finished run.

    Parameters
    ----------
    source : path
        A study file, which is read and scored; or the folder of a run, whose scores are taken and whose
        exports are read again for the texts.
    target : str, optional
        Name of the target; needed where the study has several.
    also : sequence of str
        What is asked beside the label: ``frames``, ``emotions``, one of them (``frame:NAME``,
        ``emotion:NAME``), or the main topic (``topics``).
    workers : int
        Processes; the result is the same for any number.
    progress : Progress, optional
        Told what happens.

    Returns
    -------
    CodingFrame

    Raises
    ------
    InputError
        If the source cannot be used, the study has no such target, or texts are not found again.
    """
    path = Path(source)
    if path.is_dir():
        if also:
            raise InputError(
                "a run does not keep which frames, emotions and topics its posts hold",
                where="--also",
                expected="the study file in place of the run",
            )
        return _of_run(path, target)
    from discourse.study.load import load_study

    return _of_study(load_study(path), target, also, workers, progress or Silent())


def chosen_target(names: list[str], target: str | None) -> str:
    """Take the target asked for, or the only one.

    Raises
    ------
    StudyError
        If there is no such target, or there are several and none was named.

    Examples
    --------
    >>> chosen_target(["refugees"], None)
    'refugees'
    """
    if target is None and len(set(names)) == 1:
        return names[0]
    if target in names:
        return str(target)
    what = "the study has several targets" if target is None else f"the study has no target {target!r}"
    hint = "add --target NAME"
    raise StudyError(what, where="--target", expected=", ".join(sorted(set(names))), hint=hint)


def _of_study(
    study: Study, target: str | None, also: Sequence[str], workers: int, progress: Progress
) -> CodingFrame:
    from discourse.study.depend import dependence
    from discourse.study.further import answers_of, fitted_questions, further_questions
    from discourse.study.provenance import portable_study, study_hash
    from discourse.study.run import prepare

    loaded = {found.name: (use, found) for use, found in steps.load_targets(study)}
    name = chosen_target(list(loaded), target)
    use, found = loaded[name]
    study = study.model_copy(update={"validation": None})  # the codes that it will name are drawn only now
    steps.refuse_unknown_names(study)
    digest = study_hash(portable_study(study))
    asked = further_questions(study, name, also)
    study = study.model_copy(update={"targets": (use,), "questions": ()})
    material = prepare(steps.with_cards(study), dependence(study), workers=workers, clock=_clock(progress))
    asked = fitted_questions(material, asked)
    parents = pd.Series(steps.parent_texts(material.readable), dtype="str")
    frame = material.scored.assign(text=steps.full_texts(material.readable), parent=parents)
    return CodingFrame(
        frame,
        material.posts,
        name,
        _words(use.label, found),
        {group.name: _both(group.label, group.name) for group in study.groups},
        material.instruments[name],
        digest,
        "zh" if study.study.language == "zh" else "en",
        asked,
        answers_of(material, name, asked) if asked else None,
    )


def _clock(progress: Progress) -> Any:
    from discourse.study.clock import Clock

    return Clock(progress)


def _both(label: Any, name: str) -> Words:
    return dict(label) if isinstance(label, dict) else {"en": label or name, "zh": label or name}


def _words(label: Any, target: Target) -> Words:
    """Call the target by its label in the study, else by its name and its first naming in Chinese."""
    if label is not None:
        return _both(label, target.name)
    chinese = target.names.get("zh", ())
    return {"en": target.name, "zh": chinese[0] if chinese else target.name}


def _of_run(folder: Path, target: str | None) -> CodingFrame:
    from discourse.sentiment.target import load_target

    run, log = _json(folder / "run.json"), _json(folder / "run-log.json")
    study, provenance = run.get("study", {}), run.get("provenance", {})
    try:
        scored = pd.read_parquet(folder / "data" / "scores.parquet")
    except OSError as error:
        raise InputError(
            "the run has no scores", where=str(folder), expected="data/scores.parquet"
        ) from error
    name = chosen_target(scored["target"].drop_duplicates().tolist(), target)
    posts = _posts_of_run(study, log)
    scored = scored[scored["target"] == name].reset_index(drop=True)
    known = posts.drop_duplicates("post_id").set_index("post_id")
    lost = int((~scored["post_id"].isin(known.index)).sum())
    if lost:
        raise InputError(
            f"{lost:,} of {len(scored):,} posts of the run are not in its exports any more",
            where=", ".join(map(str, log.get("sources", []))),
            hint="name the study file in place of the run",
        )
    mine = known.loc[scored["post_id"]].reset_index()
    full = pd.Series(steps.full_texts(posts), index=posts["post_id"])
    full = full[~full.index.duplicated()]
    parents = mine["parent_id"].map(full.to_dict()).astype("str")
    frame = scored.assign(text=steps.full_texts(mine), parent=parents)
    entry: dict[str, Any] = next((t for t in study.get("targets", []) if t.get("name") == name), {})
    shipped = entry.get("use")
    words = _both(entry.get("label"), name) if entry.get("label") or not shipped else None
    return CodingFrame(
        frame,
        posts,
        name,
        words or _words(None, load_target(str(shipped))),
        {g["name"]: _both(g.get("label"), g["name"]) for g in study.get("groups", [])},
        run_instrument(provenance, name),
        str(provenance.get("study_sha256", "")),
        "zh" if study.get("study", {}).get("language") == "zh" else "en",
    )


def _posts_of_run(study: dict[str, Any], log: dict[str, Any]) -> pd.DataFrame:
    """Read the exports of a run again: their places are in its log, how to read them in its study."""
    from discourse.corpus.read import read_posts

    parts = []
    for path, source in zip(log.get("sources", []), study.get("sources", []), strict=False):
        if is_url(path):  # what a file says is no leave to open it
            raise InputError(
                "the run read its exports at a url, and kept no copy of them",
                where=shown(path),
                hint="discourse import the url, name the corpus in the study, and run it again",
            )
        corpus = read_posts(
            path,
            source=source.get("importer", "auto"),
            mapping=source.get("mapping") or None,
            timezone=source.get("timezone"),
            docvars=source.get("docvars") or None,
        )
        parts.append(corpus.to_pandas())
    if not parts:
        raise InputError("the run does not say where its exports are", hint="name the study file instead")
    return pd.concat(parts, ignore_index=True)


def run_scores(folder: str | Path, target: str | None) -> tuple[pd.DataFrame, str]:
    """Read what a finished run says of the posts, and by which instrument.

    Parameters
    ----------
    folder : path
        Folder of a run.
    target : str or None
        Name of the target.

    Returns
    -------
    (DataFrame, str)
        The scores and the instrument.

    Raises
    ------
    InputError
        If the folder holds no finished run.
    """
    folder = Path(folder)
    provenance = _json(folder / "run.json").get("provenance", {})
    try:
        scored = pd.read_parquet(folder / "data" / "scores.parquet")
    except OSError as error:
        raise InputError(
            "the run has no scores", where=str(folder), expected="data/scores.parquet"
        ) from error
    return scored, run_instrument(provenance, target or "")


def codes_since(folder: str | Path, codes: str | Path) -> list[str]:
    """Name the files of codes that are not those that a finished run used.

    Parameters
    ----------
    folder : path
        Folder of a run.
    codes : path
        Folder of a sample.

    Returns
    -------
    list of str
        Files of the run's provenance that changed or are gone, and those that were added; empty if all are as
        they were, or if the run used other codes or none.

    Raises
    ------
    InputError
        If the folder holds no finished run.
    """
    from discourse.study.validation import hash_codes

    checked = _json(Path(folder) / "run.json").get("provenance", {}).get("validation") or {}
    now = {entry["file"]: entry["sha256"] for entry in hash_codes(codes)}
    place = f"{Path(codes).resolve().name}/"
    used = {e["file"]: e["sha256"] for e in checked.get("files", []) if e["file"].startswith(place)}
    return sorted(name for name in used | now if used.get(name) != now.get(name)) if used else []


def run_instrument(provenance: Mapping[str, Any], target: str) -> str:
    """Find the instrument of a run toward one target.

    Examples
    --------
    >>> run_instrument({"instruments": ["lexicon 1 ab toward refugees"]}, "refugees")
    'lexicon 1 ab'
    """
    end = f" toward {target}"
    found = [str(name) for name in provenance.get("instruments", []) if str(name).endswith(end)]
    return found[0].removesuffix(end) if found else ""


def _json(path: Path) -> dict[str, Any]:
    try:
        found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise InputError(
            "this folder holds no finished run",
            where=str(path.parent),
            expected=f"{path.name}, or a study file",
        ) from error
    return found
