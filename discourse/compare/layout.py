"""Rows of figures into a declared table: what a row does not give is unknown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from discourse.tables import Table


def lay_out(table: Table, rows: Sequence[Mapping[str, Any]], **same: Any) -> pd.DataFrame:
    """Make a table from rows of which some have no figures.

    Parameters
    ----------
    table : Table
        The declared table.
    rows : sequence of mapping
        One a row; a column that a row does not give is NA in it.
    **same
        Columns with one value for all rows.

    Returns
    -------
    DataFrame
        The table, empty without rows.

    Examples
    --------
    >>> from discourse.tables import INFLUENCE_WEIGHTS
    >>> lay_out(INFLUENCE_WEIGHTS, [{"indicator": "likes"}], total=3)[["indicator", "weight", "total"]]
      indicator  weight  total
    0     likes     NaN      3
    """
    if not rows:
        return table.empty()
    frame = pd.DataFrame(list(rows)).assign(**same)
    for column in table.columns:
        if column.name not in frame.columns:
            frame[column.name] = np.nan if column.dtype == "float64" else pd.NA
        elif column.dtype == "float64" and frame[column.name].dtype == object:
            frame[column.name] = pd.to_numeric(frame[column.name], errors="coerce")
    return table.conform(frame)
