"""Reading a study file: TOML, overrides, and one clear message for each mistake."""

from __future__ import annotations

import difflib
import tomllib
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError

from discourse.corpus.urls import is_url, path_of, shown
from discourse.errors import DiscourseError, StudyError
from discourse.study.made_up import with_made_up
from discourse.study.measures import Code
from discourse.study.schema import Study, Validation

NOT_BUILT: dict[str, dict[str, str]] = {
    "quotes": {
        "en": "people write paraphrases in the sheet of `discourse quotes`; this study does not name one",
        "zh": "转述须由人撰写，填入 discourse quotes 生成的表格；本研究未指明该表",
    },
}


def load_study(path: str | Path, overrides: Sequence[str] = (), *, allow_urls: bool = False) -> Study:
    """Read and check a study file.

    Parameters
    ----------
    path : str or path
        A TOML file as ``discourse init`` writes it.
    overrides : sequence of str
        Values that replace those of the file, each ``"key=value"`` with dots between the parts of a key,
        such as ``"study.seed=7"`` or ``"topics.n_topics=5"``.
    allow_urls : bool, default False
        Whether the sources that the file names may be urls, which :func:`run_study` then opens: the file may
        come from somebody else.  A url in `overrides` is your own.

    Returns
    -------
    Study
        The effective study; relative paths are resolved against the folder of the file, and what the card of
        a made-up corpus says of it (:mod:`discourse.study.made_up`) is in it.

    Raises
    ------
    StudyError
        If the file is missing, is not TOML, or holds an unknown key or value, or a url that was not allowed.
        The message names the key, the nearest known one, and what was expected.

    Examples
    --------
    >>> from discourse.shipped import shipped_path
    >>> load_study(shipped_path("reports", "tiktok-refugees", "study.toml")).version
    1
    """
    path = Path(path)
    raw = _read_toml(path)
    for override in overrides:
        _override(raw, override)
    study = check_study(raw, where=str(path))
    try:
        typed = {override.partition("=")[2].strip().strip("\"'") for override in overrides}
        return with_made_up(_resolve(study, path.resolve().parent, lambda url: allow_urls or url in typed))
    except DiscourseError as error:
        error.where = error.where or str(path)
        raise
    except (ValueError, RuntimeError) as error:  # a NUL, the home of nobody, links in a circle
        raise StudyError(
            f"the study names a path that cannot be one ({error})",
            where=str(path),
            expected="files and folders of this machine",
        ) from None


def check_study(raw: dict[str, Any], where: str = "study") -> Study:
    """Check the content of a study file.

    Parameters
    ----------
    raw : dict
        What the TOML file holds.
    where : str
        Its name, for messages.

    Returns
    -------
    Study
        The study.

    Raises
    ------
    StudyError
        If a key or value is not known.

    Examples
    --------
    >>> check_study({"version": 1, "studdy": {}})
    Traceback (most recent call last):
    ...
    discourse.errors.StudyError: unknown key 'studdy'
      where:    study
      expected: ...
      to do:    did you mean 'study'?
    """
    try:
        return Study.model_validate(raw)
    except ValidationError as error:
        # An unknown key is usually the cause of a "missing" one beside it, so it is reported first.
        details = sorted(error.errors(), key=lambda e: e["type"] != "extra_forbidden")
        raise _explain(details[0], where) from None


def notices(study: Study, language: str = "en") -> list[str]:
    """Say which parts of a study this version cannot do yet.

    Parameters
    ----------
    study : Study
        A checked study.
    language : {"en", "zh"}
        Language of the sentences.

    Returns
    -------
    list of str
        One sentence each; the report repeats them among its limits.

    Examples
    --------
    >>> base = {"version": 1, "study": {"title": "T", "question": "Q?"}, "sources": [{"path": "x"}]}
    >>> notices(check_study(base))
    []
    >>> notices(check_study(base | {"quotes": {"policy": "paraphrase"}}))
    ['people write paraphrases in the sheet of `discourse quotes`; this study does not name one']
    """
    asked = {
        "quotes": study.quotes.policy == "paraphrase" and study.quotes.sheet is None,
    }
    return [NOT_BUILT[key][language] for key, wanted in asked.items() if wanted]


