"""What coders may see of an author: what was written, and the place that the platform shows.  No names."""

from __future__ import annotations

import pandas as pd

from discourse.tables import SAMPLE_TEXTS

MOST_POSTS = 10
BREAK = "\n· · ·\n"


def author_evidence(posts: pd.DataFrame, authors: list[str], *, most: int = MOST_POSTS) -> pd.DataFrame:
    """Put together what each author wrote, for people who code groups.

    Parameters
    ----------
    posts : DataFrame
        Posts with ``author``, ``text``, ``title``, ``ip_location`` and ``created_at``.
    authors : list of str
        Pseudonyms.
    most : int
        Posts shown of each author; where there are more, some from the whole time.

    Returns
    -------
    DataFrame
        :data:`discourse.tables.SAMPLE_TEXTS`, one row an author, in the order given: the places first, then
        the posts.

    Examples
    --------
    >>> posts = pd.DataFrame({"author": ["a", "a"], "text": ["你好", "再见"], "title": None,
    ...     "ip_location": ["CN-GD", None], "created_at": pd.to_datetime(["2025-01-14", "2025-01-15"])})
    >>> print(author_evidence(posts, ["a"])["text"][0])
    [CN-GD]
    你好
    · · ·
    再见
    """
    mine = posts[posts["author"].isin(authors)].sort_values(["author", "created_at"], kind="stable")
    shown = {str(author): _shown(part, most) for author, part in mine.groupby("author", sort=True)}
    rows = [{"post_id": author, "text": shown.get(author, "")} for author in authors]
    return SAMPLE_TEXTS.conform(pd.DataFrame(rows, columns=["post_id", "text"]))


def _shown(part: pd.DataFrame, most: int) -> str:
    places = sorted(set(part["ip_location"].dropna()))
    texts = [
        f"{title}\n{text}".strip()
        for title, text in zip(part["title"].fillna(""), part["text"].fillna(""), strict=True)
    ]
    texts = [text for text in texts if text]
    step = max(len(texts) / most, 1.0)
    some = [texts[int(i * step)] for i in range(min(len(texts), most))]
    return f"[{', '.join(places) or '?'}]\n" + BREAK.join(some)
