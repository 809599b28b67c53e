"""Posts in canonical lines of JSON, for hashing: the same posts give the same bytes, wherever they lie."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from discourse.tables import POSTS

if TYPE_CHECKING:
    import numpy as np
    import pyarrow as pa
    from numpy.typing import NDArray

_ENCODE = json.JSONEncoder(ensure_ascii=False).encode


def content_of(table: pa.Table) -> bytes:
    r"""Give each post in one canonical line, without where it came from.

    Parameters
    ----------
    table : pyarrow.Table
        Columns of :data:`discourse.tables.POSTS`.

    Returns
    -------
    bytes
        For each post a list in JSON, as :mod:`json` writes it, and a line end.  Columns are written as a
        whole; only what must be escaped goes through :mod:`json`.

    Examples
    --------
    >>> from discourse.corpus.store import table_of
    >>> content_of(table_of([{"post_id": "p", "thread_id": "t", "text": "a cat", "likes": 3}]))[:45]
    b'["p", "t", null, null, null, "a cat", null, n'
    """
    import pyarrow as pa
    import pyarrow.compute as pc

    if not len(table):
        return b""
    names = [name for name in POSTS.names if not name.startswith("source_")]
    columns = [_written(table.column(name)) for name in names]
    lines = pc.binary_join_element_wise(*columns, _text(", "))
    whole = pc.binary_join_element_wise(_text("["), lines, _text("]\n"), _text(""))
    return b"".join(map(_characters, whole.chunks if isinstance(whole, pa.ChunkedArray) else [whole]))


def _offsets(texts: pa.Array) -> NDArray[np.int64]:
    import numpy as np

    found: NDArray[np.int64] = np.frombuffer(texts.buffers()[1], dtype=np.int64)
    return found[texts.offset : texts.offset + len(texts) + 1]


def _characters(texts: pa.Array) -> bytes:
    """Give the characters of texts as they lie behind each other."""
    offsets, characters = _offsets(texts), texts.buffers()[2]
    return bytes(characters[offsets[0] : offsets[-1]]) if characters is not None else b""


def _text(value: str) -> pa.Scalar:
    import pyarrow as pa

    return pa.scalar(value, pa.large_string())


def _written(column: pa.ChunkedArray) -> Any:
    """Give the values of a column as JSON."""
    import pyarrow as pa
    import pyarrow.compute as pc

    if column.null_count == len(column):
        return _text("null")
    if pa.types.is_string(column.type):
        found = _quoted(_escaped(column.cast(pa.large_string()).combine_chunks()))
    elif pa.types.is_timestamp(column.type):
        found = _quoted(_moments(column))
    elif pa.types.is_integer(column.type) or pa.types.is_boolean(column.type):
        found = column.cast(pa.large_string())
    elif pa.types.is_list(column.type):
        plain = pa.chunked_array([pa.repeat(_text("[]"), len(column))])
        found = _replaced(plain, column, pc.not_equal(pc.list_value_length(column), 0))
        found = pc.if_else(column.is_valid(), found, pa.scalar(None, pa.large_string()))
    else:
        found = pa.chunked_array([pa.nulls(len(column), pa.large_string())])
        found = _replaced(found, column, column.is_valid())
    return found.fill_null("null")


def _quoted(texts: pa.ChunkedArray) -> pa.ChunkedArray:
    import pyarrow.compute as pc

    return pc.binary_join_element_wise(_text('"'), texts, _text('"'), _text(""))


def _escaped(texts: pa.Array) -> pa.ChunkedArray:
    """Escape the texts that need it: those with a control character, a quote or a backslash."""
    import numpy as np
    import pyarrow as pa

    signs = np.frombuffer(_characters(texts), dtype=np.uint8)
    ends = _offsets(texts)[1:] - _offsets(texts)[0]
    odd = np.zeros(len(texts), dtype=bool)
    odd[np.searchsorted(ends, np.flatnonzero((signs < 32) | (signs == 34) | (signs == 92)), "right")] = True
    whole = pa.chunked_array([texts])
    known = pa.chunked_array([pa.array(odd & texts.is_valid().to_numpy(zero_copy_only=False))])
    return _replaced(whole, whole, known, lambda text: _ENCODE(text)[1:-1])


def _replaced(
    written: pa.ChunkedArray, values: pa.ChunkedArray, where: pa.ChunkedArray, encode: Any = _ENCODE
) -> pa.ChunkedArray:
    """Put values in JSON where they are asked for."""
    import pyarrow as pa
    import pyarrow.compute as pc

    where = where.fill_null(False).combine_chunks()
    if not pc.any(where).as_py():
        return written
    fresh = pa.array([encode(value) for value in values.filter(where).to_pylist()], type=pa.large_string())
    return pa.chunked_array([pc.replace_with_mask(written.combine_chunks(), where, fresh)])


def _moments(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """Write times as ISO 8601, whole seconds without a fraction."""
    import pyarrow as pa
    import pyarrow.compute as pc

    plain = column.cast(pa.timestamp("us")).cast(pa.large_string())
    parted = pc.replace_substring(plain, " ", "T", max_replacements=1)
    short = pc.replace_substring(parted, ".000000", "", max_replacements=1)
    return pc.binary_join_element_wise(short, _text("+00:00"), _text(""))
