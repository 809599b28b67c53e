"""Topic models on disk: arrays and one file of JSON, no pickle, no text of a post."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
from scipy import sparse

from discourse.errors import InputError
from discourse.plugins import load as load_plugin
from discourse.topics.model import TopicModel
from discourse.topics.reading import Reading
from discourse.topics.space import Space

FORMAT = 1
_JSON, _ARRAYS = "model.json", "arrays.npz"


def save_topics(model: TopicModel, folder: str | Path) -> Path:
    """Write a fitted model into a folder.

    Parameters
    ----------
    model : TopicModel
        The model; its engine must have ``state`` and ``restore``, as all of ours have.
    folder : str or path
        Where; made if need be, files of an earlier model are replaced.

    Returns
    -------
    Path
        The folder: ``model.json`` and ``arrays.npz``.  Posts and their prevalences are not in them, words
        are.

    Raises
    ------
    InputError
        If the engine cannot be saved.

    Examples
    --------
    >>> import tempfile
    >>> from discourse.topics.fit import fit_topics
    >>> model = fit_topics(["cats purr", "kittens purr", "courts ban apps", "the app ban"], 2)
    >>> again = load_topics(save_topics(model, tempfile.mkdtemp()))
    >>> bool((again.transform(["cats"]) == model.transform(["cats"])).all())
    True
    """
    folder = Path(folder)
    arrays: dict[str, Any] = {}
    spaces = []
    for number, space in enumerate(model.spaces):
        if not hasattr(space.engine, "state"):
            name = space.engine.name
            raise InputError(f"the engine {name} cannot be saved", expected="state() and restore()")
        arrays |= {f"{number}/{key}": value for key, value in _arrays_of(space).items()}
        spaces.append(
            {"engine": space.engine.name, "version": space.engine.version}
            | {"words": space.words, "langs": space.langs, "listed": list(space.listed)}
        )
    described = {
        "format": FORMAT,
        "seed": model.seed,
        "stated": model.stated,
        "reading": asdict(model.reading),
        "spaces": spaces,
    }
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / _ARRAYS).open("wb") as file:
        np.savez(file, **arrays)
    text = json.dumps(described, ensure_ascii=False, indent=1, sort_keys=True)
    (folder / _JSON).write_text(text + "\n", encoding="utf-8", newline="\n")
    return folder


def load_topics(folder: str | Path) -> TopicModel:
    """Read a model that :func:`save_topics` wrote.

    Parameters
    ----------
    folder : str or path
        The folder.

    Returns
    -------
    TopicModel
        It gives topics to new posts exactly as the fitted one; its own posts are not in it.

    Raises
    ------
    InputError
        If the folder holds no model, or one of another format.
    """
    folder = Path(folder)
    try:
        described = json.loads((folder / _JSON).read_text(encoding="utf-8"))
        arrays = np.load(folder / _ARRAYS, allow_pickle=False)
    except (OSError, ValueError) as error:
        expected = f"{_JSON}, {_ARRAYS}"
        raise InputError("this is no saved topic model", where=str(folder), expected=expected) from error
    if described.get("format") != FORMAT:
        found = described.get("format")
        raise InputError(f"the model has format {found!r}", where=str(folder), expected=f"format {FORMAT}")
    try:
        spaces = tuple(_space_of(said, arrays, f"{at}/") for at, said in enumerate(described["spaces"]))
    except (KeyError, ValueError) as error:
        raise InputError("the arrays of the model are incomplete", where=str(folder / _ARRAYS)) from error
    given = described["reading"]
    for key in ("languages", "stop_words", "words"):
        given[key] = tuple(given[key])
    reading = Reading(**given)
    n_topics = sum(len(space.order) for space in spaces)
    none: dict[str, list[list[str]]] = {lang: [] for lang in reading.languages}
    empty = np.empty((0, n_topics))
    return TopicModel(empty, int(described["seed"]), spaces, reading, none, stated=described["stated"])


def _arrays_of(space: Space) -> dict[str, Any]:
    engine: Any = space.engine
    return {
        "order": space.order,
        "frequency": space.frequency,
        "links/data": space.links.data,
        "links/indices": space.links.indices,
        "links/indptr": space.links.indptr,
        **{f"listed/{lang}": columns for lang, columns in space.listed.items()},
        **{f"engine/{key}": value for key, value in engine.state().items()},
    }


def _space_of(said: dict[str, Any], arrays: Any, prefix: str) -> Space:
    own = {key.removeprefix(prefix): arrays[key] for key in arrays.files if key.startswith(prefix)}
    state = {key.removeprefix("engine/"): value for key, value in own.items() if key.startswith("engine/")}
    engine = load_plugin("engines", said["engine"]).restore(state)
    engine.version = said["version"]
    n = len(said["words"])
    links = sparse.csr_matrix((own["links/data"], own["links/indices"], own["links/indptr"]), shape=(n, n))
    listed = {lang: own[f"listed/{lang}"] for lang in said["listed"]}
    return Space(said["words"], said["langs"], engine, own["order"], own["frequency"], listed, links)
