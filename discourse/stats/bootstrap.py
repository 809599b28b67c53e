r"""Cluster bootstrap from sums: one way by resampling clusters, two ways by the pigeonhole.

A draw never touches a post.  One way, clusters are drawn with replacement and a mean needs only their sums
and counts.  Two ways, authors and threads are drawn separately and a post counts as often as its author was
drawn times its thread was drawn (the pigeonhole bootstrap: Owen 2007; valid for crossed data by Davezies,
D'Haultfoeuille and Guyonvarch 2021).  The spread of pigeonhole draws counts pure noise up to three times, so
percentiles are too wide where clusters matter little; the *studentised* interval divides each draw by its own
two-way standard error and is right in both cases (Menzel 2021 shows why no plain resampling can be).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import sparse, special

from discourse.errors import NotMeasurable, ParameterError
from discourse.stats.clusters import cluster_sums, dense_codes, intersection_codes

Floats = NDArray[np.float64]
Interval = Literal["studentised", "symmetric", "bca", "percentile"]
_BATCH = 100
Singles = NDArray[np.float32]
_CUMULATIVE = np.cumsum(np.exp(-1.0) / special.factorial(np.arange(12)))
_POISSON: Singles = np.searchsorted(_CUMULATIVE, (np.arange(65536) + 0.5) / 65536).astype(np.float32)


class Bootstrap(NamedTuple):
    """A figure, its interval, its p-value (NaN for percentiles), and the draws behind them."""

    estimate: float
    se: float
    low: float
    high: float
    p: float
    draws: Floats


def bootstrap_mean(
    values: ArrayLike,
    clusters: Sequence[ArrayLike],
    rng: np.random.Generator,
    *,
    groups: ArrayLike | None = None,
    n_draws: int = 2000,
    interval: Interval = "studentised",
    level: float = 0.95,
) -> Bootstrap:
    r"""Bootstrap a mean or a difference of means with one- or two-way clusters.

    .. math:: \theta^* = \frac{\sum_{c} W_{c} S_{c}}{\sum_{c} W_{c} N_{c}},
              \qquad W_{ij} = W_i V_j \text{ for author i, thread j}

    with S the sums and N the counts of the cells, and W, V multinomial counts.

    Parameters
    ----------
    values : array_like of float, shape (n,)
        Scores, or 0 and 1 for a share.
    clusters : sequence of one or two arrays of int, shape (n,)
        Cluster codes; negative where unknown.
    rng : numpy.random.Generator
        Source of randomness.
    groups : array_like of int, shape (n,), optional
        0 for the first group, 1 for the second: the estimate is then first minus second.
    n_draws : int
        Number of draws, at least 100.
    interval : {"studentised", "symmetric", "bca", "percentile"}
        Kind of interval; ``"symmetric"`` is studentised by the quantile of \|t\| and agrees with ``p``.
    level : float
        Confidence level.

    Returns
    -------
    Bootstrap
        ``se`` is the standard deviation of the draws, except where studentised: there it is the
        cluster-robust standard error that divides.  ``p`` is the share of draws whose \|t\| is at least as
        large (studentised), or one minus the level of the widest interval without zero (BCa).

    Raises
    ------
    NotMeasurable
        If a way has fewer than two clusters, a group is empty, or nothing varies.
    ParameterError
        If a parameter is out of range.

    Notes
    -----
    Field and Welsh (2007) doi:10.1111/j.1467-9868.2007.00593.x (one way); Owen (2007)
    doi:10.1214/07-AOAS122 and Davezies, D'Haultfoeuille and Guyonvarch (2021) doi:10.1214/20-AOS1981
    (pigeonhole); Menzel (2021) doi:10.3982/ECTA15383; Efron (1987) doi:10.1080/01621459.1987.10478410 (BCa,
    with the acceleration of the cluster influence values); Hall (1988) doi:10.1214/aos/1176350933.

    Examples
    --------
    >>> rng = np.random.default_rng(0)
    >>> out = bootstrap_mean([1.0, 2.0, 4.0, 5.0, 6.0, 9.0], [[0, 0, 1, 2, 3, 4]], rng)
    >>> out.estimate, bool(out.low < out.estimate < out.high)
    (4.5, True)
    """
    studentise = interval in ("studentised", "symmetric")
    if not (studentise or interval in ("bca", "percentile")) or n_draws < 100 or not 0.0 < level < 1.0:
        raise ParameterError("interval, n_draws or level is out of range", expected="n_draws of 100 or more")
    cells = _Cells.make(values, clusters, groups)
    draws = [cells.draw(batch, rng, studentise=studentise) for batch in _batches(n_draws)]
    theta = np.concatenate([d[0] for d in draws])
    se = np.concatenate([d[1] for d in draws])
    usable = np.isfinite(theta)
    if usable.mean() < 0.5:
        raise NotMeasurable("most draws leave a group empty; there are too few clusters to resample")
    tail = (1.0 - level) / 2.0
    if studentise:
        return _studentised(cells, theta[usable], se[usable], tail, symmetric=interval == "symmetric")
    probabilities = np.array([tail, 1.0 - tail])
    if interval == "bca":
        probabilities = _bca_levels(cells, theta[usable], probabilities)
    p = _bca_p(cells, theta[usable]) if interval == "bca" else float("nan")
    low, high = np.quantile(theta[usable], probabilities)
    return Bootstrap(cells.estimate, float(theta[usable].std(ddof=1)), float(low), float(high), p, theta)


def _batches(n_draws: int) -> Iterator[int]:
    for start in range(0, n_draws, _BATCH):
        yield min(_BATCH, n_draws - start)


def resample_counts(n_clusters: int, n_draws: int, rng: np.random.Generator) -> Singles:
    """Draw how often each cluster is taken when as many are drawn with replacement as there are.

    Parameters
    ----------
    n_clusters, n_draws : int
        Clusters, and how many times all are drawn.
    rng : numpy.random.Generator
        Source of randomness.

    Returns
    -------
    ndarray of float32, shape (n_clusters, n_draws)
        Counts.  Columns sum to `n_clusters`, exactly up to 2,000 clusters; above, the counts are independent
        Poisson(1) numbers, which cannot be told apart at that size and are drawn several times faster.

    Notes
    -----
    Efron (1979) doi:10.1214/aos/1176344552; Chamandy, Muralidharan, Najmi and Naidu (2012), Estimating
    uncertainty for massive data streams, Google technical report (Poisson counts).

    Examples
    --------
    >>> resample_counts(5, 3, np.random.default_rng(1)).sum(axis=0).tolist()
    [5.0, 5.0, 5.0]
    """
    if n_clusters > 2000:
        return _POISSON[rng.integers(0, _POISSON.shape[0], size=(n_clusters, n_draws), dtype=np.uint16)]
    picks = rng.integers(0, n_clusters, size=(n_draws, n_clusters))
    flat = (picks + np.arange(n_draws)[:, None] * n_clusters).ravel()
    counts = np.bincount(flat, minlength=n_draws * n_clusters).reshape(n_draws, n_clusters)
    return np.ascontiguousarray(counts.T, dtype=np.float32)


@dataclass(frozen=True)
class _Cells:
    """Sums and counts of each author x thread cell: sum_a, count_a and, with two groups, sum_b, count_b.

    ``first`` and ``second`` are the cell's clusters; one way, each cluster is its own only cell and
    ``second`` is None.  Values are centred at their mean, which keeps squares well conditioned; ``centre`` is
    added back where there is one group.
    """

    columns: Floats
    first: NDArray[np.int64]
    second: NDArray[np.int64] | None
    centre: float

    @classmethod
    def make(cls, values: ArrayLike, clusters: Sequence[ArrayLike], groups: ArrayLike | None) -> _Cells:
        y = np.asarray(values, dtype=np.float64)
        codes = [dense_codes(c) for c in clusters]
        if len(codes) not in (1, 2) or any(c.shape != y.shape for c in codes) or not np.isfinite(y).all():
            raise ParameterError("finite values and one or two clusterings of the same length are needed")
        if y.shape[0] == 0 or any(int(c.max()) < 1 for c in codes):
            raise NotMeasurable("fewer than two clusters; nothing can be resampled")
        member = _membership(groups, y.shape[0])
        cell = codes[0] if len(codes) == 1 else intersection_codes(*codes)
        keys = [np.empty(int(cell.max()) + 1, dtype=np.int64) for _ in codes]
        for key, code in zip(keys, codes, strict=True):
            key[cell] = code
        centre = float(y.mean())
        parts = [column for inside in member.T for column in (inside * (y - centre), inside)]
        columns = cluster_sums(np.column_stack(parts), cell)
        return cls(columns, keys[0], keys[1] if len(keys) == 2 else None, centre if len(parts) == 2 else 0.0)

    @property
    def estimate(self) -> float:
        return float(self._means(self.columns.sum(axis=0)[:, None])[0])

    def _means(self, totals: Floats) -> Floats:
        """Mean or difference of means for each column of totals (n_columns, n_draws)."""
        with np.errstate(divide="ignore", invalid="ignore"):
            means = totals[0::2] / totals[1::2]
        return np.asarray(means[0] - means[1] if means.shape[0] == 2 else means[0] + self.centre)

    @staticmethod
    def _coefficients(totals: Floats) -> Floats:
        """Weights that turn the columns of a cell into its influence value, one set a draw."""
        with np.errstate(divide="ignore", invalid="ignore"):
            share = np.where(np.arange(totals.shape[0] // 2)[:, None] == 0, 1.0, -1.0) / totals[1::2]
            out = np.empty_like(totals)
            out[0::2], out[1::2] = share, -share * totals[0::2] / totals[1::2]
        return out

    def influence(self) -> tuple[list[Floats], Floats]:
        """Influence values of the clusters of each way, and of the cells."""
        cell = self.columns @ self._coefficients(self.columns.sum(axis=0)[:, None])[:, 0]
        ways = [self.first] if self.second is None else [self.first, self.second]
        return [cluster_sums(cell, way) for way in ways], cell

    def draw(self, n_draws: int, rng: np.random.Generator, *, studentise: bool) -> tuple[Floats, Floats]:
        """Estimates of some draws, and their standard errors (NaN if not asked for)."""
        rows = resample_counts(int(self.first.max()) + 1, n_draws, rng)
        if self.second is None:
            totals = self.columns.T @ rows
            variance = self._quadratic(totals, self._products().T @ rows) if studentise else None
        else:
            columns = resample_counts(int(self.second.max()) + 1, n_draws, rng)
            totals, variance = self._two_way(rows, columns, studentise)
        theta = self._means(totals)
        return theta, np.full_like(theta, np.nan) if variance is None else np.sqrt(variance)

    def _two_way(self, rows: Singles, columns: Singles, studentise: bool) -> tuple[Floats, Floats | None]:
        by_column = np.stack([m @ rows for m in self._matrices])
        totals = np.einsum("kjb,jb->kb", by_column, columns, dtype=np.float64)
        if not studentise:
            return totals, None
        c = self._coefficients(totals)
        v_columns = np.einsum("jb,jb->b", columns, np.einsum("kjb,kb->jb", by_column, c) ** 2)
        row_terms = np.einsum("kib,kb->ib", np.stack([m.T @ columns for m in self._matrices]), c)
        v_rows = np.einsum("ib,ib->b", rows, row_terms**2)
        products = np.stack([np.einsum("jb,jb->b", m @ rows, columns) for m in self._product_matrices])
        v_cells = self._quadratic(totals, products)
        return totals, np.maximum(v_rows + v_columns - v_cells, np.maximum(v_rows, v_columns))

    def _products(self) -> Floats:
        k = self.columns.shape[1]
        return np.column_stack([self.columns[:, i] * self.columns[:, j] for i in range(k) for j in range(k)])

    def _quadratic(self, totals: Floats, products: Floats) -> Floats:
        """Sum of squared influence values from sums of products of the columns."""
        c = self._coefficients(totals)
        k = c.shape[0]
        out = np.einsum("ib,ijb,jb->b", c, products.reshape(k, k, -1), c)
        return np.asarray(np.maximum(out, 0.0), dtype=np.float64)

    @cached_property
    def _matrices(self) -> list[sparse.csr_array]:
        """Columns as sparse second-way x first-way matrices."""
        assert self.second is not None
        shape = (int(self.second.max()) + 1, int(self.first.max()) + 1)
        return [_matrix(v, self.second, self.first, shape) for v in self.columns.T]

    @cached_property
    def _product_matrices(self) -> list[sparse.csr_array]:
        assert self.second is not None
        shape = (int(self.second.max()) + 1, int(self.first.max()) + 1)
        return [_matrix(v, self.second, self.first, shape) for v in self._products().T]


def _matrix(
    values: Floats, rows: NDArray[np.int64], columns: NDArray[np.int64], shape: tuple[int, int]
) -> sparse.csr_array:
    held = values != 0.0
    return sparse.csr_array((values[held].astype(np.float32), (rows[held], columns[held])), shape=shape)


def _membership(groups: ArrayLike | None, n: int) -> Floats:
    index = np.zeros(n, dtype=np.int64) if groups is None else np.asarray(groups, dtype=np.int64)
    member: Floats = (index[:, None] == np.arange(int(index.max()) + 1)).astype(np.float64)
    if member.shape[1] > 2 or index.min() < 0:
        raise ParameterError("groups must be 0 or 1")
    if not member.any(axis=0).all():
        raise NotMeasurable("a group has no observation")
    return member


def _studentised(cells: _Cells, theta: Floats, se: Floats, tail: float, *, symmetric: bool) -> Bootstrap:
    ways, cell = cells.influence()
    v = [float(w @ w) for w in ways]
    variance = v[0] if len(v) == 1 else max(v[0] + v[1] - float(cell @ cell), *v)
    if not variance > 0.0:
        raise NotMeasurable("nothing varies within the groups; no interval can be given")
    estimate, own = cells.estimate, float(np.sqrt(variance))
    held = se > 0.0
    t = (theta[held] - estimate) / se[held]
    low, high = np.quantile(t, [tail, 1.0 - tail])
    if symmetric:
        high = np.quantile(np.abs(t), 1.0 - 2.0 * tail)
        low = -high
    p = (1.0 + float((np.abs(t) >= abs(estimate) / own).sum())) / (1.0 + t.shape[0])
    return Bootstrap(estimate, own, float(estimate - high * own), float(estimate - low * own), p, theta)


def _bca_levels(cells: _Cells, theta: Floats, probabilities: Floats) -> Floats:
    """Efron's corrected percentiles: bias from the draws, acceleration from the influence values."""
    bias, acceleration = _bias(cells.estimate, theta), _acceleration(cells)
    z = bias + special.ndtri(probabilities)
    levels: Floats = special.ndtr(bias + z / (1.0 - acceleration * z))
    return levels


def _bca_p(cells: _Cells, theta: Floats) -> float:
    """Two-sided level at which the BCa interval just reaches zero: the percentile of zero, uncorrected."""
    bias, acceleration = _bias(cells.estimate, theta), _acceleration(cells)
    z = _bias(0.0, theta) - bias
    one_sided = float(special.ndtr(z / (1.0 + acceleration * z) - bias))
    least = 2.0 / (1.0 + theta.shape[0])
    return float(min(1.0, max(2.0 * min(one_sided, 1.0 - one_sided), least)))


def _bias(value: float, theta: Floats) -> float:
    """Normal quantile of the share of draws below a value, ties counted half, within reach of the draws."""
    below = float((theta < value).mean() + 0.5 * (theta == value).mean())
    return float(special.ndtri(np.clip(below, 1.0 / theta.shape[0], 1.0 - 1.0 / theta.shape[0])))


def _acceleration(cells: _Cells) -> float:
    u = np.concatenate(cells.influence()[0])
    scale = float(u @ u) ** 1.5
    return float((u**3).sum()) / (6.0 * scale) if scale > 0.0 else 0.0
