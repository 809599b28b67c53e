"""A trained model in a folder: arrays in ``model.npz``, everything else in ``model.json``.  No pickle.

The terms of the training posts are in it (single words and pieces of up to five characters, and pairs of
words), and with embeddings a vector for each post: keep the folder as you keep the posts.
"""

from __future__ import annotations

import hashlib
import io
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from discourse.errors import InputError, ParameterError
from discourse.sentiment.trained.committee import Strength
from discourse.sentiment.trained.embeddings import Meaning
from discourse.sentiment.trained.machine import Machine, Part
from discourse.sentiment.trained.space import Side
from discourse.sentiment.trained.terms import TermWeights
from discourse.sentiment.trained.tone import Tone

if TYPE_CHECKING:
    from discourse.sentiment.trained.classifier import StanceClassifier

Array = np.ndarray[Any, Any]
FORMAT = "discourse stance model"
VERSION = 2
_SETTINGS, _ARRAYS = "model.json", "model.npz"


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def is_model(path: str | Path) -> bool:
    """Say whether a path is the folder of a trained model.

    Examples
    --------
    >>> is_model("no such folder")
    False
    """
    return (Path(path) / _SETTINGS).is_file()


def save(model: StanceClassifier, path: Path) -> Path:
    """Write a fitted model.

    Parameters
    ----------
    model : StanceClassifier
        The model.
    path : pathlib.Path
        Folder to make; a model that stands there is replaced.

    Returns
    -------
    pathlib.Path
        The folder.

    Raises
    ------
    ParameterError
        If the model is not fitted, or the path holds something else.
    """
    if not hasattr(model, "machine_"):
        raise ParameterError("the model is not fitted", hint="call fit with coded posts first")
    if path.exists() and not (path.is_dir() and (is_model(path) or not any(path.iterdir()))):
        raise ParameterError(
            "the path holds something else", where=str(path), expected="a new folder, or that of a model"
        )
    data = _pack(_arrays(model))
    settings = _settings(model) | {"arrays_sha256": _digest(data)}
    settings["settings_sha256"] = _digest(_dumped(settings))
    path.mkdir(parents=True, exist_ok=True)
    (path / _SETTINGS).unlink(missing_ok=True)  # half a model is none
    (path / _ARRAYS).write_bytes(data)
    (path / _SETTINGS).write_bytes(_dumped(settings) + b"\n")
    return path


def _dumped(settings: dict[str, Any]) -> bytes:
    return json.dumps(settings, ensure_ascii=False, indent=1, sort_keys=True).encode()


def _pack(arrays: dict[str, Array]) -> bytes:
    buffer = io.BytesIO()
    np.savez_compressed(buffer, allow_pickle=False, **arrays)  # times in it are fixed by numpy: same bytes
    return buffer.getvalue()


def _arrays(model: StanceClassifier) -> dict[str, Array]:
    arrays: dict[str, Array] = {
        "intercept": model.machine_.intercept,
        "held_out": model.held_out_,
        "rows": model.rows_,
    }
    for number, part in enumerate(model.machine_.parts):
        arrays[f"part{number}/weights"] = part.weights
        if part.rows is not None:
            arrays[f"part{number}/rows"] = part.rows
        for name, value in part.source.state().items():
            arrays[f"part{number}/{name}"] = value
    return arrays


def _settings(model: StanceClassifier) -> dict[str, Any]:
    from importlib.metadata import version

    return {
        "format": FORMAT,
        "version": VERSION,
        "parameters": model.get_params(),
        "classes": model.classes_.tolist(),
        "own_targets": list(model.own_targets_),
        "places": model.places_,
        "strength": list(model.strength_),
        "temperature": model.temperature_,
        "validation": model.validation_,
        "n_training": model.n_training_,
        "training_hash": model.training_hash_,
        "notes": list(model.notes_),
        "embeddings": model.embeddings_,
        "sides": [list(part.side) for part in model.machine_.parts],
        "instruments": model.instruments_,
        "versions": {name: version(name) for name in ("numpy", "scipy", "scikit-learn")},
    }


def load(path: Path) -> StanceClassifier:
    """Read a model; it predicts what the saved one predicted.

    Parameters
    ----------
    path : pathlib.Path
        The folder.

    Returns
    -------
    StanceClassifier
        The fitted model.

    Raises
    ------
    InputError
        If there is none, if it is damaged, or if another version wrote it.
    MissingExtra
        If it reads sentence embeddings and their package is not installed.
    """
    settings, data = _read(path)
    arrays = _unpack(data, path)
    try:
        return _restore(settings, arrays)
    except (KeyError, ValueError, TypeError, IndexError) as error:
        raise _damaged(path, f"it lacks {error}") from error


