"""What is known of posts that an instrument labels and people code in part."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from discourse.errors import ParameterError
from discourse.stats.clusters import dense_codes

Floats = NDArray[np.float64]
Codes = NDArray[np.int64]


@dataclass(frozen=True)
class Frame:
    """What is known of every post: labels for all, codes and probabilities for the coded.

    Parameters
    ----------
    prediction : ndarray of float, shape (n,)
        What the instrument says.
    code : ndarray of float, shape (n,)
        What a person said; NaN where not coded.
    probability : ndarray of float, shape (n,)
        Inclusion probability of each coded post, in (0, 1]; not read elsewhere.
    clusters : tuple of one or two arrays of int, shape (n,)
        Cluster codes; negative where unknown.
    groups : ndarray of int, shape (n,), optional
        0 and 1; the estimate is then the difference, first minus second.
    prediction_base, code_base : ndarray of float, shape (n,), optional
        Denominators of a ratio, as predicted and as coded (1 where the post is a mention); ones by default.
    drawn : {"post", "cluster"}
        Whether posts were drawn for coding one by one or by whole clusters (of the first way).

    Raises
    ------
    ParameterError
        If shapes differ, a prediction is not finite, or a coded post has no valid probability.

    Examples
    --------
    >>> Frame([0.0, 1.0], [np.nan, 1.0], [0.5, 0.5], ([0, 1],)).coded
    array([False,  True])
    """

    prediction: Floats
    code: Floats
    probability: Floats
    clusters: tuple[Codes, ...]
    groups: Codes | None = None
    prediction_base: Floats | None = None
    code_base: Floats | None = None
    drawn: Literal["post", "cluster"] = "post"

    def __post_init__(self) -> None:
        n = np.asarray(self.prediction).shape[0]
        for name in ("prediction", "code", "probability", "prediction_base", "code_base"):
            value = getattr(self, name)
            array = np.ones(n) if value is None else np.array(value, dtype=np.float64)
            if array.shape != (n,):
                raise ParameterError(f"{name} must have one value for each of {n} posts")
            object.__setattr__(self, name, array)
        object.__setattr__(self, "clusters", tuple(dense_codes(np.asarray(c)) for c in self.clusters))
        groups = (
            np.zeros(n, dtype=np.int64) if self.groups is None else np.asarray(self.groups, dtype=np.int64)
        )
        object.__setattr__(self, "groups", groups)
        self._check()

    def members(self, group: int) -> NDArray[np.bool_]:
        """Which posts belong to a group."""
        inside: NDArray[np.bool_] = np.equal(np.asarray(self.groups), group)
        return inside

    def _check(self) -> None:
        bases = np.asarray(self.prediction_base)
        if not (np.isfinite(self.prediction).all() and np.isfinite(bases).all()):
            raise ParameterError("every post needs a finite prediction")
        pi = self.probability[self.coded]
        if not (np.isfinite(pi) & (pi > 0.0) & (pi <= 1.0)).all():
            raise ParameterError(
                "a coded post has no inclusion probability in (0, 1]",
                hint="store the probability with which each post was drawn when the sample is drawn",
            )

    @property
    def coded(self) -> NDArray[np.bool_]:
        """Which posts a person coded."""
        known: NDArray[np.bool_] = np.isfinite(self.code) & np.isfinite(np.asarray(self.code_base))
        return known

    @property
    def n_groups(self) -> int:
        """One, or two for a difference."""
        return int(np.max(np.asarray(self.groups))) + 1 if self.prediction.shape[0] else 1
