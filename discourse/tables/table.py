"""What a table is: its columns with their meaning, and how a frame is made to follow it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from discourse.errors import ParameterError

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Column:
    """One column of a table.

    ``dtype`` is a pandas dtype name or ``list[str]``; ``unit`` is empty where a column has none.
    """

    name: str
    dtype: str
    meaning: str
    unit: str = ""
    required: bool = True


@dataclass(frozen=True)
class Table:
    """A named table with its columns in order."""

    name: str
    meaning: str
    columns: tuple[Column, ...]

    @property
    def names(self) -> list[str]:
        """The column names, in order."""
        return [column.name for column in self.columns]

    def empty(self) -> pd.DataFrame:
        """Make the table with no rows.

        Examples
        --------
        >>> Table("words", "Words.", (Column("word", "str", "the word"),)).empty().shape
        (0, 1)
        """
        return _empty(self).copy()

    def conform(self, frame: pd.DataFrame) -> pd.DataFrame:
        """Order the columns, set their dtypes, add missing optional ones as NA.

        Parameters
        ----------
        frame : DataFrame
            Rows of this table; further columns are kept behind the declared ones.

        Returns
        -------
        DataFrame
            A new frame with a fresh index.

        Raises
        ------
        ParameterError
            If a required column is missing.
        """
        import pandas as pd

        missing = [c.name for c in self.columns if c.required and c.name not in frame.columns]
        if missing:
            raise ParameterError(
                f"table {self.name!r} lacks {', '.join(missing)}", expected=", ".join(self.names)
            )
        if self._conforms(frame):
            return frame.copy()
        out = {}
        for column in self.columns:
            dtype = _pandas_dtype(column.dtype)
            if column.name in frame.columns:
                values = frame[column.name].reset_index(drop=True)
                out[column.name] = values if str(values.dtype) == dtype else values.astype(dtype)
            else:
                out[column.name] = pd.Series([None] * len(frame), dtype=object).astype(dtype)
        for name in frame.columns:
            if name not in out:
                out[name] = frame[name].reset_index(drop=True)
        return pd.DataFrame(out)

    def _conforms(self, frame: pd.DataFrame) -> bool:
        """Whether a frame was conformed before, so that a copy will do."""
        import pandas as pd

        declared = [_pandas_dtype(column.dtype) for column in self.columns]
        return (
            list(frame.columns[: len(declared)]) == self.names
            and [str(dtype) for dtype in frame.dtypes.iloc[: len(declared)]] == declared
            and frame.columns.name is None
            and isinstance(frame.index, pd.RangeIndex)
            and frame.index.equals(pd.RangeIndex(len(frame)))
        )


@cache
def _empty(table: Table) -> pd.DataFrame:
    """Make a table with no rows once: findings hold dozens of them, and to make one takes a millisecond."""
    import pandas as pd

    return pd.DataFrame({c.name: pd.Series(dtype=_pandas_dtype(c.dtype)) for c in table.columns})


def _pandas_dtype(dtype: str) -> Any:
    return "object" if dtype.startswith("list") else dtype


#: The columns of every estimate.
ESTIMATE = (
    Column("estimate", "float64", "the figure"),
    Column("low", "float64", "lower end of the interval"),
    Column("high", "float64", "upper end of the interval"),
    Column("level", "float64", "confidence level of the interval"),
)
