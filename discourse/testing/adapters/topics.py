"""Coherence of topics."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from discourse import stats
from discourse.testing.published_texts import DEERWESTER
from discourse.testing.reference import Adapter, Entry, NotCovered


def _coherence(measure: str) -> Adapter:
    """Mean coherence of each set of topics over the nine titles that gensim tests with."""

    def run(entry: Entry) -> dict[str, float]:
        from discourse.topics.coherence import topic_coherence

        texts = [title.split() for title in DEERWESTER]
        return {
            name: float(topic_coherence(topics, texts, measure=measure).mean())
            for name, topics in entry.input.items()
        }

    return run


def _direct(entry: Entry) -> dict[str, Any]:
    """Two words by the documents that hold them."""
    one, other = (set(documents) for documents in entry.input["postings"].values())
    n12, n1, n2, n = len(one & other), len(one), len(other), entry.input["num_docs"]
    measures: dict[str, Callable[[], Any]] = {
        "log_conditional_probability": lambda: stats.log_conditional_probability(n12, n2, n),
        "log_ratio(PMI)": lambda: stats.log_ratio_measure(n12, n1, n2, n),
        "NPMI": lambda: stats.log_ratio_measure(n12, n1, n2, n, normalized=True),
    }
    if not measures.keys() >= entry.expected.keys():
        raise NotCovered("only three direct measures are named here")
    return {key: measures[key]() for key in entry.expected}


ADAPTERS: dict[str, Adapter] = {
    **{
        f"gensim.coherence.{measure}": _coherence(measure) for measure in ("u_mass", "c_v", "c_uci", "c_npmi")
    },
    "gensim.direct.lcp": _direct,
}
