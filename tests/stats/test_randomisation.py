from __future__ import annotations

import numpy as np
import pytest

from discourse.errors import NotMeasurable, ParameterError
from discourse.stats.randomisation import randomisation_test


def test_p_is_the_rank_among_all_assignments():
    code = np.repeat(np.arange(21), 3)
    y = code.astype(float)  # cluster 20 is the highest, cluster 0 as far below
    found = randomisation_test(y, code == 20, code, np.random.default_rng(0))
    assert (found.p, found.n_assignments, found.exhaustive) == (pytest.approx(2 / 21), 21, True)
    assert found.estimate == pytest.approx(20 - 9.5)


def test_strata_limit_what_is_exchanged():
    code = np.arange(24)
    strata = code // 12
    treated = np.isin(code, [0, 12])
    found = randomisation_test(
        np.where(treated, 9.0, 0.0) + code % 2, treated, code, np.random.default_rng(0), strata=strata
    )
    assert found.n_assignments == 144
    assert found.p == pytest.approx(1 / 144)


def test_random_assignments_where_there_are_too_many():
    rng = np.random.default_rng(1)
    code = np.arange(40)
    treated = code < 20
    found = randomisation_test(rng.normal(size=40) + treated, treated, code, rng, n_draws=999)
    assert not found.exhaustive
    assert found.p < 0.05
    same = randomisation_test(code % 7, treated, code, np.random.default_rng(5), n_draws=99)
    assert same == randomisation_test(code % 7, treated, code, np.random.default_rng(5), n_draws=99)


def test_the_level_is_exact_under_the_null():
    rng = np.random.default_rng(3)
    code = np.repeat(np.arange(20), 4)
    p = [
        randomisation_test(rng.normal(size=20)[code] + rng.normal(size=80), code == 0, code, rng).p
        for _ in range(600)
    ]
    assert np.mean(np.array(p) <= 0.05) == pytest.approx(0.05, abs=0.03)


def test_too_few_assignments_are_refused_with_the_smallest_p():
    code = np.arange(10)
    with pytest.raises(NotMeasurable, match=r"1 of 10 clusters were treated.*p cannot fall below 0\.1"):
        randomisation_test(np.arange(10.0), code == 3, code, np.random.default_rng(0))
    with pytest.raises(NotMeasurable, match="nothing to compare"):
        randomisation_test(np.arange(10.0), code >= 0, code, np.random.default_rng(0))


def test_partly_treated_clusters_are_an_error():
    with pytest.raises(ParameterError, match="varies within a cluster"):
        randomisation_test([1.0, 2.0, 3.0], [True, False, False], [0, 0, 1], np.random.default_rng(0))
    with pytest.raises(ParameterError):
        randomisation_test([1.0, np.nan], [True, False], [0, 1], np.random.default_rng(0))
