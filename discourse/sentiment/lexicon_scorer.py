"""The scorer without training: lexicons, rules, and the words behind each judgment."""

from __future__ import annotations

import gc
import hashlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from discourse.errors import ParameterError
from discourse.sentiment.constructions import FILE
from discourse.sentiment.judging import conclude_each, read_each
from discourse.sentiment.judgment import ABSENT, Judgment
from discourse.sentiment.lexicon import load_lexicon, plain_bytes
from discourse.sentiment.mentions import matcher_for
from discourse.sentiment.naming import Naming, Post, Span, find_each
from discourse.sentiment.reading import Reading
from discourse.sentiment.rules import rules_digest
from discourse.sentiment.target import Target, load_target

VERSION = "2"
NEUTRAL = 0.15

TOGETHER = 2048  # posts that are judged step by step together: each step keeps its tables near at hand
CHARACTERS = 200_000  # about so many at most, that long posts need no more room
REMEMBERED = 8192  # posts of one call whose copies are not judged again


@contextmanager
def _uncollected() -> Iterator[None]:
    """Let the collector of cycles rest while posts are judged.

    Nothing that a judgment makes refers back to itself.  The cues of the posts at hand would only be moved to
    the old generation, and have it searched from end to end again and again: a sixth of the time.
    """
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()


def _pair(span: Span | None) -> Span | None:
    return None if span is None else (int(span[0]), int(span[1]))


class LexiconScorer:
    """Judge posts by lexicons and rules; every judgment can be read.

    Parameters
    ----------
    target : str, pathlib.Path or Target
        What the sentiment is about.
    neutral : float
        Scores nearer to zero than this are neutral; in [0, 1].
    replies : bool
        Whether a post that names nobody takes the target of the post it answers.
    lexicons : sequence of pathlib.Path
        The researcher's own lexicons, read after the shipped ones.

    Examples
    --------
    >>> scorer = LexiconScorer("refugees")
    >>> scorer.score(["The refugees are lovely"])[0].label
    'positive'
    """

    def __init__(
        self,
        target: str | Path | Target = "refugees",
        *,
        neutral: float | None = None,
        replies: bool = True,
        lexicons: Sequence[str | Path] = (),
    ) -> None:
        self.target = load_target(target)
        self.neutral = NEUTRAL if neutral is None else float(neutral)
        if not 0.0 <= self.neutral <= 1.0:
            raise ParameterError(f"neutral is {neutral!r}", expected="a number between 0 and 1")
        self.replies = replies
        self.lexicon = load_lexicon(tuple(Path(path) for path in lexicons), scales=not self.target.group)
        self.matcher = matcher_for(self.target)

    @property
    def instrument(self) -> str:
        """Name, version and a hash of the lexicons, the constructions, the rules and the target."""
        identity = repr(self.target.identity()).encode("utf-8", "surrogatepass")
        read = self.lexicon.digest.encode() + plain_bytes(FILE) + rules_digest(__name__).encode()
        digest = hashlib.sha256(read + identity).hexdigest()
        return f"lexicon {VERSION} {digest[:8]}"

    def score(
        self,
        texts: Sequence[str],
        parents: Sequence[str | None] | None = None,
        spans: Sequence[Span | None] | None = None,
    ) -> list[Judgment]:
        """Judge posts, one after the other.

        Parameters
        ----------
        texts : sequence of str
            The posts.
        parents : sequence of str or None, optional
            The post that each one answers.
        spans : sequence of (int, int), optional
            Where the target stands in each post, if known.

        Returns
        -------
        list of Judgment
            One a post, in order.
        """
        with _uncollected():
            return self._score(texts, parents, spans)

    def _score(
        self,
        texts: Sequence[str],
        parents: Sequence[str | None] | None,
        spans: Sequence[Span | None] | None,
    ) -> list[Judgment]:
        judged: list[Judgment] = []
        known: dict[Post, Judgment] = {}
        together = min(TOGETHER, 1 + CHARACTERS * len(texts) // (1 + sum(map(len, texts))))
        for first in range(0, len(texts), together):
            last = first + together
            part = texts[first:last]
            none = [None] * len(part)
            answered = none if parents is None else parents[first:last]
            chosen = none if spans is None else [_pair(span) for span in spans[first:last]]
            keys: list[Post] = list(zip(part, answered, chosen, strict=True))
            if len(known) > REMEMBERED:
                known.clear()
            new = [key for key in dict.fromkeys(keys) if key not in known]
            known.update(zip(new, self._judge(new), strict=True))
            judged += [known[key] for key in keys]
        return judged

    def _judge(self, posts: list[Post]) -> list[Judgment]:
        """Judge some posts step by step."""
        found = find_each(posts, self.matcher, self.replies)
        namings = [item for item in found if isinstance(item, Naming)]
        judged = conclude_each(namings, self._read(namings), self.matcher, self.neutral, self._judge)
        concluded = iter(judged)
        return [next(concluded) if isinstance(item, Naming) else item for item in found]

    def _read(self, namings: list[Naming]) -> list[Reading]:
        return read_each(namings, self.lexicon, self.target.person, self.target.group)

    def judge(self, text: str, parent: str | None = None, span: Span | None = None) -> Judgment:
        """Judge one post."""
        return self.trace(text, parent, span)[0]

    def trace(
        self, text: str, parent: str | None = None, span: Span | None = None
    ) -> tuple[Judgment, Reading | None]:
        """Judge one post and give what was read in it; None where there was nothing to read.

        Parameters
        ----------
        text : str
            The post.
        parent : str, optional
            The post that it answers.
        span : (int, int), optional
            Where the target stands in it, if known.

        Returns
        -------
        Judgment
            The judgment.
        Reading or None
            Its clauses with their cues, and the evidence in them.
        """
        found = find_each([(text, parent, span)], self.matcher, self.replies)[0]
        if isinstance(found, Judgment):
            return found, None
        readings = self._read([found])
        judgment = conclude_each([found], readings, self.matcher, self.neutral, self._judge)[0]
        return judgment, None if judgment is ABSENT else readings[0]
