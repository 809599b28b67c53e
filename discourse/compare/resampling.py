"""The bootstrap alternative to the analytic interval: authors and threads resampled, from sums of cells."""

from __future__ import annotations

from typing import Literal, get_args

import numpy as np

from discourse.compare.samples import Sample
from discourse.errors import NotMeasurable, ParameterError
from discourse.stats.bootstrap import Bootstrap, bootstrap_mean

Interval = Literal["analytic", "bootstrap"]


def check_interval(interval: str) -> None:
    """Refuse an interval that is not known.

    Parameters
    ----------
    interval : str
        What was asked for.

    Raises
    ------
    ParameterError
        Unless it is ``"analytic"`` or ``"bootstrap"``.

    Examples
    --------
    >>> check_interval("bootstrap")
    """
    if interval not in get_args(Interval):
        raise ParameterError(f"unknown interval {interval!r}", expected=" or ".join(get_args(Interval)))


def bootstrap_sample(
    sample: Sample,
    *,
    seed: int,
    n_draws: int,
    level: float,
    two: bool = False,
    share: bool = False,
) -> tuple[Bootstrap, str]:
    """Bootstrap the mean of a sample, or the difference of its two groups.

    Parameters
    ----------
    sample : Sample
        Outcomes, clusters and groups, in an order that does not depend on that of the rows.
    seed : int
        Seed of the draws: the same seed gives the same figures.
    n_draws : int
        Number of draws, at least 100.
    level : float
        Confidence level.
    two : bool
        Whether the first minus the second group is asked for.
    share : bool
        Whether the figure must lie in [0, 1]: then the interval is BCa, else studentised and symmetric.

    Returns
    -------
    (Bootstrap, str)
        Figure, interval and p-value; and the words for a report.

    Raises
    ------
    NotMeasurable
        If there are too few clusters or nothing varies.
    ParameterError
        If ``n_draws`` or ``level`` is out of range.

    Notes
    -----
    Two ways: the pigeonhole bootstrap (Owen 2007, doi:10.1214/07-AOAS122).  BCa (Efron 1987,
    doi:10.1080/01621459.1987.10478410) stays within the range of a share but counts the noise of single
    posts up to three times; the symmetric studentised interval (Hall 1988, doi:10.1214/aos/1176350933) does
    not, and its measured level is nearer the nominal one (``benchmarks/coverage``).  The p-value of the
    studentised is (1 + draws with at least as large a t, either way) / (1 + draws), that of BCa one minus the
    level of the widest interval without zero.

    Examples
    --------
    >>> ways = (np.arange(40) % 20, np.arange(40) % 7)
    >>> sample = Sample(np.arange(40.0), ways, np.zeros(40, dtype=np.int64), ("author", "thread"), 0)
    >>> found, method = bootstrap_sample(sample, seed=7, n_draws=200, level=0.95)
    >>> found.estimate, method
    (19.5, 'pigeonhole bootstrap (author x thread), symmetric studentised, 200 draws, seed 7')
    """
    found = bootstrap_mean(
        sample.values,
        sample.clusters,
        np.random.default_rng(seed),
        groups=sample.groups if two else None,
        n_draws=n_draws,
        interval="bca" if share else "symmetric",
        level=level,
    )
    if not sample.varies(found.se):
        raise NotMeasurable("the draws do not vary; no interval can be given")
    name = "pigeonhole bootstrap" if len(sample.clusters) == 2 else "cluster bootstrap"
    kind = "BCa" if share else "symmetric studentised"
    return found, f"{name} ({' x '.join(sample.names)}), {kind}, {n_draws} draws, seed {seed}"
