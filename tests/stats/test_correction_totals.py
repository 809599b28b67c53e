"""Corrected totals: what each post adds, in every version, sums to the corrected figure."""

from __future__ import annotations

import numpy as np
import pytest

from discourse.errors import NotMeasurable, ParameterError
from discourse.stats.clusters import influence_variance
from discourse.stats.correction import METHODS, Frame, corrected_estimate
from discourse.stats.correction_totals import corrected_values


def coded_mentions(seed: int = 0, n: int = 1500) -> Frame:
    """Posts of two groups; mentions and judgments both err, positives are coded twice as often."""
    rng = np.random.default_rng(seed)
    group = rng.integers(0, 2, n)
    about, warm = rng.random(n) < 0.7, rng.random(n) < 0.3 + 0.2 * group
    seen = np.where(rng.random(n) < 0.1, ~about, about)
    said = np.where(rng.random(n) < 0.2, ~warm, warm) & seen
    pi = np.where(said, 0.4, 0.2)
    coded = rng.random(n) < pi
    return Frame(
        said.astype(float),
        np.where(coded, warm & about, np.nan),
        pi,
        (rng.integers(0, n // 3, n), rng.integers(0, 40, n)),
        group,
        seen.astype(float),
        np.where(coded, about, np.nan),
    )


@pytest.mark.parametrize("method", METHODS)
def test_sums_over_a_group_give_its_corrected_share_and_the_variance_of_the_difference(method):
    frame = coded_mentions()
    values = corrected_values(frame, method, seed=4)
    known = corrected_estimate(frame, method, seed=4)
    ratios, psi = [], np.zeros(frame.prediction.shape[0])
    for g, sign in ((0, 1.0), (1, -1.0)):
        inside = frame.members(g)
        top, base = values.top[inside].sum(), values.base[inside].sum()
        ratios.append(top / base)
        psi += sign * values.influence(inside / base, -top / base * inside / base)
    assert ratios[0] - ratios[1] == pytest.approx(known.estimate, abs=1e-12)
    assert psi.sum() == pytest.approx(0.0, abs=1e-10)
    # the same influence values; only the mending for large clusters, which needs loads, is left out
    assert influence_variance(psi, frame.clusters).variance ** 0.5 == pytest.approx(known.se, rel=0.03)


def test_parts_of_a_group_add_up_to_it_whatever_the_version():
    frame = coded_mentions(3)
    cell = np.arange(frame.prediction.shape[0]) % 7
    for method in METHODS:
        values = corrected_values(frame, method)
        assert np.bincount(cell, weights=values.top).sum() == pytest.approx(values.top.sum())


def test_a_group_that_nobody_coded_has_no_corrected_totals():
    frame = coded_mentions()
    bare = Frame(
        frame.prediction,
        np.where(frame.members(1), np.nan, frame.code),
        frame.probability,
        frame.clusters,
        frame.groups,
    )
    with pytest.raises(NotMeasurable, match="no post of group 2 was coded"):
        corrected_values(bare, "ppi++")
    with pytest.raises(ParameterError, match="unknown method"):
        corrected_values(bare, "ppi")
