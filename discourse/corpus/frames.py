"""A DataFrame at the door: the notebook's way in."""

from __future__ import annotations

import json
import warnings
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from discourse.corpus.damage import zone_of
from discourse.corpus.door import Door, words_of
from discourse.corpus.duplicates import text_key
from discourse.corpus.importers.aliases import guess_mapping
from discourse.corpus.importers.base import Post, Unreadable
from discourse.corpus.places import codes
from discourse.corpus.store import to_frame
from discourse.errors import ParameterError
from discourse.tables import POSTS
from discourse.text.language import detect_languages

if TYPE_CHECKING:
    import pandas as pd


def admit_frame(
    frame: pd.DataFrame,
    *,
    key: bytes | None,
    pseudonymous: bool,
    platform: str | None,
    timezone: str | None = None,
) -> pd.DataFrame:
    """Make a posts table of any table with a column ``text``.

    Parameters
    ----------
    frame : DataFrame
        See :meth:`discourse.corpus.corpus.Corpus.from_pandas`.
    key : bytes or None
        The project key; not needed where authors are pseudonyms or missing.
    pseudonymous : bool
        True if ``author`` holds pseudonyms.
    platform : str or None
        For posts that name none.
    timezone : str, optional
        Of times that state none.

    Returns
    -------
    DataFrame
        As :data:`discourse.tables.POSTS`, in the order of `frame`.

    Raises
    ------
    ParameterError
        If ``text`` is missing or ids repeat.
    """
    if "text" not in frame.columns:
        raise ParameterError(
            "the table has no column 'text'",
            where=f"columns: {', '.join(map(str, frame.columns))[:300]}",
            hint="""name the column that holds the messages: mapping={"text": "..."}""",
        )
    door = Door(key or b"", zone_of(timezone or "UTC"), zone_known=timezone is not None)
    rows = [
        _row(door, values, number, pseudonymous, platform)
        for number, values in enumerate(_records(frame), start=1)
    ]
    _check_ids(rows)
    _fill(rows, frame)
    _mark_copies(rows)
    return to_frame(rows)


def named_columns(frame: pd.DataFrame, mapping: Mapping[str, str] | None) -> pd.DataFrame:
    """Give a table the names of our fields, and say which fields nobody named though they seem to be there.

    Parameters
    ----------
    frame : DataFrame
        Any table.
    mapping : dict of str to str or None
        Our field to their column.

    Returns
    -------
    DataFrame
        The same, with columns renamed.

    Raises
    ------
    ParameterError
        If the table is none, or the mapping names a field or a column that is not there.

    Warns
    -----
    UserWarning
        If a field is missing and a column looks like it: authors would be unknown and times lost.

    Examples
    --------
    >>> import pandas as pd
    >>> posts = pd.DataFrame({"body": ["hi"], "user": ["ann"]})
    >>> named_columns(posts, {"text": "body", "author": "user"}).columns.tolist()
    ['text', 'author']
    """
    if not hasattr(frame, "columns"):
        raise ParameterError(
            f"a table is wanted, and {type(frame).__name__} was given",
            expected="a DataFrame",
            hint="for a file or a folder: discourse.read_posts(path)",
        )
    columns = [str(name) for name in frame.columns]
    named = dict(mapping or {})
    for what, found, known in (("field", named, POSTS.names), ("column", named.values(), columns)):
        unknown = sorted(set(found) - set(known))
        if unknown:
            raise ParameterError(
                f"the mapping names the {what} {unknown[0]!r}, which there is not",
                where=f"columns: {', '.join(columns)[:300]}",
                expected='our field to your column, such as {"author": "author_id"}',
            )
    frame = frame.rename(columns={theirs: ours for ours, theirs in named.items()})
    guessed = {
        ours: theirs
        for ours, theirs in guess_mapping(tuple(map(str, frame.columns))).items()
        if ours in _WITHOUT_WHICH_MUCH_IS_LOST and ours not in frame.columns and theirs not in POSTS.names
    }
    if guessed and "text" in frame.columns:
        warnings.warn(
            f"columns that look like posts' fields are left as they are; for them give mapping={guessed}",
            stacklevel=3,
        )
    return frame


