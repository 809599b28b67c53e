"""Say how a judgment came about, so that a coder can follow it."""

from __future__ import annotations

import math
from pathlib import Path

from discourse.sentiment.clauses import Clause
from discourse.sentiment.cues import CLASS_NAMES
from discourse.sentiment.lexicon_scorer import LexiconScorer
from discourse.sentiment.reading import Reading
from discourse.sentiment.target import Target
from discourse.text.given import refuse_several


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
    refuse_several(text, "explain")
    scorer = LexiconScorer(target)
    judgment, reading = scorer.trace(text, parent)
    score = (
        "none" if math.isnan(judgment.score) else f"{judgment.score:+.3f} (neutral below {scorer.neutral})"
    )
    lines = [
        f"label:      {judgment.label}",
        f"score:      {score}",
        f"confidence: {judgment.confidence:.2f}{', mixed' if judgment.mixed else ''}",
        f"target:     {scorer.target.name}, {judgment.kind or 'not spoken of'}",
        f"instrument: {scorer.instrument}",
    ]
    if reading is None:
        return "\n".join([*lines, f"  {judgment.evidence}"] if judgment.evidence else lines)
    for clause in reading.clauses:
        lines += _of_clause(clause, reading)
    return "\n".join([*lines, f"all of it:  {judgment.evidence}"])


def _of_clause(clause: Clause, reading: Reading) -> list[str]:
    """Show a clause: its words, the cues in them, and what was made of each."""
    first, last = clause.events[0][0], clause.events[-1][1]
    words = reading.low[min(clause.start, first) : max(clause.stop, last)].strip()
    head = (
        f"clause:     {words}"
        + (f"  [{clause.link}]" if clause.link else "")
        + ("  [asked]" if clause.asked else "")
    )
    cues = ", ".join(
        f"{reading.low[start:stop]} = {CLASS_NAMES[cue.cls]}" + (f" {cue.value:+.2f}" if cue.value else "")
        for start, stop, cue in clause.events
    )
    found = [
        f"  {reading.low[item.start : item.stop]}: {item.value:+.2f} x {item.weight:g}, {item.rule}"
        for item in reading.found
        if first <= item.start < last
    ]
    return [head, f"  cues: {cues}", *(found or ["  nothing said of the target"])]
