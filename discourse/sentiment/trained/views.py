"""The sides from which a post is read: whole with its target masked, before it, behind it, around it.

Features of the words left and right of a target tell apart two targets in one text (Vo and Zhang
2015, *IJCAI*).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from discourse.sentiment.trained.posts import Posts, Span
from discourse.text.clauses import clauses
from discourse.text.language import detect_languages
from discourse.text.tokens import tokenize

MASK = "targetx"  # stands where the target stood, so that no model learns names
NEAR = 5  # words on each side that count as near
Terms = Iterator[list[str]]  # one list a post, made when it is asked for: all at once are too many


def whole(posts: Posts) -> list[str]:
    """Give the texts in lower case, each target masked."""
    masked = []
    for text, span in zip(posts.texts, posts.spans, strict=True):
        masked.append(text if span is None else f"{text[: span[0]]} {MASK} {text[span[1] :]}")
    return [" ".join(text.lower().split()) for text in masked]


def before(posts: Posts) -> list[str]:
    """Give what stands before each target; nothing where it is not named."""
    pairs = zip(posts.texts, posts.spans, strict=True)
    return ["" if span is None else " ".join(text[: span[0]].lower().split()) for text, span in pairs]


def behind(posts: Posts) -> list[str]:
    """Give what stands behind each target; nothing where it is not named."""
    pairs = zip(posts.texts, posts.spans, strict=True)
    return ["" if span is None else " ".join(text[span[1] :].lower().split()) for text, span in pairs]


def around(posts: Posts) -> list[str]:
    """Give the clauses in which each target is named, as written; the whole text where it is not."""
    return [
        text if span is None else _clauses_of(text, span)
        for text, span in zip(posts.texts, posts.spans, strict=True)
    ]


def _clauses_of(text: str, span: Span) -> str:
    named = [text[c.start : c.stop] for c in clauses(text) if c.start < span[1] and span[0] < c.stop]
    return " ".join(" ".join(named).split()) or text


def parents(posts: Posts) -> list[str]:
    """Give the posts answered, in lower case."""
    return [" ".join(text.lower().split()) for text in posts.parents]


def word_terms(texts: list[str], longest: int) -> Terms:
    """Count runs of one to ``longest`` words."""
    return (_runs(words, longest) for words in tokenize(texts).words)


def near_terms(posts: Posts) -> Terms:
    """Count runs of up to three words in the few words around each target."""
    left = [words[-NEAR:] for words in tokenize(before(posts)).words]
    right = [words[:NEAR] for words in tokenize(behind(posts)).words]
    return (
        [] if span is None else _runs([*lead, MASK, *trail], 3)
        for lead, trail, span in zip(left, right, posts.spans, strict=True)
    )


def char_terms(texts: list[str]) -> Terms:
    """Count runs of characters: one to three in Chinese, two to five in other languages."""
    lengths = [(1, 3) if lang.startswith("zh") else (2, 5) for lang in detect_languages(texts)]
    return (_pieces(text, *span) for text, span in zip(texts, lengths, strict=True))


def _runs(words: list[str], longest: int) -> list[str]:
    return [
        " ".join(words[at : at + size])
        for size in range(1, longest + 1)
        for at in range(len(words) - size + 1)
    ]


def _pieces(text: str, shortest: int, longest: int) -> list[str]:
    return [
        text[at : at + size] for size in range(shortest, longest + 1) for at in range(len(text) - size + 1)
    ]


VIEWS: dict[str, Callable[[Posts], Terms]] = {
    "words": lambda posts: word_terms(whole(posts), 2),
    "characters": lambda posts: char_terms(whole(posts)),
    "words before": lambda posts: word_terms(before(posts), 2),
    "words behind": lambda posts: word_terms(behind(posts), 2),
    "characters before": lambda posts: char_terms(before(posts)),
    "characters behind": lambda posts: char_terms(behind(posts)),
    "words near": near_terms,
    "words of the clause": lambda posts: word_terms([text.lower() for text in around(posts)], 2),
    "target": lambda posts: word_terms([" ".join(name.lower().split()) for name in posts.targets], 1),
    "parent words": lambda posts: word_terms(parents(posts), 2),
    "parent characters": lambda posts: char_terms(parents(posts)),
}
"""Each view by its name: posts in, one list of terms a post out."""
