r"""Totals corrected for the errors of an instrument, post by post, for figures made of many totals.

What a gap is made of, or a mean over groups that are themselves known with error, is a smooth function of
sums over cells of posts.  :func:`corrected_values` gives each post the *value* with which it enters such
sums, in any of the versions of :mod:`discourse.stats.correction`, so that sums over cells add up to the
corrected total exactly; :meth:`CorrectedValues.influence` gives the influence values of what is made of them,
from which intervals follow by the delta method.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from discourse.errors import NotMeasurable, ParameterError
from discourse.stats.correction import (
    METHODS,
    Frame,
    Method,
    prediction_weight,
    pseudo_outcome,
    pseudo_outcome_of_base,
)

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class CorrectedValues:
    """What each post adds to numerators (``top``) and denominators (``base``) of corrected ratios.

    Parameters
    ----------
    frame : Frame
        What they were made of.
    top, base : ndarray of float, shape (n,)
        Values; their sum over a group, over its size, is the corrected mean of the group.
    weight : ndarray of float, shape (n,)
        Weight of each coded post, summing to the size of its group; zero where not coded, or not read.
    tuning : ndarray of float, shape (n,)
        The lambda of the group of each post: 1 for labels alone (``naive``), 0 for codes alone (``human``).
    """

    frame: Frame
    top: Floats
    base: Floats
    weight: Floats
    tuning: Floats

    def influence(self, of_top: Floats, of_base: Floats) -> Floats:
        r"""Influence values of a smooth function of sums of ``top`` and ``base``.

        Parameters
        ----------
        of_top, of_base : ndarray of float, shape (n,)
            The derivatives of the figure by the value of each post.

        Returns
        -------
        ndarray of float64, shape (n,)
            They sum to zero where the figure does not change with the size of the corpus.

        Notes
        -----
        The weights of coded posts are relative (Hajek 1971): what a coded post adds is measured from the
        weighted mean of its group.
        """
        frame = self.frame
        label = self.tuning * (of_top * frame.prediction + of_base * np.asarray(frame.prediction_base))
        total = of_top * self.top + of_base * self.base
        if not self.weight.any():  # labels alone, or pseudo-outcomes
            return np.asarray(total, dtype=np.float64)
        rest = np.zeros_like(total)
        np.divide(total - label, self.weight, out=rest, where=self.weight > 0.0)
        groups = np.asarray(frame.groups)
        n = np.maximum(np.bincount(groups), 1)
        mean = (np.bincount(groups, weights=self.weight * rest) / n)[groups]
        return np.asarray(label + mean + self.weight * (rest - mean), dtype=np.float64)


def corrected_values(
    frame: Frame, method: Method = "ppi++", *, folds: int = 5, seed: int = 0
) -> CorrectedValues:
    """Give each post the value with which it enters corrected totals.

    Parameters
    ----------
    frame : Frame
        Labels, codes, probabilities, clusters; ``groups`` may number any number of groups.
    method : {"ppi++", "dsl", "naive", "human"}
        Which version.
    folds, seed : int
        Cross-fitting of ``dsl``.

    Returns
    -------
    CorrectedValues
        The ratio of the sums of ``top`` and ``base`` over a group is
        :func:`discourse.stats.correction.corrected_estimate` of that group.

    Raises
    ------
    NotMeasurable
        If a group has no coded post, or no coded post in the denominator.
    ParameterError
        If the method is unknown.

    Notes
    -----
    Angelopoulos, Duchi and Zrnic (2023) arXiv:2311.01453 and Egami et al. (2023) arXiv:2306.04746, as sums of
    terms by post: labels, and the weighted errors that people found in the coded ones.

    Examples
    --------
    >>> f = Frame([1.0, 0.0, 1.0, 0.0], [1.0, 0.0, np.nan, np.nan], [0.5] * 4, (np.arange(4),))
    >>> corrected_values(f, "human").top.tolist(), corrected_values(f, "naive").top.tolist()
    ([2.0, 0.0, 0.0, 0.0], [1.0, 0.0, 1.0, 0.0])
    """
    if method not in METHODS:
        raise ParameterError(f"unknown method {method!r}", expected=", ".join(METHODS))
    zero = np.zeros(frame.prediction.shape[0])
    top, base = frame.prediction, np.asarray(frame.prediction_base)
    if method == "naive":
        return CorrectedValues(frame, top * (base > 0.0), base, zero, zero + 1.0)
    if method == "dsl":
        values = pseudo_outcome(frame, folds=folds, seed=seed)
        return CorrectedValues(frame, values, pseudo_outcome_of_base(frame, folds, seed), zero, zero)
    weight, tuning = zero.copy(), zero.copy()
    for g in range(frame.n_groups):
        inside = frame.members(g)
        coded = inside & frame.coded
        if not inside.any():
            continue
        if not coded.any():
            raise NotMeasurable(
                f"no post of group {g + 1} was coded; the errors of the instrument there are unknown"
            )
        share = 1.0 / frame.probability[coded]
        weight[coded] = share * (inside.sum() / share.sum())
        if method == "ppi++":
            tuning[inside] = prediction_weight(frame, g)
    y = np.where(frame.coded, frame.code, 0.0)
    x = np.where(frame.coded, np.asarray(frame.code_base), 0.0)
    return CorrectedValues(
        frame,
        tuning * top + weight * (y - tuning * top),
        tuning * base + weight * (x - tuning * base),
        weight,
        tuning,
    )
