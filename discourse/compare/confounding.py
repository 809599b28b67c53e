"""When two groups cannot be compared by an instrument that nobody checked.

An instrument makes other errors in another language, and on another platform people write differently.  Where
two groups hardly share a language or a platform, a difference between them may be a difference of errors.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from discourse.room import laid

#: Two groups are confounded with a trait if the distributions of the trait share less than this.
MIN_OVERLAP = 0.5

#: The languages that an instrument distinguishes.
LANGUAGE_CLASS = {"zh-Hans": "zh", "zh-Hant": "zh", "zh": "zh", "en": "en", "mixed": "mixed"}


def language_class(lang: pd.Series) -> pd.Series:
    """Fold language codes into zh, en, mixed and other.

    Parameters
    ----------
    lang : Series of str
        Codes as in ``posts.lang``.

    Returns
    -------
    Series of str
        ``zh``, ``en``, ``mixed`` or ``other``, with the same index.

    Examples
    --------
    >>> language_class(pd.Series(["zh-Hant", "none"])).tolist()
    ['zh', 'other']
    """
    return language_classes(lang).astype("str")


def language_classes(lang: pd.Series) -> pd.Series:
    """Do as :func:`language_class`, with categories in place of texts: a byte a post.

    Examples
    --------
    >>> language_classes(pd.Series(["zh-Hant", None])).tolist()
    ['zh', 'other']
    """
    classes = pd.Index(sorted({*LANGUAGE_CLASS.values(), "other"}), dtype="str")
    if isinstance(lang.dtype, pd.CategoricalDtype):
        places, codes = lang.cat.codes.to_numpy(), lang.cat.categories
    else:
        places, codes = pd.factorize(lang)  # a code is looked up once, however many posts it has
    of_code = [classes.get_loc(LANGUAGE_CLASS.get(code, "other")) for code in codes]
    # the last is the unknown
    found = laid(np.array([*of_code, classes.get_loc("other")], dtype=np.int8), np.asarray(places))
    return pd.Series(pd.Categorical.from_codes(found, categories=classes), index=lang.index)


def overlap(a: pd.Series, b: pd.Series) -> float:
    r"""Measure how much two groups share of a trait.

    Parameters
    ----------
    a, b : Series of str
        The trait, one value a post, in each group.

    Returns
    -------
    float
        :math:`\sum_v \min(p_a(v), p_b(v))`, in [0, 1]; NaN if a group is empty.

    Examples
    --------
    >>> overlap(pd.Series(["zh", "zh"]), pd.Series(["en", "zh"]))
    0.5
    """
    if a.empty or b.empty:
        return float("nan")
    shares_a, shares_b = a.value_counts(normalize=True), b.value_counts(normalize=True)
    both = pd.concat([shares_a, shares_b], axis=1).fillna(0.0)
    return float(both.min(axis=1).sum())


def confounded_with(frame: pd.DataFrame, groups: tuple[str, str]) -> str | None:
    """Say whether two groups differ so much in language or platform that scores cannot be compared.

    Parameters
    ----------
    frame : DataFrame
        Posts with ``group``, ``lang`` and, where known, ``platform``.
    groups : (str, str)
        The two groups.

    Returns
    -------
    str or None
        ``"language"``, ``"platform"``, or None where they overlap enough.

    Notes
    -----
    Overlap below :data:`MIN_OVERLAP` counts as confounded.  Human codes in both groups lift the objection;
    this version knows none.

    Examples
    --------
    >>> posts = pd.DataFrame({"group": ["a", "b"], "lang": ["zh-Hans", "en"]})
    >>> confounded_with(posts, ("a", "b"))
    'language'
    """
    members = [(frame["group"] == name).fillna(False).to_numpy(dtype=bool) for name in groups]
    if _overlap_of(language_classes(frame["lang"]), *members) < MIN_OVERLAP:
        return "language"
    if "platform" in frame and _overlap_of(frame["platform"], *members) < MIN_OVERLAP:
        return "platform"
    return None


def _overlap_of(trait: pd.Series, a: NDArray[np.bool_], b: NDArray[np.bool_]) -> float:
    """Do as :func:`overlap` with what is known of some rows of one column, without taking them."""
    values = trait.astype("category").cat
    codes = values.codes.to_numpy()
    found = ((codes == k) for k in range(len(values.categories)))
    counts = np.array(
        [[np.count_nonzero(here & side) for side in (a, b)] for here in found], dtype=np.float64
    )
    totals = counts.sum(axis=0)
    if not totals.all() or not len(counts):
        return float("nan")
    return float((counts / totals).min(axis=1).sum())
