"""What copies, near-duplicates and twins are, and what a study loses when it drops them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from discourse.errors import ParameterError
from discourse.tables import DROPPED_COPIES, NEAR_CLUSTERS

if TYPE_CHECKING:
    import pandas as pd

MARKS = ("duplicate_of", "near_duplicate_of", "twin_of")


def near_clusters(posts: pd.DataFrame) -> pd.DataFrame:
    """Describe each cluster of near-duplicates.

    Parameters
    ----------
    posts : DataFrame
        With ``near_duplicate_of`` as :func:`discourse.corpus.near_duplicates.mark_near_duplicates` gives it.

    Returns
    -------
    DataFrame
        :data:`discourse.tables.NEAR_CLUSTERS`, the largest first.  ``pattern`` is ``campaign`` where several
        authors sent nearly the same, ``template`` where one author answered several posts with it, ``repost``
        where one author opened several threads with it, ``repeated`` where authors are unknown.

    Raises
    ------
    ParameterError
        If posts are not marked.

    Examples
    --------
    >>> import pandas as pd
    >>> frame = pd.DataFrame({"post_id": ["a", "b"], "near_duplicate_of": [None, "a"], "author": ["x", "y"],
    ...                       "thread_id": ["a", "b"], "kind": "post",
    ...                       "created_at": pd.to_datetime(["2025-01-14", "2025-01-15"], utc=True)})
    >>> near_clusters(frame)[["cluster", "n", "n_authors", "pattern"]].values.tolist()
    [['a', 2, 2, 'campaign']]
    """
    import pandas as pd

    _refuse_unmarked(posts, ("near_duplicate_of",))
    marked = set(posts["near_duplicate_of"].dropna())
    cluster = posts["near_duplicate_of"].where(
        posts["near_duplicate_of"].notna(), posts["post_id"].where(posts["post_id"].isin(marked))
    )
    members = posts.assign(cluster=cluster)[cluster.notna()]
    if members.empty:
        return NEAR_CLUSTERS.empty()
    by = members.groupby("cluster", sort=True)
    table = pd.DataFrame(
        {
            "n": by.size(),
            "n_authors": by["author"].nunique(),
            "n_threads": by["thread_id"].nunique(),
            "first": by["created_at"].min(),
            "last": by["created_at"].max(),
        }
    )
    answers = by["kind"].agg(lambda kinds: bool((kinds != "post").all()))
    table["pattern"] = [
        "repeated" if n == 0 else "campaign" if n > 1 else "template" if answer else "repost"
        for n, answer in zip(table["n_authors"], answers, strict=True)
    ]
    ordered = table.reset_index().sort_values(["n", "cluster"], ascending=[False, True], kind="stable")
    return NEAR_CLUSTERS.conform(ordered)


def dropped_copies(posts: pd.DataFrame, by: str = "group") -> pd.DataFrame:
    """Say what dropping copies would change, group by group.

    Parameters
    ----------
    posts : DataFrame
        With `by`, ``author`` and any of ``duplicate_of``, ``near_duplicate_of``, ``twin_of``; a mark that is
        not there was not looked for, and counts nothing.
    by : str, default "group"
        The column of groups.

    Returns
    -------
    DataFrame
        :data:`discourse.tables.DROPPED_COPIES`, one row a group and one for ``all``: posts with each mark,
        with any, what is left, and the authors before and after.

    Raises
    ------
    ParameterError
        If `by` or the authors are not there.

    Examples
    --------
    >>> import pandas as pd
    >>> frame = pd.DataFrame({"group": ["hosts", "hosts", "newcomers"], "author": ["a", "b", "c"],
    ...                       "duplicate_of": [None, "1", None], "near_duplicate_of": [None, "1", None]})
    >>> dropped_copies(frame)[["group", "n", "near", "left", "authors", "authors_left"]].values.tolist()
    [['hosts', 2, 1, 1, 2, 1], ['newcomers', 1, 0, 1, 1, 1], ['all', 3, 1, 2, 3, 2]]
    """
    import pandas as pd

    _refuse_unmarked(posts, (by, "author"))
    names = sorted(posts[by].dropna().unique())
    rows = [_dropped(posts[posts[by] == name], str(name)) for name in names]
    return DROPPED_COPIES.conform(pd.DataFrame([*rows, _dropped(posts, "all")]))


def _dropped(posts: pd.DataFrame, group: str) -> dict[str, object]:
    import pandas as pd

    marks = {
        name: posts[name].notna() if name in posts.columns else pd.Series(False, index=posts.index)
        for name in MARKS
    }
    any_mark = marks["duplicate_of"] | marks["near_duplicate_of"] | marks["twin_of"]
    left = posts[~any_mark]
    return {
        "group": group,
        "n": len(posts),
        "exact": int(marks["duplicate_of"].sum()),
        "near": int(marks["near_duplicate_of"].sum()),
        "twins": int(marks["twin_of"].sum()),
        "dropped": int(any_mark.sum()),
        "left": len(left),
        "share_dropped": float(any_mark.mean()) if len(posts) else float("nan"),
        "authors": posts["author"].nunique(),
        "authors_left": left["author"].nunique(),
    }


def _refuse_unmarked(posts: pd.DataFrame, columns: tuple[str, ...]) -> None:
    missing = [name for name in columns if name not in posts.columns]
    if missing:
        raise ParameterError(f"posts have no column {', '.join(missing)}", expected=", ".join(columns))
