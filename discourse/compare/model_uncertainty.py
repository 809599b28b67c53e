"""What the uncertainty of a topic model adds to that of sampling."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.special import stdtr, stdtrit

from discourse.topics.stability import Refits

Floats = NDArray[np.float64]


class Combined(NamedTuple):
    """An estimate with both kinds of uncertainty.

    Parameters
    ----------
    low, high : float
        Ends of the interval.
    p : float
        p-value of no difference from 0.
    se : float
        Standard error.
    model_share : float
        Share of the variance that comes from the model, 0 to 1.
    """

    low: float
    high: float
    p: float
    se: float
    model_share: float


def combine(
    estimate: float, se: float, df: float, between: float, n_fits: int, level: float = 0.95
) -> Combined:
    """Add the spread between fits of a model to the sampling variance of an estimate.

    Parameters
    ----------
    estimate, se, df : float
        The estimate with its clustered standard error and degrees of freedom, the model taken as given.
    between : float
        Variance of the estimate over fits of the model.
    n_fits : int
        How many fits.
    level : float
        Confidence level.

    Returns
    -------
    Combined

    Notes
    -----
    Rubin (1987), *Multiple imputation for nonresponse in surveys*: T = W + (1 + 1/B) B'.  Degrees of freedom
    of the sum of two variances: Satterthwaite (1946), doi:10.2307/3002019.  Those of Barnard and Rubin (1999)
    would vanish where a group hardly has a topic, and W with it.

    Examples
    --------
    >>> found = combine(0.2, 0.05, 100.0, 0.0, 10)
    >>> round(found.low, 3), round(found.high, 3), found.model_share
    (0.101, 0.299, 0.0)
    >>> round(combine(0.2, 0.05, 100.0, 0.05**2, 10).se, 4)
    0.0725
    """
    added = (1 + 1 / n_fits) * between
    total = se**2 + added
    share = added / total if total > 0 else 0.0
    joint = 1 / (share**2 / (n_fits - 1) + (1 - share) ** 2 / df)
    wide = float(stdtrit(joint, 0.5 + level / 2)) * total**0.5
    p = float(2 * stdtr(joint, -abs(estimate) / total**0.5)) if total > 0 else float("nan")
    return Combined(estimate - wide, estimate + wide, p, total**0.5, share)


@dataclass(frozen=True)
class Spread:
    """Means by group under each fit of a model.

    Parameters
    ----------
    refits : Refits
        The fits.
    group : Series
        Group of each post of the model, by place.
    """

    refits: Refits
    group: pd.Series

    def means(self, topics: Sequence[int], group: str) -> Floats:
        """Give the mean shares of the topics of a language in a group under each fit.

        Parameters
        ----------
        topics : sequence of int
            The topics; shares are taken among them.
        group : str
            The group.

        Returns
        -------
        ndarray of float64, shape (n_fits, n_topics)
            NaN where no post tells.
        """
        mine = np.flatnonzero((self.group.iloc[self.refits.rows] == group).to_numpy())
        return np.stack([_mean_shares(fit[mine][:, list(topics)]) for fit in self.refits.shares])

    def between(self, topics: Sequence[int], group: str, other: str | None = None) -> Floats:
        """Give the variance over fits of a group's mean shares, or of the difference of two groups."""
        found = self.means(topics, group)
        if other is not None:
            found = found - self.means(topics, other)
        return np.asarray(found.var(axis=0, ddof=1))


def _mean_shares(shares: NDArray[np.float32]) -> Floats:
    """Give the mean share of each topic among its language's, over the posts that have words of it."""
    parts = shares.astype(np.float64)
    totals = parts.sum(axis=1, keepdims=True)
    known = totals > 0
    among = np.where(known, parts / np.where(known, totals, 1.0), 0.0)
    with np.errstate(invalid="ignore"):
        return np.asarray(among.sum(axis=0) / known.sum())
