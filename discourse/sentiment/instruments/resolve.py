"""From one line of a study to an instrument: ``lexicon``, ``trained:FOLDER``, ``transformers:FOLDER``, ..."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from discourse import plugins
from discourse.errors import ParameterError

if TYPE_CHECKING:
    from discourse.sentiment.score import Scorer
    from discourse.sentiment.target import Target

ScorerMaker = Callable[..., Any]
_NEEDS = {
    "trained": "the folder of a trained model",
    "transformers": "the folder of a model",
    "llm": "a file of settings",
}


def scorer_maker(spec: str, base: str | Path | None = None) -> ScorerMaker:
    """Find the instrument that a line of a study names.

    Parameters
    ----------
    spec : str
        ``"lexicon"``, ``"embeddings"``, ``"trained:FOLDER"``, ``"transformers:FOLDER"``,
        ``"llm:SETTINGS.toml"``, the name of a plug-in, or ``"PLUGIN:ARGUMENT"``.
    base : str or pathlib.Path, optional
        Folder that relative paths start from; by default the current one.

    Returns
    -------
    callable
        ``make(target, *, neutral=None, replies=True)``, which gives a scorer.

    Raises
    ------
    ParameterError
        If there is no such instrument, or its folder or file is not named.
    InputError
        If a settings file cannot be used.

    Examples
    --------
    >>> scorer_maker("lexicon")("refugees", neutral=0.2).neutral
    0.2
    """
    name, colon, argument = spec.partition(":")
    name, argument = name.strip(), argument.strip()
    if name in _NEEDS and not argument:
        raise ParameterError(
            f"the scorer {name!r} needs {_NEEDS[name]}", expected=f'"{name}:PATH"', where=f"scorer {spec!r}"
        )
    if name in ("lexicon", "embeddings") and colon:
        raise ParameterError(f"the scorer {name!r} takes nothing behind a colon", where=f"scorer {spec!r}")
    path = Path(base or ".", argument) if argument else None
    if name == "trained" and path is not None:
        return partial(_trained, path)
    if name == "llm" and path is not None:
        from discourse.sentiment.instruments.llm import LlmScorer, read_settings

        return partial(LlmScorer, **read_settings(path))
    make = plugins.load("scorers", name)
    if name == "transformers":
        return partial(make, folder=path)
    return partial(make, argument) if argument else make


def make_scorer(
    spec: str,
    target: str | Path | Target = "refugees",
    neutral: float | None = None,
    *,
    replies: bool = True,
    base: str | Path | None = None,
) -> Scorer:
    """Make the instrument that a line of a study names.

    Parameters
    ----------
    spec : str
        As in :func:`scorer_maker`.
    target : str, pathlib.Path or Target
        What the sentiment is about.
    neutral : float, optional
        Scores nearer to zero than this are neutral; by default the instrument's own threshold.
    replies : bool
        Whether a post that names nobody takes the target of the post it answers.
    base : str or pathlib.Path, optional
        Folder that relative paths start from.

    Returns
    -------
    Scorer
        The instrument.

    Examples
    --------
    >>> make_scorer("lexicon").score(["Welcome, refugees!"])[0].label
    'positive'
    """
    made: Scorer = scorer_maker(spec, base)(target, neutral=neutral, replies=replies)
    return made


def may_spread(spec: str) -> bool:
    """Say whether an instrument may run in several processes: not if it owns a record or all the cores.

    Examples
    --------
    >>> may_spread("lexicon"), may_spread("llm:mine.toml")
    (True, False)
    """
    return spec.partition(":")[0].strip() not in ("llm", "transformers", "embeddings")


def _trained(folder: Path, target: str | Path | Target, **options: Any) -> Any:
    from discourse.sentiment.target import load_target
    from discourse.sentiment.trained.scorer import scorer_of

    return scorer_of(folder)(load_target(target), **options)
