"""The scored posts of a study, written part by part."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from discourse.study.mapped import Mapped

#: Rows that are written at once, and lie together in the file.
_AT_ONCE = 1 << 17


def write_scores(scored: pd.DataFrame, path: Path, mapped: Mapped) -> None:
    """Write scores as Parquet; of a large study no more than a part is in memory.

    Parameters
    ----------
    scored : DataFrame
        One row a post and target.
    path : Path
        The file; its folder is made.
    mapped : Mapped
        Where the columns lie.

    Notes
    -----
    What fits into one part is written byte for byte as :meth:`pandas.DataFrame.to_parquet` writes it.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = Path(folder) / "data" / "scores.parquet"
    ...     write_scores(pd.DataFrame({"score": [0.5, -1.0]}), path, Mapped())
    ...     pd.read_parquet(path)["score"].tolist()
    [0.5, -1.0]
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    schema = pa.Schema.from_pandas(scored, preserve_index=False)
    with pq.ParquetWriter(path, schema) as writer:
        for start in range(0, max(len(scored), 1), _AT_ONCE):
            part = scored.iloc[start : start + _AT_ONCE]
            writer.write_table(pa.Table.from_pandas(part, schema=schema, preserve_index=False))
            mapped.unlook()
