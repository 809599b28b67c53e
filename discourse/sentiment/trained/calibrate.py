"""From decisions to probabilities."""

from __future__ import annotations

from typing import Any

import numpy as np
from scipy.optimize import minimize_scalar
from scipy.special import log_softmax, softmax

Array = np.ndarray[Any, Any]
_COLDEST, _HOTTEST = 0.02, 20.0


def temperature(decisions: Array, codes: Array) -> float:
    r"""Find the temperature at which held-out decisions are most probable.

    Parameters
    ----------
    decisions : ndarray of float64, shape (n, n_classes)
        Decisions on posts that the machines had not seen.
    codes : ndarray of int, shape (n,)
        Number of the true class of each.

    Returns
    -------
    float
        :math:`T` that maximises the likelihood of softmax(decisions / T), between 0.02 and 20.

    Notes
    -----
    Guo, Pleiss, Sun and Weinberger (2017), *ICML*, the one-parameter relative of Platt (1999): it leaves the
    order of classes as it is, so that the most probable class is the one decided for.  As in Platt, the true
    class is given a probability of (n + 1) / (n + k) rather than 1: no finite sample makes a machine certain.

    Examples
    --------
    >>> decisions = np.array([[2.0, 0.0], [0.0, 2.0], [2.0, 0.0], [2.0, 0.0]])
    >>> round(temperature(decisions, np.array([0, 1, 0, 1])), 2)  # as if 4 of 6 were right: ln 2 = 2 / T
    2.89
    """
    count, classes = decisions.shape
    sure = np.full(decisions.shape, 1.0 / (count + classes))
    sure[np.arange(count), codes] = (count + 1.0) / (count + classes)

    def loss(log_t: float) -> float:
        return -float((sure * log_softmax(decisions / np.exp(log_t), axis=1)).sum(axis=1).mean())

    bounds = (np.log(_COLDEST), np.log(_HOTTEST))
    return float(np.exp(minimize_scalar(loss, bounds=bounds, method="bounded", options={"xatol": 1e-6}).x))


def probabilities(decisions: Array, heat: float) -> Array:
    """Turn decisions into probabilities, rows of sum 1."""
    return np.asarray(softmax(decisions / heat, axis=1), dtype=np.float64)
