"""Families of tests: which comparisons are adjusted together, and comparisons of frames and emotions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Literal

import pandas as pd

from discourse.compare.confounding import confounded_with
from discourse.compare.contrasts import contrast
from discourse.compare.sentiment import CLUSTER, MIN_AUTHORS, MIN_THREADS
from discourse.errors import NotMeasurable, ParameterError
from discourse.stats import benjamini_hochberg, holm
from discourse.tables import CODE_CONTRASTS, FAMILIES

Adjustment = Literal["Holm", "Benjamini-Hochberg"]
_RULES = {"Holm": holm, "Benjamini-Hochberg": benjamini_hochberg}

#: Tables of a run that hold tests, and how their families are adjusted: Holm where each difference is read by
#: itself, Benjamini-Hochberg where a whole map is looked over for what stands out.
ADJUSTMENTS: dict[str, Adjustment] = {
    "contrasts": "Holm",
    "topic_contrasts": "Benjamini-Hochberg",
    "topic_covariates": "Benjamini-Hochberg",
    "code_contrasts": "Holm",
    "phase_changes": "Holm",
    "topic_stance": "Benjamini-Hochberg",
    "questions": "Holm",
}


def adjust_family(table: pd.DataFrame, adjustment: Adjustment = "Holm") -> pd.DataFrame:
    """Adjust p-values within each family.

    Parameters
    ----------
    table : DataFrame
        With ``family`` and ``p``.
    adjustment : {"Holm", "Benjamini-Hochberg"}
        Against even one false finding, or against too large a share of them.

    Returns
    -------
    DataFrame
        A copy with ``p_adjusted``; NA where p is NA (a test that was not possible is not counted).

    Raises
    ------
    ParameterError
        If the adjustment is unknown.

    Notes
    -----
    Holm (1979), *Scandinavian Journal of Statistics* 6(2), 65-70; Benjamini and Hochberg (1995)
    doi:10.1111/j.2517-6161.1995.tb02031.x.

    Examples
    --------
    >>> table = pd.DataFrame({"family": ["a", "a", "b"], "p": [0.01, 0.04, 0.04]})
    >>> adjust_family(table)["p_adjusted"].tolist()
    [0.02, 0.04, 0.04]
    """
    if adjustment not in _RULES:
        raise ParameterError(f"unknown adjustment {adjustment!r}", expected=" or ".join(_RULES))
    out = table.copy()
    out["p_adjusted"] = float("nan")
    for _, index in out[out["p"].notna()].groupby("family", sort=False).groups.items():
        out.loc[index, "p_adjusted"] = _RULES[adjustment](out.loc[index, "p"].to_numpy(dtype="float64"))
    return out


def code_contrasts(
    posts: pd.DataFrame,
    codes: pd.DataFrame,
    pairs: Sequence[tuple[str, str]],
    *,
    kind: Literal["frame", "emotion"],
    family: str,
    instruments: Mapping[str, str],
    target: str | None = None,
    seed: int = 0,
    min_cell: int = 10,
    level: float = 0.95,
) -> pd.DataFrame:
    """Compare the share of posts with each code between pairs of groups.

    Parameters
    ----------
    posts : DataFrame
        One row a post: ``group``, ``author``, ``thread_id``; ``lang`` and ``platform`` where known.
    codes : DataFrame
        One boolean column a code, the same rows in the same order; NA where a post was not coded, or does not
        mention the target.
    pairs : sequence of (str, str)
        Groups to compare, first minus second.
    kind : {"frame", "emotion"}
        Goes before the name of the code in ``outcome``.
    family : str
        Name of the family that all these tests form.
    instruments : mapping of str to str
        Code to the way in which it was coded.
    target : str, optional
        What an emotion is toward.
    seed : int
        Seed of what is drawn at random.
    min_cell : int, default 10
        A side with fewer authors prints no count.
    level : float, default 0.95
        Confidence level.

    Returns
    -------
    DataFrame
        :data:`discourse.tables.CODE_CONTRASTS`, by :func:`discourse.contrast`, adjusted by Holm.

    Raises
    ------
    ParameterError
        If the two frames have different lengths.

    Notes
    -----
    Lexicons and models may err differently in two languages or on two platforms: groups that hardly share
    them are compared only by what people coded (instrument ``hand``).

    Examples
    --------
    >>> posts = pd.DataFrame({"group": ["g", "h"], "author": ["a", "b"], "thread_id": ["1", "2"]})
    >>> codes = pd.DataFrame({"protest": [True, False]})
    >>> table = code_contrasts(posts, codes, [("g", "h")], kind="frame", family="frames",
    ...     instruments={"protest": "lexicon"})
    >>> table.loc[0, ["outcome", "reason"]].tolist()
    ['frame:protest', 'fewer than 100 authors in g and h']
    """
    if len(posts) != len(codes):
        raise ParameterError(f"{len(codes)} codes for {len(posts)} posts", expected="one row a post")
    traits = [name for name in ("lang", "platform") if name in posts.columns]
    given = posts[["group", "author", "thread_id", *traits]].reset_index(drop=True)
    rows = [
        {"target": target if target is not None else pd.NA, "lang": "all", "outcome": f"{kind}:{name}"}
        | {"family": family, "level": level, "instrument": instruments[str(name)]}
        | _compare(
            given.assign(held=_numbers(codes[name])),
            pair,
            seed,
            min_cell,
            level,
            by_hand=instruments[str(name)] == "hand",
        )
        for name in codes.columns
        for pair in pairs
    ]
    return adjust_family(CODE_CONTRASTS.conform(pd.DataFrame(rows))) if rows else CODE_CONTRASTS.empty()


def _numbers(code: pd.Series) -> pd.Series:
    return code.reset_index(drop=True).astype("boolean").astype("Float64").astype("float64")


def _compare(
    posts: pd.DataFrame, pair: tuple[str, str], seed: int, min_cell: int, level: float, *, by_hand: bool
) -> dict[str, Any]:
    coded = posts[posts["held"].notna() & posts["group"].isin(pair)]
    row: dict[str, Any] = {"group_a": pair[0], "group_b": pair[1], "method": pd.NA, "reason": pd.NA}
    for letter, name in zip("ab", pair, strict=True):
        side = coded[coded["group"] == name]
        counts = {
            "n": len(side),
            "authors": side["author"].nunique(),
            "threads": side["thread_id"].nunique(),
        }
        few = 0 < counts["authors"] < min_cell
        row |= {f"{key}_{letter}": pd.NA if few else value for key, value in counts.items()}
    row |= dict.fromkeys(("estimate", "low", "high", "effect", "p", "p_adjusted"), float("nan"))
    reason = _refusal(coded, pair, by_hand=by_hand)
    if reason is not None:
        return row | {"reason": reason}
    try:
        found = contrast(coded, "held", groups=pair, cluster=CLUSTER, seed=seed, level=level).iloc[0]
    except NotMeasurable as error:
        return row | {"reason": error.message}
    return row | {name: found[name] for name in ("estimate", "low", "high", "effect", "p", "method")}


def _refusal(coded: pd.DataFrame, pair: tuple[str, str], *, by_hand: bool) -> str | None:
    for minimum, column, word in ((MIN_AUTHORS, "author", "authors"), (MIN_THREADS, "thread_id", "threads")):
        small = [name for name in pair if coded.loc[coded["group"] == name, column].nunique() < minimum]
        if small:
            return f"fewer than {minimum} {word} in {' and '.join(small)}"
    trait = None if by_hand or "lang" not in coded.columns else confounded_with(coded, pair)
    if trait is not None:
        return f"the groups differ in {trait}, and nobody has checked the instrument in both"
    return None


def declared_families(tables: Mapping[str, pd.DataFrame], questions: Adjustment = "Holm") -> pd.DataFrame:
    """List the families of tests of a run, with how many tests each holds.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        Tables of a run; those of :data:`ADJUSTMENTS` are read.
    questions : {"Holm", "Benjamini-Hochberg"}
        How the study adjusts the answers to its questions, which are one family.

    Returns
    -------
    DataFrame
        :data:`discourse.tables.FAMILIES`, in the order of the tables.

    Examples
    --------
    >>> table = adjust_family(pd.DataFrame({"family": ["a", "a"], "p": [0.01, float("nan")]}))
    >>> declared_families({"contrasts": table})[["n_tests", "n_tested", "n_below"]].values.tolist()
    [[2, 1, 1]]
    """
    declared = ADJUSTMENTS | {"questions": questions}
    rows = [
        row
        for name, rule in declared.items()
        if name in tables
        for row in _families(name, tables[name], rule)
    ]
    return FAMILIES.conform(pd.DataFrame(rows)) if rows else FAMILIES.empty()


def _families(name: str, table: pd.DataFrame, adjustment: Adjustment) -> Iterator[dict[str, Any]]:
    if name == "questions" and "p_adjusted" in table.columns:
        table = table.assign(family="questions")
    elif "family" not in table.columns:
        return
    for family, part in table.groupby("family", sort=False):
        yield {
            "family": str(family),
            "table": name,
            "adjustment": adjustment,
            "n_tests": len(part),
            "n_tested": int(part["p"].notna().sum()),
            "n_below": int((part["p_adjusted"] < 0.05).sum()),
        }
