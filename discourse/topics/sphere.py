"""Clusters of directions: a rotated start, spherical k-means, and how surely a post belongs."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

#: How concentrated clusters may be taken to be; beyond, shares are 0 or 1 anyway.
MOST_CONCENTRATED = 100.0
# The criterion may be nearly flat where the rotation begins.
_FEWEST_ROUNDS = 20
# Rows from which a rotation is learned.
_MOST_ROWS = 20_000


def unit(rows: Floats) -> Floats:
    """Scale rows to length 1; rows of zeros stay."""
    length = np.linalg.norm(rows, axis=1, keepdims=True)
    return np.asarray(rows / np.where(length > 0, length, 1.0))


def varimax(loadings: Floats, rounds: int = 100, tolerance: float = 1e-8) -> Floats:
    """Find the rotation after which each row loads on few columns.

    Parameters
    ----------
    loadings : ndarray of float64, shape (n_rows, n_factors)
        Orthogonal columns of one length, such as singular vectors.
    rounds : int
        Most rounds.
    tolerance : float
        Relative gain at which to stop.

    Returns
    -------
    ndarray of float64, shape (n_factors, n_factors)
        An orthogonal matrix.

    Notes
    -----
    Kaiser (1958), doi:10.1007/BF02289233; for such columns his criterion is the sum of fourth powers, which
    each round raises.  That the rotated axes are the topics or blocks of a model in which
    each document is mostly of one: Rohe and Zeng (2023), *JRSS B* 85(4), doi:10.1093/jrsssb/qkad029.

    Examples
    --------
    >>> turned = np.array([[1.0, 1.0], [1.0, -1.0], [1.0, 1.0]]) / 2**0.5
    >>> np.abs(turned @ varimax(turned)).round(6).tolist()
    [[1.0, 0.0], [0.0, 1.0], [1.0, 0.0]]
    """
    # A turn to begin with: exactly between two axes the criterion is flat.
    n = loadings.shape[1]
    rotation = np.linalg.qr(np.eye(n) + 0.1 * np.tri(n, k=-1))[0]
    reached = 0.0
    for number in range(rounds):
        turned = loadings @ rotation
        gradient = loadings.T @ (turned * turned * turned)
        left, sizes, right = np.linalg.svd(gradient)
        rotation = left @ right
        if number > _FEWEST_ROUNDS and sizes.sum() < reached * (1 + tolerance):
            break
        reached = float(sizes.sum())
    return np.asarray(rotation)


def rotated_start(factors: Floats, directions: Floats) -> Floats:
    """Start clusters from rotated factors, without chance.

    Parameters
    ----------
    factors : ndarray of float64, shape (n_docs, n_clusters)
        Left singular vectors.
    directions : ndarray of float64, shape (n_docs, n_dimensions)
        What will be clustered, rows of length 1.

    Returns
    -------
    ndarray of float64, shape (n_clusters, n_dimensions)
        Mean direction of the documents that load most on each rotated factor.
    """
    every = max(1, len(factors) // _MOST_ROWS)
    turned = factors @ varimax(unit(factors[::every].T).T)
    turned *= np.where((turned**3).sum(axis=0) < 0, -1.0, 1.0)
    label = turned.round(12).argmax(axis=1)
    starts = [
        directions[label == j].mean(axis=0) if (label == j).any() else directions[turned[:, j].argmax()]
        for j in range(factors.shape[1])
    ]
    return unit(np.vstack(starts))


def cluster(directions: Floats, centres: Floats, rounds: int = 100) -> tuple[Floats, Ints]:
    """Move centres until no document changes its cluster.

    Parameters
    ----------
    directions : ndarray of float64, shape (n_docs, n_dimensions)
        Documents, rows of length 1.
    centres : ndarray of float64, shape (n_clusters, n_dimensions)
        Where to start.
    rounds : int
        Most rounds.

    Returns
    -------
    centres : ndarray of float64, shape (n_clusters, n_dimensions)
        Mean directions, of length 1.
    label : ndarray of int64, shape (n_docs,)
        Cluster of each document.

    Notes
    -----
    Spherical k-means, Dhillon and Modha (2001), doi:10.1023/A:1007612920971.  A cluster that loses all its
    documents stays where it was.

    Examples
    --------
    >>> points = unit(np.array([[1.0, 0.1], [1.0, 0.0], [0.0, 1.0]]))
    >>> cluster(points, unit(np.array([[1.0, 0.5], [0.5, 1.0]])))[1].tolist()
    [0, 0, 1]
    """
    label = np.full(len(directions), -1, dtype=np.int64)
    for _ in range(rounds):
        before, label = label, (directions @ centres.T).round(12).argmax(axis=1)
        if (label == before).all():
            break
        sums = np.zeros_like(centres)
        np.add.at(sums, label, directions)
        found = np.linalg.norm(sums, axis=1) > 0
        centres = np.where(found[:, None], unit(sums), centres)
    return centres, label


def concentration(directions: Floats, label: Ints, n_clusters: int) -> float:
    """Estimate how closely documents lie around the centres: kappa of von Mises-Fisher clusters.

    Parameters
    ----------
    directions : ndarray of float64, shape (n_docs, n_dimensions)
        Documents, rows of length 1.
    label : ndarray of int64, shape (n_docs,)
        Their clusters.
    n_clusters : int
        How many.

    Returns
    -------
    float
        From 1 to 100; one for all clusters.

    Notes
    -----
    The approximation of Banerjee, Dhillon, Ghosh and Sra (2005), *JMLR* 6, 1345-1382, equation 4.4.
    """
    n, dimensions = directions.shape
    sums = np.zeros((n_clusters, dimensions))
    np.add.at(sums, label, directions)
    length = min(float(np.linalg.norm(sums, axis=1).sum()) / max(n, 1), 1 - 1e-9)
    kappa = length * (dimensions - length**2) / (1 - length**2)
    return float(np.clip(kappa, 1.0, MOST_CONCENTRATED))


def memberships(directions: Floats, centres: Floats, kappa: float) -> Floats:
    """Give the probability of each cluster for each document.

    Parameters
    ----------
    directions : ndarray of float64, shape (n_docs, n_dimensions)
        Documents, rows of length 1; a row of zeros belongs everywhere alike.
    centres : ndarray of float64, shape (n_clusters, n_dimensions)
        Centres, of length 1.
    kappa : float
        Concentration.

    Returns
    -------
    ndarray of float64, shape (n_docs, n_clusters)
        Rows sum to 1.

    Notes
    -----
    Posterior of a mixture of von Mises-Fisher distributions with equal weights (Banerjee et al. 2005).

    Examples
    --------
    >>> memberships(np.array([[1.0, 0.0], [0.0, 0.0]]), np.eye(2), 3.0).round(2).tolist()
    [[0.95, 0.05], [0.5, 0.5]]
    """
    closeness = kappa * (directions @ centres.T)
    weights = np.exp(closeness - closeness.max(axis=1, keepdims=True, initial=-np.inf))
    return np.asarray(weights / weights.sum(axis=1, keepdims=True))
