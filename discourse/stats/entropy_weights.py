"""One score from several counts, each weighted by how unevenly it is spread."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import xlogy

from discourse.errors import NotMeasurable
from discourse.room import parts
from discourse.stats.arrays import Floats, counts, ratio


class Weighted(NamedTuple):
    """``weights`` of the columns (sum 1), their ``entropy`` in [0, 1], and the ``score`` of each row."""

    weights: Floats
    entropy: Floats
    score: Floats


def entropy_weights(values: ArrayLike) -> Weighted:
    r"""Weight counts by their entropy, and score the rows.

    .. math:: p_{ij} = \frac{x_{ij}}{\sum_i x_{ij}}, \quad e_j = -\frac{1}{\ln n} \sum_i p_{ij} \ln p_{ij},
              \quad w_j = \frac{1 - e_j}{\sum_j (1 - e_j)}, \quad s_i = \sum_j w_j x'_{ij}

    Parameters
    ----------
    values : array_like of float, shape (n_rows, n_columns)
        Counts, 0 or more: one row an author, one column a kind of attention received.

    Returns
    -------
    Weighted
        ``score`` uses each column scaled to [0, 1] (x'), and lies in [0, 1].

    Raises
    ------
    NotMeasurable
        If there are fewer than two rows, or every column is spread evenly.
    ParameterError
        If a value is negative or missing.

    Notes
    -----
    Entropy as a measure of spread: Shannon (1948) doi:10.1002/j.1538-7305.1948.tb01338.x; as a weight of
    criteria: Zeleny (1982), *Multiple Criteria Decision Making*; for influence on RedNote: Feng, Dong and Lei
    (2025) arXiv:2510.18894.  A column without any count has weight 0.

    Examples
    --------
    The first column is the same for all and says nothing; the second decides.

    >>> entropy_weights([[1, 0], [1, 0], [1, 4]]).weights.tolist()
    [0.0, 1.0]
    """
    x = counts("values", values, ndim=2)
    if x.shape[0] < 2:
        raise NotMeasurable("fewer than two rows; nothing is spread over them")
    entropy = np.array([_entropy(column) for column in x.T])
    uneven = np.where(entropy > 1.0 - 1e-12, 0.0, 1.0 - entropy)
    if not uneven.any():
        raise NotMeasurable("every count is spread evenly; no row stands out")
    weights = uneven / uneven.sum()
    low, high = x.min(axis=0), x.max(axis=0)
    score = np.empty(x.shape[0])
    for rows in parts(x.shape[0]):
        score[rows] = np.nan_to_num(ratio(x[rows] - low, high - low)) @ weights
    return Weighted(weights, entropy, score)


def _entropy(column: Floats) -> float:
    """Entropy of a column, in [0, 1]; 1 where it holds nothing."""
    total = float(column.sum())
    if not total > 0:
        return 1.0
    shares = column / total
    return -float(xlogy(shares, shares).sum()) / float(np.log(len(column)))