def _read_toml(path: Path) -> dict[str, Any]:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise StudyError(f"there is no study file {path}", hint="write one with: discourse init") from None
    except UnicodeDecodeError:
        raise StudyError(
            f"the study file {path} is not UTF-8", hint="save it as UTF-8 in your editor"
        ) from None
    except OSError as error:
        raise StudyError(
            f"the study file {path} cannot be read: {error.strerror}",
            expected="a study file (TOML), such as discourse init writes",
        ) from None
    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError) as error:  # numbers of thousands of digits, thousands of brackets
        raise StudyError(
            f"the study file is not TOML: {error}", where=str(path), expected="lines such as seed = 7"
        ) from None


def _override(raw: dict[str, Any], override: str) -> None:
    key, sign, value = override.partition("=")
    if not sign or not key.strip():
        raise StudyError(f"{override!r} sets nothing", expected="key=value, such as study.seed=7")
    parts = key.strip().split(".")
    place: Any = raw
    for part in parts[:-1]:
        place = _step_into(place, part, key)
    _step_into(place, parts[-1], key)  # refuses what names nothing
    place[int(parts[-1]) if isinstance(place, list) else parts[-1]] = _toml_value(value.strip())


def _step_into(place: Any, part: str, key: str) -> Any:
    if isinstance(place, list):
        if not part.isdecimal() or int(part) >= len(place):
            raise StudyError(f"{key!r} names no entry of the study", expected=f"a number below {len(place)}")
        return place[int(part)]
    if not isinstance(place, dict):
        raise StudyError(f"{key!r} names no table of the study")
    return place.setdefault(part, {})


def _toml_value(value: str) -> Any:
    try:
        return tomllib.loads(f"value = {value}")["value"]
    except (ValueError, RecursionError):
        return value  # a bare word is a text


def _resolve(study: Study, folder: Path, allowed: Callable[[str], bool]) -> Study:
    sources = tuple(
        s.model_copy(update={"path": _source_beside(folder, s.path, allowed)}) for s in study.sources
    )
    targets = tuple(
        t.model_copy(update={"file": str(_beside(folder, t.file))}) if t.file else t for t in study.targets
    )
    scorer = study.scorer.model_copy(update={"name": _scorer_beside(folder, study.scorer.name)})
    codes = tuple(_code_beside(folder, code) for code in study.codes)
    overrides = study.group_overrides and str(_beside(folder, study.group_overrides))
    changed: dict[str, Any] = {"sources": sources, "targets": targets, "scorer": scorer, "codes": codes}
    changed["group_overrides"] = overrides
    if study.topics.labels:
        labels = str(_beside(folder, study.topics.labels))
        changed["topics"] = study.topics.model_copy(update={"labels": labels})
    changed["series"] = tuple(
        s.model_copy(update={"path": str(_beside(folder, s.path))}) for s in study.series
    )
    changed["places"] = study.places.model_copy(
        update={"boundaries": study.places.boundaries and str(_beside(folder, study.places.boundaries))}
    )
    changed["study"] = study.study.model_copy(
        update={"plan": study.study.plan and str(_beside(folder, study.study.plan))}
    )
    if study.quotes.sheet:
        changed["quotes"] = study.quotes.model_copy(
            update={"sheet": str(_beside(folder, study.quotes.sheet))}
        )
    changed["validation"] = study.validation and _validation_beside(folder, study.validation)
    return study.model_copy(update=changed)


def _validation_beside(folder: Path, given: Validation) -> Validation:
    codes = tuple(str(_beside(folder, path)) for path in given.folders)
    return given.model_copy(
        update={
            "codes": codes,
            "twins": given.twins and str(_beside(folder, given.twins)),
            "groups": given.groups and str(_beside(folder, given.groups)),
        }
    )


