from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from discourse.compare.samples import (
    _in_order,
    _ranks,
    by_post_id,
    cluster_codes,
    group_index,
    in_text_order,
    numbers,
    one_group,
    two_groups,
)
from discourse.errors import NotMeasurable, ParameterError


def test_codes_follow_the_labels_not_the_rows():
    labels = pd.Series(["b", None, "a", "b"])
    assert cluster_codes(labels).tolist() == [1, -1, 0, 1]
    assert cluster_codes(labels[::-1]).tolist() == [1, 0, -1, 1]


def test_group_index_marks_the_first_the_second_and_the_rest():
    labels = pd.Series(["x", "y", None, "z", "x"])
    assert group_index(labels, ("x", "y")).tolist() == [0, 1, -1, -1, 0]
    with pytest.raises(ParameterError):
        group_index(labels, "xy")  # type: ignore[arg-type]


def test_numbers_reads_truth_values_and_refuses_words():
    assert numbers(pd.Series([True, None, False], dtype=object), "c")[[0, 2]].tolist() == [1.0, 0.0]
    assert np.isnan(numbers(pd.Series([1, None], dtype="Int64"), "c")[1])
    with pytest.raises(ParameterError, match="column 'c'"):
        numbers(pd.Series(["good"]), "c")


@given(
    st.lists(
        st.tuples(st.sampled_from([0.0, 0.5, 1.0, -1.0, -2.5]), *[st.integers(-1, 5)] * 2, st.integers(0, 1)),
        min_size=1,
        max_size=40,
    )
)
def test_rows_sorted_by_one_number_lie_as_if_sorted_by_all_keys(rows):
    values, first, second, groups = (np.array(column) for column in zip(*rows, strict=True))
    by_group, clusters, in_order = _in_order(values, [first, second], groups)
    plain = np.lexsort((values, second, first, groups))
    for sorted_, column in zip((in_order, *clusters, by_group), (values, first, second, groups), strict=True):
        assert sorted_.tolist() == column[plain].tolist()


@given(st.lists(st.sampled_from([-1.0, -0.0, 0.0, 1.0]), min_size=1, max_size=20))
def test_balances_are_ranked_as_any_values(values):
    given_ranks, plain = _ranks(np.array(values))[0], np.unique(values, return_inverse=True)[1]
    assert np.argsort(given_ranks, kind="stable").tolist() == np.argsort(plain, kind="stable").tolist()


def test_keys_that_fit_no_number_are_sorted_one_after_the_other():
    wide = np.array([2**40, 1, 2**40])
    _, clusters, values = _in_order(np.array([1.0, 2.0, 0.0]), [wide, wide], np.zeros(3, dtype=np.int64))
    assert values.tolist() == [2.0, 0.0, 1.0]
    assert clusters[0].tolist() == [1, 2**40, 2**40]


def test_rows_are_sorted_by_post_and_left_alone_where_they_are():
    frame = pd.DataFrame({"post_id": ["2", "10", "1"], "target": ["t", "u", "v"]})
    once = by_post_id(frame)
    assert once["target"].tolist() == ["v", "u", "t"]
    pd.testing.assert_frame_equal(by_post_id(once), once)


def test_a_sample_is_sorted_and_counts_what_it_left_out():
    frame = pd.DataFrame({"s": [3.0, np.nan, 1.0], "u": ["b", "a", "a"], "t": ["k", "k", "l"]})
    sample = one_group(frame, "s", ("u", "t"))
    assert sample.values.tolist() == [1.0, 3.0]
    assert sample.n_missing == 1
    assert sample.clusters_of(0) == (2, 2)
    assert sample.method == "cluster-robust t interval (u x t)"
    with pytest.raises(NotMeasurable):
        one_group(frame.assign(s=np.nan), "s", "u")


def test_two_groups_need_two_clusters_each():
    frame = pd.DataFrame({"s": [1.0, 2.0, 3.0, 4.0], "g": list("aabb"), "u": list("wxyy")})
    with pytest.raises(NotMeasurable, match="group 'b' lie in one cluster"):
        two_groups(frame, "s", "g", ("a", "b"), "u")


def test_prepared_labels_have_the_codes_of_the_plain_ones():
    for labels in (pd.Series(["b", None, "a", "b"]), pd.Series([10, 9, 100]), pd.Series([None, None])):
        assert cluster_codes(in_text_order(labels)).tolist() == cluster_codes(labels).tolist()
    assert cluster_codes(pd.Series([10, 9, 100])).tolist() == [0, 2, 1]
    backwards = pd.Categorical(["a", "b"], categories=["b", "a"], ordered=True)
    assert cluster_codes(pd.Series(backwards)).tolist() == [0, 1]