#: Fields that comparisons rest on: authors, threads and times.
_WITHOUT_WHICH_MUCH_IS_LOST = ("post_id", "author", "created_at", "thread_id", "parent_id")


def _records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    plain = frame.astype(object).reset_index(drop=True)
    keep = {name: [_known(v) for v in plain[name]] for name in plain.columns}
    return [dict(zip(keep, values, strict=True)) for values in zip(*keep.values(), strict=True)]


def _known(value: Any) -> Any:
    import pandas as pd

    if isinstance(value, list | tuple | dict):
        return value
    if hasattr(value, "tolist") and not isinstance(value, str):
        return value.tolist()
    if isinstance(value, pd.Timestamp):
        return value.to_pydatetime()
    return None if pd.isna(value) else value


def _row(
    door: Door, values: dict[str, Any], number: int, pseudonymous: bool, platform: str | None
) -> dict[str, Any]:
    thread, parent = values.get("thread_id"), values.get("parent_id")
    kind = values.get("kind") or ("comment" if parent is not None else "post")
    extra = {str(k): v for k, v in values.items() if str(k) not in POSTS.names}
    said = values.get("docvars")
    if said is not None:
        extra.update(said if isinstance(said, dict) else json.loads(said))
    post = Post(
        post_id=values.get("post_id") if values.get("post_id") is not None else f"p{number:06d}",
        kind=kind,
        text=values.get("text"),
        thread_id=thread,
        parent_id=parent,
        author=None if pseudonymous else values.get("author"),
        title=values.get("title"),
        time=values.get("created_at"),
        platform=values.get("platform") or platform,
        place=values.get("ip_location"),
        likes=values.get("likes"),
        comments=values.get("comments"),
        collects=values.get("collects"),
        shares=values.get("shares"),
        hashtags=list(values.get("hashtags") or []),
        docvars=extra,
        flags=list(values.get("flags") or []),
    )
    line = values.get("source_line")
    try:
        row = door.admit(post, int(line) if line is not None else number)
    except Unreadable as error:
        raise ParameterError(str(error), where=f"row {number}") from error
    if pseudonymous:
        row["author"] = None if values.get("author") is None else str(values["author"])
    if values.get("likes_at_least") is not None:
        row["likes_at_least"] = bool(values["likes_at_least"])
    row |= {name: values[name] for name in POSTS.names if name not in row and values.get(name) is not None}
    row["source_file"] = values.get("source_file")
    if values.get("ip_location") in codes():  # NA is Namibia here, not "not available"
        row["ip_location"] = values["ip_location"]
    row["created_at_doubt"] = values.get("created_at_doubt") or row["created_at_doubt"]
    return row


def _check_ids(rows: list[dict[str, Any]]) -> None:
    seen: dict[str, int] = {}
    for number, row in enumerate(rows, start=1):
        first = seen.setdefault(row["post_id"], number)
        if first != number:
            raise ParameterError(
                f"post_id {row['post_id']!r} stands in rows {first} and {number}",
                hint="drop repeated records first, or leave post_id out",
            )


def _fill(rows: list[dict[str, Any]], frame: pd.DataFrame) -> None:
    given = (
        [_known(v) for v in frame["lang"].astype(object)] if "lang" in frame.columns else [None] * len(rows)
    )
    missing = [
        words_of(row["title"], row["text"]) for row, lang in zip(rows, given, strict=True) if lang is None
    ]
    found = iter(detect_languages(missing))
    for row, lang in zip(rows, given, strict=True):
        row["lang"] = lang if lang is not None else next(found)


def _mark_copies(rows: list[dict[str, Any]]) -> None:
    firsts: dict[bytes, str] = {}
    for row in sorted(rows, key=lambda r: (r["created_at"] is None, r["created_at"] or "")):
        key = text_key(row["text"])
        first = firsts.setdefault(key, row["post_id"]) if key else row["post_id"]
        row["duplicate_of"] = first if first != row["post_id"] else None