def _code_beside(folder: Path, code: Code) -> Code:
    given = {key: getattr(code, key) for key in ("lexicon", "trained")}
    return code.model_copy(update={key: str(_beside(folder, path)) for key, path in given.items() if path})


def _source_beside(folder: Path, path: str, allowed: Callable[[str], bool]) -> str:
    """Resolve the place of posts: of a study from somebody else, no url is opened unasked."""
    if not is_url(path):
        return str(_beside(folder, path))
    if not allowed(path):
        raise StudyError(
            f"the study names a url, {shown(path)[:200]}",
            expected="files and folders of this machine",
            hint="if you trust the study: discourse run --allow-urls; or discourse import the url yourself",
        )
    here = path_of(path)
    return path if here is None else str(here)


def _scorer_beside(folder: Path, name: str) -> str:
    """Resolve the folder or file that a scorer names, as in ``trained:models/mine``."""
    kind, colon, argument = name.partition(":")
    return f"{kind}:{_beside(folder, argument.strip())}" if colon and argument.strip() else name


def _beside(folder: Path, path: str) -> Path:
    """Resolve a path of the study; ``shipped:`` names a folder that came with the package."""
    if is_url(path):
        raise StudyError(
            f"the study names an address, {shown(path)[:200]!r}",
            expected="files and folders of this machine: nothing is fetched while a study runs",
            hint="download it, and name the file",
        )
    if path.startswith("shipped:"):
        from discourse.shipped import shipped_path

        return shipped_path(*path.removeprefix("shipped:").split("/"))
    return (folder / Path(path).expanduser()).resolve()


def _explain(detail: Any, where: str) -> StudyError:
    location = [str(part) for part in detail["loc"]]
    key = _readable_key(detail["loc"])
    place = f"{where}, key {key}" if key else where
    if detail["type"] == "extra_forbidden":
        known = _known_keys(location[:-1])
        near = difflib.get_close_matches(location[-1], known, n=1, cutoff=0.5)
        return StudyError(
            f"unknown key {location[-1]!r}",
            where=where if len(location) == 1 else f"{where}, in {_readable_key(detail['loc'][:-1])}",
            expected=", ".join(known),
            hint=f"did you mean {near[0]!r}?" if near else None,
        )
    message = detail["msg"].removeprefix("Value error, ")
    if detail["type"] == "missing":
        return StudyError(f"the key {key} is missing", where=where)
    value = detail.get("input")
    shown = f" {value!r}" if isinstance(value, str | int | float | bool) else ""
    near_value = _nearest_value(detail)
    if not key:
        return StudyError("the study contradicts itself", where=where, expected=message)
    return StudyError(
        f"the value{shown} of {key} cannot be used",
        where=place,
        expected=message,
        hint=f"did you mean {near_value!r}?" if near_value else None,
    )


def _nearest_value(detail: Any) -> str | None:
    if detail["type"] != "literal_error" or not isinstance(detail.get("input"), str):
        return None
    choices = [c.strip("' ") for c in detail["ctx"]["expected"].replace(" or ", ", ").split(", ")]
    near = difflib.get_close_matches(detail["input"], choices, n=1, cutoff=0.5)
    return near[0] if near else None


def _readable_key(location: Iterable[str | int]) -> str:
    key = ""
    for part in location:
        key += f"[{part + 1}]" if isinstance(part, int) else (f".{part}" if key else str(part))
    return key


def _known_keys(location: Sequence[str]) -> list[str]:
    """List the keys that a table of the study may have, by walking the models."""
    model: Any = Study
    for part in location:
        if part.isdigit():
            continue
        field = next((f for n, f in model.model_fields.items() if part in (n, f.alias)), None)
        model = _model_of(field.annotation) if field is not None else None
        if model is None:
            return []
    return [field.alias or name for name, field in model.model_fields.items()]


def _model_of(annotation: Any) -> Any:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    for inner in getattr(annotation, "__args__", ()):
        found = _model_of(inner)
        if found is not None:
            return found
    return None
