from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from discourse.errors import NotMeasurable, ParameterError
from discourse.stats.cluster_means import clustered_mean
from discourse.stats.correction import METHODS, Frame, corrected_estimate, pseudo_outcome


def simulated(seed: int, n: int = 3000, coded: float = 0.15, groups: bool = True) -> tuple[Frame, np.ndarray]:
    """Sensitivity .70 / .92, specificity .95 / .80; positives are coded twice as often."""
    rng = np.random.default_rng(seed)
    a, t = rng.integers(0, n // 4, n), rng.integers(0, 50, n)
    g = (a % 2).astype(np.int64)
    y = rng.random(n) < np.where(g == 0, 0.3, 0.4)
    f = rng.random(n) < np.where(y, np.array([0.70, 0.92])[g], np.array([0.05, 0.20])[g])
    pi = np.where(f, 2.0, 1.0)
    pi = np.minimum(1.0, pi * coded / pi.mean())
    code = np.where(rng.random(n) < pi, y, np.nan)
    return Frame(f.astype(float), code, pi, (a, t), g if groups else None), y.astype(float)


def test_human_is_hajeks_weighted_mean():
    f = Frame([0.0] * 4, [1.0, 0.0, 1.0, np.nan], [0.5, 0.25, 1.0, 0.1], (np.arange(4),))
    found = corrected_estimate(f, "human")
    assert found.estimate == pytest.approx((1 / 0.5 + 0 / 0.25 + 1 / 1.0) / (1 / 0.5 + 1 / 0.25 + 1 / 1.0))
    assert (found.n, found.n_coded) == (4, 3)


def test_ppi_is_the_published_formula_with_equal_probabilities():
    rng = np.random.default_rng(0)
    y = rng.normal(size=500)
    label = y + rng.normal(size=500)
    coded = np.arange(500) < 100
    f = Frame(label, np.where(coded, y, np.nan), np.full(500, 0.2), (np.arange(500),))
    found = corrected_estimate(f, "ppi++")
    (weight,) = found.weights
    assert found.estimate == pytest.approx(y[:100].mean() + weight * (label.mean() - label[:100].mean()))
    assert weight == pytest.approx(0.5, abs=0.1)  # Cov / Var of the planted label
    residual, n = y[:100] - weight * label[:100], 500
    by_hand = residual.var(ddof=1) / 100 + weight**2 * label.var() / n
    cross = 2 * weight * np.cov(residual, label[:100])[0, 1] / n
    assert found.se**2 == pytest.approx(by_hand + cross, rel=0.03)


def test_dsl_is_the_mean_of_pseudo_outcomes():
    f, _ = simulated(1, groups=False)
    z = pseudo_outcome(f, seed=3)
    assert corrected_estimate(f, "dsl", seed=3).estimate == pytest.approx(z.mean())
    uncoded = ~f.coded
    assert len(np.unique(z[uncoded].round(9))) <= 10  # five folds, two labels


def test_naive_is_the_clustered_mean_of_the_labels():
    f, _ = simulated(2)
    found = corrected_estimate(f, "naive")
    plain = clustered_mean(f.prediction, f.clusters, groups=f.groups)
    assert (found.estimate, found.low, found.high) == pytest.approx((plain.estimate, plain.low, plain.high))


def test_planted_differential_error_biases_the_naive_gap_only():
    error = {m: [] for m in METHODS}
    covered = dict.fromkeys(METHODS, 0)
    for seed in range(60):
        f, _ = simulated(seed)
        for m in METHODS:
            found = corrected_estimate(f, m)
            error[m].append(found.estimate + 0.1)
            covered[m] += found.low <= -0.1 <= found.high
    assert abs(np.mean(error["naive"])) > 0.1
    for m in ("human", "ppi++", "dsl"):
        assert abs(np.mean(error[m])) < 4 * np.std(error[m]) / np.sqrt(60)
        assert covered[m] >= 52
    assert covered["naive"] == 0
    assert np.std(error["ppi++"]) < 1.05 * np.std(error["human"])


def test_unweighted_formulas_would_be_far_off_where_positives_are_oversampled():
    f, y = simulated(5, n=20000, groups=False)
    assert np.nanmean(f.code) > y.mean() + 0.08
    for m in ("human", "ppi++", "dsl"):
        assert corrected_estimate(f, m).estimate == pytest.approx(y.mean(), abs=0.03)


def test_a_share_among_mentions_is_corrected_in_both_parts():
    rng = np.random.default_rng(7)
    n = 8000
    mention = rng.random(n) < 0.5
    positive = mention & (rng.random(n) < 0.4)
    seen = np.where(mention, rng.random(n) < 0.8, rng.random(n) < 0.1)
    label = seen & np.where(positive, rng.random(n) < 0.8, rng.random(n) < 0.3)
    coded = rng.random(n) < 0.2
    f = Frame(
        label.astype(float),
        np.where(coded, positive, np.nan),
        np.full(n, 0.2),
        (np.arange(n),),
        prediction_base=seen.astype(float),
        code_base=np.where(coded, mention, np.nan),
    )
    naive = corrected_estimate(f, "naive").estimate
    assert abs(naive - 0.4) > 0.05
    for m in ("human", "ppi++", "dsl"):
        found = corrected_estimate(f, m)
        assert found.low < 0.4 < found.high
        assert found.estimate == pytest.approx(0.4, abs=0.05)


@settings(max_examples=10, deadline=None)
@given(st.integers(0, 1000), st.sampled_from(METHODS))
def test_swapping_groups_and_shuffling_posts(seed, method):
    f, _ = simulated(seed, n=400, coded=0.3)
    swapped = Frame(f.prediction, f.code, f.probability, f.clusters, 1 - f.groups)
    one, two = corrected_estimate(f, method), corrected_estimate(swapped, method)
    assert (one.estimate, one.low, one.high) == pytest.approx((-two.estimate, -two.high, -two.low))
    k = np.random.default_rng(seed).permutation(400)
    mixed = Frame(f.prediction[k], f.code[k], f.probability[k], tuple(c[k] for c in f.clusters), f.groups[k])
    three = corrected_estimate(mixed, method)
    assert (three.estimate, three.low) == pytest.approx((one.estimate, one.low))


def test_everybody_coded_makes_the_instrument_irrelevant():
    rng = np.random.default_rng(1)
    y, label = rng.normal(size=200), rng.normal(size=200)
    f = Frame(label, y, np.ones(200), (np.arange(200),))
    for m in ("human", "ppi++", "dsl"):
        assert corrected_estimate(f, m).estimate == pytest.approx(y.mean())


def test_a_label_that_never_varies_leaves_the_human_estimate():
    f, _ = simulated(3)
    dull = Frame(np.zeros_like(f.prediction), f.code, f.probability, f.clusters, f.groups)
    found = corrected_estimate(dull, "ppi++")
    assert found.weights == (0.0, 0.0)
    assert found.estimate == pytest.approx(corrected_estimate(f, "human").estimate)


def test_clusters_widen_the_interval():
    rng = np.random.default_rng(4)
    t = rng.integers(0, 20, 3000)
    y = (rng.normal(size=20)[t] + rng.normal(size=3000) > 0).astype(float)
    label = np.where(rng.random(3000) < 0.1, 1 - y, y)
    code = np.where(rng.random(3000) < 0.3, y, np.nan)
    pi = np.full(3000, 0.3)
    apart = corrected_estimate(Frame(label, code, pi, (np.arange(3000),)), "ppi++")
    together = corrected_estimate(Frame(label, code, pi, (np.arange(3000), t)), "ppi++")
    assert together.se > 4 * apart.se


def test_lambda_may_be_taken_from_cluster_sums_where_clusters_were_drawn():
    f, _ = simulated(6)
    by_cluster = Frame(f.prediction, f.code, f.probability, f.clusters, f.groups, drawn="cluster")
    one, two = corrected_estimate(f, "ppi++"), corrected_estimate(by_cluster, "ppi++")
    assert one.weights == pytest.approx(two.weights, abs=0.3)
    assert one.weights != two.weights


def test_what_was_not_coded_is_refused():
    f, _ = simulated(0, n=200)
    none = Frame(f.prediction, np.where(f.groups == 0, f.code, np.nan), f.probability, f.clusters, f.groups)
    with pytest.raises(NotMeasurable, match="group 2 was coded"):
        corrected_estimate(none, "ppi++")
    assert np.isfinite(corrected_estimate(none, "naive").estimate)
    with pytest.raises(NotMeasurable):
        corrected_estimate(Frame([], [], [], (np.array([], dtype=np.int64),)), "naive")


@pytest.mark.parametrize("probability", [0.0, -0.1, 1.5, np.nan])
def test_a_coded_post_needs_its_probability(probability):
    with pytest.raises(ParameterError, match="inclusion probability"):
        Frame([1.0, 0.0], [1.0, np.nan], [probability, 0.5], (np.arange(2),))


def test_bad_parameters_are_named():
    with pytest.raises(ParameterError, match="unknown method"):
        corrected_estimate(Frame([1.0], [1.0], [1.0], ([0],)), "mla")  # type: ignore[arg-type]
    with pytest.raises(ParameterError, match="finite prediction"):
        Frame([np.nan], [1.0], [1.0], ([0],))
    with pytest.raises(ParameterError, match="one value for each"):
        Frame([1.0, 0.0], [1.0], [1.0, 1.0], (np.arange(2),))
