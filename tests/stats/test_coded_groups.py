"""Groups that a rule guesses and people coded in part: means without the errors of the rule."""

from __future__ import annotations

import numpy as np
import pytest

from discourse.errors import NotMeasurable, ParameterError
from discourse.stats.coded_groups import CodedGroups, regrouped_estimate
from discourse.stats.correction import Frame, corrected_estimate
from discourse.stats.correction_totals import corrected_values


def drawn_by_stratum(rng, strata, per):
    """Draw some of each stratum; probabilities of all, and who was drawn."""
    pi, taken = np.ones(strata.shape[0]), np.zeros(strata.shape[0], dtype=bool)
    for name in np.unique(strata):
        inside = np.flatnonzero(strata == name)
        n = min(per, inside.size)
        pi[inside], taken[rng.choice(inside, n, replace=False)] = n / inside.size, True
    return pi, taken


def population(seed, rule_errs=(0.1, 0.2, 0.15), n=900, per=50, posts_per=100):
    """Shares of .50 and .25 in two groups; rule and labels err more in one, and with the tone of an author."""
    rng = np.random.default_rng(seed)
    true = rng.choice(3, n, p=[0.5, 0.35, 0.15])
    tone = rng.normal(0.0, 0.1, n)
    wrong = rng.random(n) < np.array(rule_errs)[true] * np.where(tone > 0, 1.3, 0.7)
    rule = np.where(wrong, np.array([1, 0, 0])[true], true)
    author = np.repeat(np.arange(n), rng.geometric(0.4, n))
    warm = rng.random(author.size) < np.clip(np.array([0.5, 0.25, 0.3])[true] + tone, 0, 1)[author]
    label = np.where(rng.random(author.size) < np.array([0.1, 0.2, 0.15])[true][author], ~warm, warm)
    pi, coded = drawn_by_stratum(rng, rule[author] * 2 + label, posts_per)
    frame = Frame(
        label.astype(float),
        np.where(coded, warm, np.nan),
        pi,
        (author, rng.integers(0, 120, author.size)),
        rule[author],
    )
    probability, known = drawn_by_stratum(rng, rule, per)
    return frame, author, CodedGroups(rule, np.where(known, true, -1), probability)


def covered(version, groups, seeds, planted=0.25):
    inside = 0
    for seed in seeds:
        frame, author, who = population(seed)
        if not groups:
            pair = np.asarray(frame.groups) < 2
            found = corrected_estimate(
                Frame(
                    frame.prediction[pair],
                    frame.code[pair],
                    frame.probability[pair],
                    tuple(c[pair] for c in frame.clusters),
                    np.asarray(frame.groups)[pair],
                ),
                version,
            )
        else:
            found = regrouped_estimate(corrected_values(frame, version), author, who, (0, 1))
        inside += found.low <= planted <= found.high
    return inside / len(seeds)


def test_150_coded_authors_bring_the_planted_difference_into_the_interval_and_labels_alone_never():
    seeds = range(60)
    assert covered("naive", groups=False, seeds=seeds) <= 0.05
    assert covered("ppi++", groups=False, seeds=seeds) <= 0.75  # labels corrected, groups not
    assert covered("ppi++", groups=True, seeds=seeds) >= 0.88


def test_with_a_rule_that_never_errs_the_groups_change_nothing():
    frame, author, who = population(2, rule_errs=(0.0, 0.0, 0.0))
    found = regrouped_estimate(corrected_values(frame, "ppi++"), author, who, (0,))
    inside = frame.members(0)
    alone = Frame(
        frame.prediction[inside],
        frame.code[inside],
        frame.probability[inside],
        tuple(c[inside] for c in frame.clusters),
    )
    known = corrected_estimate(alone, "ppi++")
    assert found.estimate == pytest.approx(known.estimate, abs=1e-12)
    assert found.se == pytest.approx(known.se, rel=0.05)
    assert found.heaviest == 0.0


def test_where_everybody_is_coded_the_rule_says_nothing():
    frame, author, who = population(3, per=10_000)
    values = corrected_values(frame, "naive")
    found = regrouped_estimate(values, author, who, (1,))
    mine = who.coded[author] == 1
    assert found.estimate == pytest.approx(frame.prediction[mine].mean())


def test_swapping_the_groups_flips_the_sign():
    frame, author, who = population(5)
    values = corrected_values(frame, "ppi++")
    one, two = (regrouped_estimate(values, author, who, pair) for pair in ((0, 1), (1, 0)))
    assert (one.estimate, one.low) == pytest.approx((-two.estimate, -two.high))


def test_a_rule_group_that_nobody_coded_keeps_its_rule():
    who = CodedGroups(np.array([0, 0, 1]), np.array([0, 1, -1]), np.array([1.0, 1.0, np.nan]))
    assert who.shares(1).tolist() == [0.5, 1.0]
    assert who.weight.tolist() == [1.0, 1.0, 0.0]


def test_what_cannot_be_weighted_is_refused():
    with pytest.raises(ParameterError, match="no inclusion probability"):
        CodedGroups(np.array([0]), np.array([0]), np.array([0.0]))
    frame = Frame([1.0, 0.0], [np.nan] * 2, [1.0] * 2, (np.arange(2),))
    nobody = CodedGroups(np.zeros(2, dtype=int), np.zeros(2, dtype=int), np.ones(2))
    with pytest.raises(NotMeasurable, match="not above zero"):
        regrouped_estimate(corrected_values(frame, "naive"), np.arange(2), nobody, (1,))
