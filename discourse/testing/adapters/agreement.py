"""Agreement of coders: alpha and the kappas."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from discourse import stats
from discourse.testing.reference import Adapter, Entry, Judged


def _alpha(level: str) -> Adapter:
    return lambda entry: stats.krippendorff_alpha(entry.input, level)


def _alpha_of_triples(entry: Entry) -> Judged:
    """Coder, unit, label; what one coder coded alone must not matter."""
    units = [unit for _, unit, _ in entry.input]
    paired = [triple for triple in entry.input if units.count(triple[1]) > 1]
    value, without = (stats.krippendorff_alpha(_from_triples(triples)) for triples in (entry.input, paired))
    return Judged(value, None if value == without else False)


def _from_triples(triples: list[list[str]]) -> Any:
    coders = sorted({coder for coder, _, _ in triples})
    units = sorted({unit for _, unit, _ in triples})
    ratings = np.full((len(coders), len(units)), None, dtype=object)
    for coder, unit, label in triples:
        ratings[coders.index(coder), units.index(unit)] = label
    return ratings


def _of_pairs(coefficient: Callable[[Any], float]) -> Adapter:
    def run(entry: Entry) -> float:
        pairs = entry.input["pairs"]
        return coefficient([[pair[side] for pair in pairs for _ in range(pair[2])] for side in (0, 1)])

    return run


def _of_ratings(coefficient: Callable[[Any], float]) -> Adapter:
    return lambda entry: coefficient(entry.input)


def _cohen(entry: Entry) -> float:
    return stats.cohen_kappa(stats.from_confusion(entry.input))


def _fleiss(entry: Entry) -> float:
    return stats.fleiss_kappa(stats.from_category_counts(entry.input))


PRINTED = [
    [1, 2, 3, 3, 2, 1, 4, 1, 2, None, None, None],
    [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, None, 3],
    [None, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, None],
    [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, None],
]
ERRATUM = (
    "computed on irrCAC's own raw_4raters, where the only code of unit 12 is rater 3's; "
    "the entry's input gives it to coder 2, for which irrCAC itself and we find 0.76207"
)


def _conger(entry: Entry) -> float | Judged:
    """Conger's kappa alone asks who gave a code, and the entry's matrix is not quite that of its source.

    irrCAC's data set raw_4raters, for which .76282 is published, has the lone code of the last unit with
    the third rater.  Any other input is taken as it stands.
    """
    if entry.input != PRINTED:
        return stats.conger_kappa(entry.input)
    ratings = np.array(PRINTED, dtype=object)
    ratings[1, 11], ratings[2, 11] = None, 3
    return Judged(stats.conger_kappa(ratings), note=ERRATUM)


ADAPTERS: dict[str, Adapter] = {
    **{f"alpha.k2011.4obs.{level}": _alpha(level) for level in ("nominal", "ordinal", "interval", "ratio")},
    **{
        f"alpha.wikipedia.3coders.{level}": _alpha(level)
        for level in ("nominal", "ordinal", "interval", "ratio")
    },
    "alpha.k2011.A.binary": _alpha("nominal"),
    "alpha.k2011.B.nominal": _alpha("nominal"),
    "alpha.drop_singletons": _alpha_of_triples,
    "artstein_poesio.Ao": _of_pairs(stats.percent_agreement),
    "artstein_poesio.S": _of_pairs(stats.bennett_s),
    "artstein_poesio.pi": _of_pairs(stats.scott_pi),
    "artstein_poesio.kappa": _of_pairs(stats.cohen_kappa),
    "artstein_poesio.alpha_nominal": _of_pairs(stats.krippendorff_alpha),
    "cohen.2x2": _cohen,
    "cohen.2x2.b": _cohen,
    "cohen.2x2.c": _cohen,
    "fleiss.wiki": _fleiss,
    "irrcac.raw_4raters.gwet_ac1": _of_ratings(stats.gwet_ac1),
    "irrcac.raw_4raters.fleiss": _of_ratings(stats.fleiss_kappa),
    "irrcac.raw_4raters.conger": _conger,
    "irrcac.raw_4raters.brennan_prediger": _of_ratings(stats.brennan_prediger),
    "irrcac.raw_4raters.percent": _of_ratings(stats.percent_agreement),
}
