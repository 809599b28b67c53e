"""Say how a judgment came about, so that a coder can follow it."""

from __future__ import annotations

from pathlib import Path

from discourse.sentiment.lexicon_scorer import LexiconScorer
from discourse.sentiment.target import Target


def explain(text: str, target: str | Path | Target = "refugees", parent: str | None = None) -> str:
    """Print the judgment of one post with the rule and words behind it.

    Parameters
    ----------
    text : str
        The post.
    target : str, pathlib.Path or Target
        What the sentiment is about.
    parent : str, optional
        The post it answers.

    Returns
    -------
    str
        Several lines.

    Examples
    --------
    >>> print(explain("Nice weather").splitlines()[0])
    label:      absent
    """
    scorer = LexiconScorer(target)
    judgment = scorer.judge(text, parent)
    lines = [
        f"label:      {judgment.label}",
        f"score:      {judgment.score:+.3f} (neutral below {scorer.neutral})",
        f"confidence: {judgment.confidence:.2f}{', mixed' if judgment.mixed else ''}",
        f"mention:    {judgment.kind or 'none'}",
        f"instrument: {scorer.instrument}",
    ]
    lines += [f"  {part}" for part in judgment.evidence.split("; ") if part]
    return "\n".join(lines)
