"""Words that distinguish groups and words that go together."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from functools import partial
from itertools import pairwise
from typing import Any

import numpy as np

from discourse import stats
from discourse.testing.reference import Adapter, Entry, NotCovered

Row = tuple[int, int, int, int]


def _of_table(compute: Callable[[Row], Any]) -> Adapter:
    """A word against all others: [[in focus, others in focus], [in reference, others in reference]]."""

    def run(entry: Entry) -> Any:
        (a, c), (b, d) = entry.input
        return compute((a, b, a + c, b + d))

    return run


TESTS: dict[str, Callable[[Row], Any]] = {
    "chi2_yates": lambda row: stats.chi2(*row, yates=True).statistic,
    "chi2_none": lambda row: stats.chi2(*row).statistic,
    "g2_none": lambda row: stats.g2(*row).statistic,
    "g2_williams": lambda row: stats.g2(*row, williams=True).statistic,
    "williams_q": lambda row: stats.williams_q(*row),
    "p_chi2_yates": lambda row: stats.chi2(*row, yates=True).p,
    "p_g2_williams": lambda row: stats.g2(*row, williams=True).p,
    "fisher_p": lambda row: stats.fisher(*row).p,
    "fisher_conditional_OR": lambda row: stats.fisher(*row).odds_ratio,
}


def _order(test: Callable[..., Any]) -> Adapter:
    """Words from the most typical of a text to the least; the first of equals is the one that came first."""

    def run(entry: Entry) -> dict[str, list[str]]:
        texts = {name: text.split() for name, text in entry.input.items()}
        types = list(dict.fromkeys(word for words in texts.values() for word in words))
        return {key: _ranked(key.removeprefix("target "), texts, types, test) for key in entry.expected}

    return run


def _ranked(
    target: str, texts: dict[str, list[str]], types: list[str], test: Callable[..., Any]
) -> list[str]:
    if target not in texts:
        raise NotCovered(f"there is no text {target!r}")
    focus = Counter(texts[target])
    reference = Counter(word for name, words in texts.items() if name != target for word in words)
    table = np.array([[focus[word], reference[word]] for word in types])
    sizes = table.sum(axis=0)
    values = test(table[:, 0], table[:, 1], sizes[0], sizes[1], signed=True).statistic
    return [types[place] for place in np.argsort(-values.round(10), kind="stable")]


KEYNESS: dict[str, Callable[..., Any]] = {
    "LL_two_cell": lambda *row: stats.g2(*row, cells_used=2).statistic,
    "G2_four_cell": lambda *row: stats.g2(*row).statistic,
    "log_ratio": stats.log_ratio,
    "pct_diff": stats.percent_difference,
    "RR": stats.frequency_ratio,
    "OR": stats.odds_ratio,
    "BIC": stats.bayesian_information,
    "ELL": stats.likelihood_effect,
}


def _keyness(entry: Entry) -> dict[str, Any]:
    return {key: _named(KEYNESS, key)(*entry.input) for key in entry.expected}


def _named(table: dict[str, Callable[..., Any]], key: str) -> Callable[..., Any]:
    if key not in table:
        raise NotCovered(f"no function is named for {key!r}")
    return table[key]


def _of_cells(entry: Entry) -> Any:
    n11, n12, n21, n22 = entry.input
    return stats.g2(n11, n21, n11 + n12, n21 + n22).statistic


def _of_margins(test: Callable[..., Any]) -> Adapter:
    return lambda entry: test(*stats.from_margins(*entry.input)).statistic


def _of_pair(measure: Callable[..., Any]) -> Adapter:
    return lambda entry: measure(*entry.input)


def _log_dice(entry: Entry) -> Any:
    return stats.log_dice(*entry.input[:3])


def _lambda(entry: Entry, least: int = 2) -> dict[str, list[float]]:
    """Pairs of lower-case words that occur twice, none across punctuation (quanteda's pads)."""
    stretches = [
        re.findall(r"\w+", stretch.lower()) for text in entry.input for stretch in re.split(r"[^\w\s]", text)
    ]
    pairs = Counter(pair for words in stretches for pair in pairwise(words))
    first, second = (
        Counter(word for pair in pairs.elements() for word in pair[side : side + 1]) for side in (0, 1)
    )
    often = sorted(pair for pair, n in pairs.items() if n >= least)
    n12 = [pairs[pair] for pair in often]
    found = stats.collocation_lambda(
        n12, [first[a] for a, _ in often], [second[b] for _, b in often], pairs.total()
    )
    rows = zip(often, n12, found.estimate.tolist(), found.z.tolist(), strict=True)
    return {" ".join(pair): [n, estimate, z] for pair, n, estimate, z in rows}


def _log_odds(part: str, terms: int = 4) -> Adapter:
    def run(entry: Entry) -> Any:
        given = entry.input
        return getattr(stats.log_odds(given["y_i"], given["y_j"], prior=given["alpha"], terms=terms), part)

    return run


def _fighting_words(entry: Entry) -> dict[str, float]:
    focus, reference = (Counter(entry.input[name].split()) for name in ("a", "b"))
    types = sorted(focus | reference)
    counts = [[group[word] for word in types] for group in (focus, reference)]
    z = stats.log_odds(*counts, prior=entry.input["alpha"], terms=2).z
    return {word: float(z[types.index(word)]) for word in entry.expected}


def _informative(entry: Entry) -> dict[str, Any]:
    weight = re.fullmatch(r"pooled proportions x a0=([\d.]+)", entry.input["prior"])
    if weight is None:
        raise NotCovered(f"no such prior: {entry.input['prior']}")
    y1, y2 = entry.input["y1"], entry.input["y2"]
    prior = stats.informative_prior(y1, y2, float(weight[1]))
    parts = {
        "delta": lambda: stats.log_odds(y1, y2, prior=prior).delta,
        "z_2term": lambda: stats.log_odds(y1, y2, prior=prior, terms=2).z,
        "z_4term": lambda: stats.log_odds(y1, y2, prior=prior).z,
    }
    return {key: _named(parts, key)() for key in entry.expected}


ADAPTERS: dict[str, Adapter] = {
    **{f"quanteda.keyness.b.{name}": _of_table(test) for name, test in TESTS.items()},
    **{
        f"quanteda.keyness.3docs.b.{name}": _of_table(TESTS[name])
        for name in ("chi2_yates", "chi2_none", "g2_none", "g2_williams")
    },
    "quanteda.keyness.order.chi2": _order(partial(stats.chi2, yates="quanteda")),
    "quanteda.keyness.order.lr_none": _order(stats.g2),
    "ll.rayson.52.57": _keyness,
    "ll.rayson.100.50": _keyness,
    "ll.rayson.20.0": _keyness,
    "ll.effect.52.57": _keyness,
    "g2.dunning.swiss": _of_cells,
    "g2.dunning.can_be": _of_cells,
    "ms.t.new_companies": _of_pair(stats.t_score),
    "ms.t.ayatollah": _of_pair(stats.t_score),
    "ms.chi2.new_companies": _of_margins(stats.chi2),
    "ms.chi2.cow_vache": _of_margins(stats.chi2),
    "ms.llr.most_powerful": _of_margins(stats.g2),
    "ms.pmi.ayatollah": _of_pair(stats.pmi),
    "ms.pmi.over_many": _of_pair(stats.pmi),
    "npmi.ayatollah": _of_pair(stats.npmi),
    "logdice.ayatollah": _log_dice,
    "quanteda.collocations.lambda": _lambda,
    "logodds.delta.alpha.01": _log_odds("delta"),
    "logodds.z.2term": _log_odds("z", 2),
    "logodds.z.4term": _log_odds("z"),
    "logodds.fightingwords.issue3": _fighting_words,
    "logodds.informative": _informative,
}
