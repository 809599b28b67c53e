"""Random cluster effects as a working model: what cluster-robust variances are corrected with.

The model need not hold.  It says how much a large cluster hides of its own deviation, and how uncertain the
estimated variance is; the variance itself stays that of the data.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


class WorkingModel(NamedTuple):
    """Covariance of cluster sums of influence values: diag(independent) + columns @ core @ columns.T."""

    independent: Floats
    columns: Floats
    core: Floats

    def low_rank_diagonal(self) -> Floats:
        """Diagonal of the part that centring the residuals makes."""
        out = self.columns @ self.core
        out *= self.columns
        return np.asarray(out.sum(axis=1))

    def half_variance(self, factor: Floats) -> float:
        """Half the variance of sum(factor * sums**2) under normality: tr(C W C W)."""
        inner = self.columns.T @ (factor[:, None] * self.columns) @ self.core
        of_all = self.low_rank_diagonal()  # made in place: clusters are as many as authors
        of_all *= 2.0
        of_all += self.independent
        w = factor * factor
        w *= self.independent
        return float(w @ of_all + np.sum(inner * inner.T))


def working_model(sums: Floats, loads: Floats, noise: Floats) -> WorkingModel:
    """Random cluster effects in each group, correlated between groups, on top of noise.

    With r the variance of a cluster's contribution and h its load, centring turns diag(r) into
    diag(r) - h r' - r h' + sum(r) h h'; an effect shared by two groups adds the cross terms.
    """
    n_groups = sums.shape[1]
    effect = _effect_covariance(sums, loads, noise)
    r = loads**2
    r *= np.diag(effect)
    r += noise
    k = n_groups
    core = np.zeros((2 * k + k * (k - 1) // 2,) * 2)
    core[:k, :k] = np.diag(r.sum(axis=0))
    core[np.arange(k), k + np.arange(k)] = core[k + np.arange(k), np.arange(k)] = -1.0
    columns, independent, at = [loads, r], r.sum(axis=1), 2 * k
    for g in range(k):
        for j in range(g + 1, k):
            shared, c = loads[:, g] * loads[:, j], effect[g, j]
            independent = independent + 2.0 * c * shared
            core[g, j] = core[j, g] = c * shared.sum()
            core[[g, j], at] = core[at, [g, j]] = -c
            columns.append(shared[:, None])
            at += 1
    np.maximum(independent, 0.0, out=independent)
    return WorkingModel(independent, np.column_stack(columns), core)


def _effect_covariance(sums: Floats, loads: Floats, noise: Floats) -> Floats:
    """Moment estimate of the covariance of (signed) cluster effects of the groups."""
    gram = loads.T @ loads
    k = sums.shape[1]
    out = np.zeros((k, k))
    for g in range(k):
        for j in range(g, k):
            centring = 1.0 - loads[:, g]
            centring -= loads[:, j]
            centring += gram[g, j]
            centring *= loads[:, g] * loads[:, j]
            scale = float(centring.sum())
            del centring
            product = float((sums[:, g] * sums[:, j]).sum()) - (float(noise[:, g].sum()) if g == j else 0.0)
            out[g, j] = out[j, g] = product / scale if scale > 0.0 else 0.0
    for g in range(k):
        out[g, g] = max(out[g, g], 0.0)
    bound = np.sqrt(np.outer(np.diag(out), np.diag(out)))
    clipped: Floats = np.clip(out, -bound, bound)
    return clipped
