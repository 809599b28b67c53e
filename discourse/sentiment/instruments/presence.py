"""Who speaks of the target at all: asked of the lexicon scorer, for instruments that only tell the tone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from discourse.errors import ParameterError
from discourse.sentiment.judgment import Judgment
from discourse.sentiment.lexicon_scorer import LexiconScorer
from discourse.sentiment.target import Target, load_target

Span = tuple[int, int]
Shares = tuple[float, float, float]
NEUTRAL = 0.15
STRONG = 0.3


def checked(neutral: float | None) -> float:
    """Check a threshold; None is the usual one.

    Examples
    --------
    >>> checked(None)
    0.15
    """
    value = NEUTRAL if neutral is None else float(neutral)
    if not 0.0 <= value <= 1.0:
        raise ParameterError(f"neutral is {neutral!r}", expected="a number between 0 and 1")
    return value


def label_of(score: float, neutral: float) -> str:
    """Give the label of a score.

    Examples
    --------
    >>> label_of(0.2, 0.15), label_of(0.0, 0.0)
    ('positive', 'neutral')
    """
    if score and abs(score) >= neutral:
        return "positive" if score > 0 else "negative"
    return "neutral"


def from_shares(shares: Shares, neutral: float, kind: str | None, evidence: str) -> Judgment:
    """Turn the probabilities of a model into a judgment.

    Parameters
    ----------
    shares : (float, float, float)
        Of positive, neutral and negative; they add up to 1.
    neutral : float
        Scores nearer to zero are neutral.
    kind : str or None
        How the post refers to the target.
    evidence : str
        What to print beside it.

    Returns
    -------
    Judgment
        Its score is positive minus negative; its confidence the largest of the three.

    Examples
    --------
    >>> from_shares((0.75, 0.25, 0.0), 0.15, "named", "")[:3]
    ('positive', 0.75, 0.75)
    """
    positive, _, negative = shares
    score = round(max(-1.0, min(1.0, positive - negative)), 6)
    confidence = round(max(0.0, min(1.0, max(shares))), 3)
    mixed = positive >= STRONG and negative >= STRONG
    return Judgment(label_of(score, neutral), score, confidence, mixed, kind, evidence)


class Presence:
    """Leaves posts that do not speak of the target, or only of their author, to the lexicon scorer.

    Parameters
    ----------
    target : str, pathlib.Path or Target
        What the sentiment is about.
    neutral : float, optional
        Threshold of the instrument.
    replies : bool
        Whether a post that names nobody takes the target of the post it answers.
    """

    def __init__(self, target: str | Path | Target, neutral: float | None, replies: bool) -> None:
        self.target = load_target(target)
        self.neutral = checked(neutral)
        self._scorer = LexiconScorer(self.target, neutral=self.neutral, replies=replies)
        self.instrument = f"mentions by {self._scorer.instrument}"

    def judge(
        self,
        texts: Sequence[str],
        parents: Sequence[str | None] | None,
        spans: Sequence[Span | None] | None,
        tell: Callable[[list[int]], list[Shares]],
        note: str,
    ) -> list[Judgment]:
        """Judge posts: absent and self as the lexicon scorer says, all others by ``tell``.

        Parameters
        ----------
        texts, parents, spans : sequences
            As in the scorer protocol.
        tell : callable
            Takes the rows of the posts that speak of the target, gives their shares, in order.
        note : str
            Begins the evidence.

        Returns
        -------
        list of Judgment
            One a post, in order.
        """
        judged = list(self._scorer.score(texts, parents=parents, spans=spans)) if texts else []
        rows = [row for row, j in enumerate(judged) if j.label != "absent" and j.score == j.score]
        for row, shares in zip(rows, tell(rows) if rows else [], strict=True):
            words = f"{note}: positive {shares[0]:.2f}, neutral {shares[1]:.2f}, negative {shares[2]:.2f}"
            judged[row] = from_shares(shares, self.neutral, judged[row].kind, words)
        return judged


def naming(target: Target, text: str, span: Span | None) -> str:
    """Give the words of a text that name the target, or its first name where they are not known.

    Examples
    --------
    >>> naming(Target("cats"), "I like Cats", (7, 11)), naming(Target("cats"), "I like them", None)
    ('Cats', 'cats')
    """
    if span is not None and text[span[0] : span[1]].strip():
        return text[span[0] : span[1]]
    language = "en" if text.isascii() else "zh"
    names = target.names.get(language) or target.all("names")
    low = text.lower()
    return next((name for name in names if name.lower() in low), names[0])
