r"""Means of groups whose membership a rule guesses and people coded for some authors.

A rule puts every author into a group; people put some, drawn with known probabilities, where they belong.
With p the share of the coded authors of a rule group that people put into group g, every author gets a
*membership*

.. math:: m_i = p_{r(i)} + \frac{A_i}{\pi_i} \big(1(G_i = g) - p_{r(i)}\big)

whose sum, with any outcome known for all authors, is unbiased for the sum over the members of g, whatever the
outcome has to do with the error of the rule.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from discourse.errors import NotMeasurable, ParameterError
from discourse.stats.cluster_means import t_interval
from discourse.stats.clusters import influence_variance
from discourse.stats.correction_totals import CorrectedValues

Floats = NDArray[np.float64]
Codes = NDArray[np.int64]


@dataclass(frozen=True)
class CodedGroups:
    """The group of each author by the rule, and by people where they coded the author.

    Parameters
    ----------
    rule : ndarray of int, shape (n_authors,)
        Group that the rule gives, from 0.
    coded : ndarray of int, shape (n_authors,)
        Group that people give; -1 where nobody coded the author.
    probability : ndarray of float, shape (n_authors,)
        Inclusion probability of each coded author, in (0, 1]; not read elsewhere.

    Raises
    ------
    ParameterError
        If shapes differ, a rule gives no group, or a coded author has no valid probability.

    Examples
    --------
    >>> CodedGroups(np.array([0, 1]), np.array([0, -1]), np.array([0.5, np.nan])).weight.tolist()
    [1.0, 0.0]
    """

    rule: Codes
    coded: Codes
    probability: Floats

    def __post_init__(self) -> None:
        if not self.rule.shape == self.coded.shape == self.probability.shape:
            raise ParameterError("rule, coded and probability must have one value for each author")
        if self.rule.size and self.rule.min() < 0:
            raise ParameterError("the rule gives an author no group")
        pi = self.probability[self.known]
        if not (np.isfinite(pi) & (pi > 0.0) & (pi <= 1.0)).all():
            raise ParameterError("a coded author has no inclusion probability in (0, 1]")

    @property
    def known(self) -> NDArray[np.bool_]:
        """Which authors people coded."""
        return np.asarray(self.coded >= 0)

    @property
    def weight(self) -> Floats:
        """Weight of each coded author: one over the probability, summing to the size of the rule group."""
        inverse = np.zeros(self.rule.shape[0])
        inverse[self.known] = 1.0 / self.probability[self.known]
        sums, sizes = np.bincount(self.rule, weights=inverse), np.bincount(self.rule)
        scale = np.divide(sizes, sums, out=np.zeros(sums.shape), where=sums > 0.0)
        return np.asarray(inverse * scale[self.rule])

    def shares(self, group: int) -> Floats:
        """Share that people put into a group, of the coded authors of each rule group.

        Where nobody of a rule group was coded the rule stands: nothing is known of its errors.
        """
        weight, n = self.weight, int(self.rule.max(initial=0)) + 1
        totals = np.bincount(self.rule, weights=weight, minlength=n)
        found = np.bincount(self.rule, weights=weight * (self.coded == group), minlength=n)
        rule = (np.arange(n) == group).astype(np.float64)
        return np.asarray(np.divide(found, totals, out=rule, where=totals > 0.0))


class Regrouped(NamedTuple):
    """A mean of a group, or a difference of two, corrected for authors whom the rule misplaces.

    ``heaviest`` is the share of one coded author in the variance that the codes of authors bring.
    """

    estimate: float
    se: float
    df: float
    low: float
    high: float
    p: float
    heaviest: float


def regrouped_estimate(
    values: CorrectedValues,
    authors: Codes,
    groups: CodedGroups,
    wanted: tuple[int, ...],
    *,
    level: float = 0.95,
) -> Regrouped:
    r"""Estimate a ratio among the posts of a group, or the difference of two, by coded authors.

    .. math:: \hat\theta_g = \frac{\sum_i m_i \hat T_i}{\sum_i m_i \hat B_i}

    with T and B what the posts of an author add to numerator and denominator, corrected for errors of labels
    or not, as `values` are.

    Parameters
    ----------
    values : CorrectedValues
        The posts of *all* authors, of whatever group.
    authors : ndarray of int, shape (n_posts,)
        Author of each post; negative where unknown: such a post is left out.
    groups : CodedGroups
        The authors.
    wanted : tuple of one or two int
        The group, or two: first minus second.
    level : float
        Confidence level.

    Returns
    -------
    Regrouped
        Intervals are clustered as in :func:`discourse.stats.clusters.influence_variance`.

    Raises
    ------
    NotMeasurable
        If the corrected denominator of a group is not above zero.

    Notes
    -----
    The sum over members is the generalised difference estimator (Cassel, Särndal and Wretman 1976,
    doi:10.1093/biomet/63.3.615) with the rule as the model, as prediction-powered inference (Angelopoulos et
    al. 2023, doi:10.1126/science.adi6000) and design-based supervised learning (Egami et al. 2023,
    arXiv:2306.04746) are; its outcome is the product of membership and what the author writes.  Posts and
    authors are drawn for coding independently of each other, so that products of both corrections are
    unbiased, too.

    Examples
    --------
    >>> from discourse.stats.correction import Frame
    >>> from discourse.stats.correction_totals import corrected_values
    >>> frame = Frame([1.0, 0.0, 1.0, 0.0], [np.nan] * 4, [1.0] * 4, (np.arange(4),))
    >>> posts = corrected_values(frame, "naive")
    >>> who = CodedGroups(np.array([0, 0, 1, 1]), np.array([0, 1, 1, 1]), np.ones(4))
    >>> regrouped_estimate(posts, np.arange(4), who, (0,)).estimate
    1.0
    """
    psi, load = np.zeros((authors.shape[0], len(wanted))), np.zeros((authors.shape[0], len(wanted)))
    by_author = np.zeros((groups.rule.shape[0], len(wanted)))
    estimate = 0.0
    for column, group in enumerate(wanted):
        sign = 1.0 if column == 0 else -1.0
        found = _of_group(values, authors, groups, group)
        estimate += sign * found.estimate
        psi[:, column], by_author[:, column] = sign * found.influence, sign * found.from_codes
        load[:, column] = found.load
    kept = authors >= 0
    spread = influence_variance(psi[kept], [c[kept] for c in values.frame.clusters], load=load[kept])
    low, high, p = t_interval(estimate, spread.variance, spread.df, level)
    squares = by_author.sum(axis=1) ** 2
    heaviest = float(squares.max(initial=0.0) / max(spread.variance, 1e-300))
    return Regrouped(estimate, float(np.sqrt(spread.variance)), spread.df, low, high, p, heaviest)


class _Group(NamedTuple):
    estimate: float
    influence: Floats
    from_codes: Floats
    load: Floats


def _of_group(values: CorrectedValues, authors: Codes, groups: CodedGroups, group: int) -> _Group:
    kept, who = authors >= 0, np.maximum(authors, 0)
    share, weight = groups.shares(group)[groups.rule], groups.weight
    miss = np.where(groups.known, (groups.coded == group) - share, 0.0)
    member = np.where(kept, (share + weight * miss)[who], 0.0)
    bottom = float(member @ values.base)
    if not bottom > 0.0:
        raise NotMeasurable("the estimated number of posts in the denominator is not above zero")
    theta = float(member @ values.top) / bottom
    influence = values.influence(member / bottom, -theta * member / bottom)
    # what the coded authors add is measured from the weighted mean of their rule group, as for posts
    own = (
        np.bincount(who, weights=kept * (values.top - theta * values.base), minlength=miss.shape[0]) / bottom
    )
    n_known = np.bincount(groups.rule, weights=groups.known)[groups.rule]
    few = np.where(n_known > 1, np.sqrt(n_known / np.maximum(n_known - 1.0, 1.0)), 1.0)
    sizes = np.maximum(np.bincount(groups.rule), 1)
    mean = (np.bincount(groups.rule, weights=weight * miss * own) / sizes)[groups.rule]
    drawn = weight * (few * (miss * own - mean) - miss * own) + mean
    posts = np.maximum(np.bincount(who[kept], minlength=miss.shape[0]), 1)
    influence = influence + np.where(kept, (drawn / posts)[who], 0.0)
    # how much of the mean rests on a post: on coded ones where labels are corrected, else on mentions
    rests = values.weight if values.weight.any() else np.maximum(values.base, 0.0)
    load = np.where(kept, share[who] * rests, 0.0)
    return _Group(theta, influence, weight * few * (miss * own - mean), load / load.sum())