def _damaged(path: Path, why: str) -> InputError:
    return InputError(
        f"the trained model is damaged: {why}",
        where=str(path),
        expected=f"{_SETTINGS} and {_ARRAYS} as they were written",
        hint="copy the folder again, or train the model anew with: discourse train",
    )


def _read(path: Path) -> tuple[dict[str, Any], bytes]:
    if not is_model(path):
        raise InputError(
            "there is no trained model",
            where=str(path),
            expected=f"a folder with {_SETTINGS} and {_ARRAYS}, written by discourse train",
        )
    try:
        settings = json.loads((path / _SETTINGS).read_bytes())
        data = (path / _ARRAYS).read_bytes()
    except (OSError, ValueError) as error:
        raise _damaged(path, str(error)) from error
    _check(settings, data, path)
    return settings, data


def _check(settings: Any, data: bytes, path: Path) -> None:
    if not isinstance(settings, dict) or settings.get("format") != FORMAT:
        raise InputError(f"not a {FORMAT}", where=str(path / _SETTINGS), expected=f'"format": "{FORMAT}"')
    if settings.get("version") != VERSION:
        raise InputError(
            f"the trained model has format version {settings.get('version')!r}",
            where=str(path / _SETTINGS),
            expected=f"version {VERSION}",
            hint="train it anew with this version of discourse",
        )
    stated = settings.pop("settings_sha256", None)
    if _digest(_dumped(settings)) != stated:
        raise _damaged(path, f"{_SETTINGS} was changed")
    if _digest(data) != settings["arrays_sha256"]:
        raise _damaged(path, f"{_ARRAYS} was changed")


def _unpack(data: bytes, path: Path) -> dict[str, Array]:
    try:
        with np.load(io.BytesIO(data), allow_pickle=False) as archive:
            return {name: archive[name] for name in archive.files}
    except (OSError, ValueError) as error:
        raise _damaged(path, str(error)) from error


def _restore(settings: dict[str, Any], arrays: dict[str, Array]) -> StanceClassifier:
    from discourse.sentiment.trained.classifier import StanceClassifier
    from discourse.sentiment.trained.encoders import wanted

    if settings["embeddings"] is not None:
        wanted(settings["embeddings"])
    model = StanceClassifier(**settings["parameters"])
    sides = [
        Side(str(view), str(kind), float(weight), int(least), str(encoder))
        for view, kind, weight, least, encoder in settings["sides"]
    ]
    model.machine_ = Machine([_part(n, side, arrays) for n, side in enumerate(sides)], arrays["intercept"])
    model.held_out_, model.rows_ = arrays["held_out"], arrays["rows"]
    model.classes_ = np.asarray(settings["classes"])
    model.own_targets_ = list(settings["own_targets"])
    model.places_ = bool(settings["places"])
    model.strength_ = Strength(*settings["strength"])
    model.temperature_, model.validation_ = settings["temperature"], settings["validation"]
    model.n_training_, model.training_hash_ = settings["n_training"], settings["training_hash"]
    model.notes_, model.embeddings_ = list(settings["notes"]), settings["embeddings"]
    model.instruments_ = dict(settings["instruments"])
    _note_changes(model, settings)
    return model


def _note_changes(model: StanceClassifier, settings: dict[str, Any]) -> None:
    """Say where the model may now judge differently, since what it reads from has changed."""
    for name, now in model.instruments_now().items():
        before = settings["instruments"].get(name)
        if before != now:
            model.notes_.append(f"{name} was {before} when the model was trained and is {now} now")


def _part(number: int, side: Side, arrays: dict[str, Array]) -> Part:
    prefix = f"part{number}/"
    own = {name[len(prefix) :]: value for name, value in arrays.items() if name.startswith(prefix)}
    weights, rows = own.pop("weights"), own.pop("rows", None)
    source: Any
    if side.kind == "terms":
        source = TermWeights.restore(side.view, side.fewest, own)
    elif side.kind == "meaning":
        source = Meaning.restore(side.view, side.encoder, own)
    else:
        source = Tone.restore(own)
    return Part(side, source, weights, rows)
