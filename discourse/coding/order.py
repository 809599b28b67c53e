"""The order in which a coder meets the units: shuffled, yet spread over the strata from the first unit on."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray


def coding_order(units: pd.DataFrame, seed: int, coder: str) -> NDArray[np.int64]:
    """Shuffle the units of a coder, so that any first part of the order covers the strata evenly.

    Parameters
    ----------
    units : DataFrame
        Units of one coder with ``stratum``.
    seed : int
        Seed of the sample.
    coder : str
        Name of the coder: each has an order of her own.

    Returns
    -------
    ndarray of int64, shape (n_units,)
        Places of the units, in the order of coding.

    Notes
    -----
    Within a stratum of m units the i-th in random order gets the key (i + u) / m with one uniform u a
    stratum; units are sorted by key.  Each unit is equally likely to be among the first k, and each
    stratum has its share of them up to one unit: a systematic sample of the sample (Madow 1949,
    doi:10.1214/aoms/1177729988).

    Examples
    --------
    >>> import pandas as pd
    >>> units = pd.DataFrame({"stratum": ["a"] * 4 + ["b"] * 2})
    >>> sorted(coding_order(units, 0, "anna").tolist())
    [0, 1, 2, 3, 4, 5]
    >>> sorted(units["stratum"].iloc[coding_order(units, 0, "anna")[:3]])
    ['a', 'a', 'b']
    """
    rng = np.random.default_rng([seed, _number(coder)])
    strata = units["stratum"].to_numpy(dtype=str)
    keys = np.empty(len(units))
    for name in np.unique(strata):
        members = np.flatnonzero(strata == name)
        keys[rng.permutation(members)] = (np.arange(len(members)) + rng.random()) / len(members)
    return np.lexsort((rng.random(len(units)), keys)).astype(np.int64)


def _number(text: str) -> int:
    return int.from_bytes(hashlib.sha256(text.encode("utf-8")).digest()[:8], "big")
