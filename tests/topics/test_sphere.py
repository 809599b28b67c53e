from __future__ import annotations

import numpy as np
import pytest

from discourse.topics.sphere import cluster, concentration, memberships, rotated_start, unit, varimax


def test_varimax_raises_the_sum_of_fourth_powers_to_its_best():
    rng = np.random.default_rng(0)
    simple = np.linalg.qr(np.eye(40, 4).repeat(1, axis=0) + 0.01 * rng.standard_normal((40, 4)))[0]
    turn = np.linalg.qr(rng.standard_normal((4, 4)))[0]
    found = (simple @ turn) @ varimax(simple @ turn)
    assert (found**4).sum() >= (simple**4).sum() - 1e-6
    rotation = varimax(simple)
    np.testing.assert_allclose(rotation @ rotation.T, np.eye(4), atol=1e-12)


def test_clusters_do_not_depend_on_how_the_factors_were_turned():
    rng = np.random.default_rng(1)
    label = np.arange(90) % 3
    factors = np.eye(3)[label] + 0.05 * rng.standard_normal((90, 3))
    turn = np.linalg.qr(rng.standard_normal((3, 3)))[0]
    found = [cluster(unit(f), rotated_start(f, unit(f)))[1] for f in (factors, factors @ turn)]
    for one in found:
        assert all(len(set(label[one == c])) == 1 for c in range(3))


def test_a_cluster_without_posts_stays():
    points = unit(np.array([[1.0, 0.0], [1.0, 0.1]]))
    centres, label = cluster(points, np.array([[1.0, 0.0], [0.0, -1.0]]))
    assert label.tolist() == [0, 0]
    assert centres[1].tolist() == [0.0, -1.0]


@pytest.mark.parametrize(("noise", "low", "high"), [(0.01, 50, 100), (1.0, 1, 10)])
def test_close_clusters_are_concentrated(noise, low, high):
    rng = np.random.default_rng(2)
    label = np.arange(200) % 2
    points = unit(np.eye(5)[label] + noise * rng.standard_normal((200, 5)))
    assert low <= concentration(points, label, 2) <= high


def test_the_nearest_centre_is_the_likeliest_and_distance_costs():
    shares = memberships(unit(np.array([[1.0, 0.2], [1.0, 0.9]])), np.eye(2), 5.0)
    assert shares.argmax(axis=1).tolist() == [0, 0]
    assert shares[0, 0] > shares[1, 0]
    np.testing.assert_allclose(shares.sum(axis=1), 1)
