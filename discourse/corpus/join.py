"""Several corpora as one: sources of a study, or next week's export beside last week's."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from discourse.corpus.corpus import Corpus
from discourse.corpus.duplicates import text_key
from discourse.errors import ParameterError
from discourse.tables import POSTS


def join_corpora(corpora: Sequence[Corpus]) -> Corpus:
    """Join corpora into one.

    Parameters
    ----------
    corpora : sequence of Corpus
        In the order in which posts shall stand.  A post (platform and id) that an earlier corpus holds counts
        as a duplicate.

    Returns
    -------
    Corpus
        In memory.  Counts add up: read = kept + duplicates + rejected.  Exact copies of a text are marked
        across all sources.

    Raises
    ------
    ParameterError
        If there is none, or their authors were made pseudonymous under different keys: the same person would
        count twice.

    Examples
    --------
    >>> one = Corpus.from_pandas(pd.DataFrame({"post_id": ["1"], "text": ["a"]}))
    >>> two = Corpus.from_pandas(pd.DataFrame({"post_id": ["1", "2"], "text": ["a", "b"]}))
    >>> joined = join_corpora([one, two])
    >>> len(joined), joined.counts["duplicates"]
    (2, 1)
    """
    if not corpora:
        raise ParameterError("there is no corpus to join")
    if len(corpora) == 1:
        return corpora[0]
    keys = sorted({corpus.key_id for corpus in corpora if corpus.key_id})
    if len(keys) > 1:
        raise ParameterError(
            "the sources were made pseudonymous under different keys",
            where=f"key ids {', '.join(keys)}",
            hint="import them again under one key, or one author counts as several",
        )
    posts = pd.concat([corpus.to_pandas() for corpus in corpora], ignore_index=True)
    again = posts.duplicated(["platform", "post_id"])
    kept = POSTS.conform(_mark_copies(posts[~again]))
    return Corpus(
        [kept],
        [len(kept)],
        card={"sources": [corpus.card for corpus in corpora]},
        counts=_counts([corpus.counts for corpus in corpora], int(again.sum()), len(kept)),
        rejects=[
            {str(k): v for k, v in row.items()}
            for corpus in corpora
            for row in corpus.rejects.to_dict("records")
        ],
        key_id=keys[0] if keys else None,
    )


def _mark_copies(posts: pd.DataFrame) -> pd.DataFrame:
    keys = [text_key(text) for text in posts["text"].fillna("")]
    first: dict[bytes, str] = {}
    copies = [
        first.setdefault(key, post_id) if key is not None else post_id
        for key, post_id in zip(keys, posts["post_id"], strict=True)
    ]
    of = pd.Series(copies, index=posts.index, dtype="str")
    return posts.assign(duplicate_of=of.where(of != posts["post_id"]))


def _counts(counts: Sequence[dict[str, Any]], again: int, kept: int) -> dict[str, Any]:
    total: dict[str, Any] = {
        name: sum(int(c[name]) for c in counts) for name in ("read", "duplicates", "rejected")
    }
    total["duplicates"] += again
    forgotten = sum(int(c.get("forgotten", 0)) for c in counts)
    unknown = sorted({str(place) for c in counts for place in c.get("unknown_places", [])})
    files = [entry for c in counts for entry in c.get("files", [])]
    return {
        "read": total["read"],
        "kept": kept,
        "duplicates": total["duplicates"],
        "rejected": total["rejected"],
        "files": files,
        "unknown_places": unknown,
        "unread": sum(int(c.get("unread", 0)) for c in counts),
        **({"forgotten": forgotten} if forgotten else {}),
    }
