"""Names of importers, segmenters, scorers and topic engines, resolved when they are asked for.

Ours are listed here; other packages add theirs by entry points in the groups ``discourse.importers``,
``discourse.segmenters``, ``discourse.scorers`` and ``discourse.engines``.  Nothing is imported until
:func:`load` is called with its name.
"""

from __future__ import annotations

import difflib
from importlib import import_module
from importlib.metadata import entry_points
from typing import Any, Literal

from discourse.errors import ParameterError

Kind = Literal["importers", "segmenters", "scorers", "engines"]

_OURS: dict[str, dict[str, str]] = {
    "importers": {
        "mediacrawler": "discourse.corpus.importers.mediacrawler:MediaCrawler",
        "xhs-scraper": "discourse.corpus.importers.xhs_scraper:XhsScraper",
        "zeeschuimer": "discourse.corpus.importers.zeeschuimer:Zeeschuimer",
        "4cat": "discourse.corpus.importers.fourcat:FourCat",
        "spider-xhs": "discourse.corpus.importers.spider_xhs:SpiderXhs",
        "xhs-downloader": "discourse.corpus.importers.xhs_downloader:XhsDownloader",
        "weibo": "discourse.corpus.importers.weibo:Weibo",
        "discourse": "discourse.corpus.importers.own:Own",
        "generic": "discourse.corpus.importers.generic:Generic",
    },
    "segmenters": {"jieba": "discourse.text.segment:segment_zh"},
    "scorers": {
        "lexicon": "discourse.sentiment.lexicon_scorer:LexiconScorer",
        "transformers": "discourse.sentiment.instruments.local_model:TransformersScorer",
        "embeddings": "discourse.sentiment.instruments.prototypes:EmbeddingsScorer",
        "llm": "discourse.sentiment.instruments.llm:LlmScorer",
    },
    "engines": {
        "lsa": "discourse.topics.lsa:LsaEngine",
        "lda": "discourse.topics.lda:LdaEngine",
        "nmf": "discourse.topics.nmf:NmfEngine",
        "tomotopy": "discourse.topics.sampled:TomotopyEngine",
        "embeddings": "discourse.topics.embedded:EmbeddingsEngine",
    },
}


def names(kind: Kind) -> list[str]:
    """List the known plug-ins of a kind, ours first.

    Parameters
    ----------
    kind : {"importers", "segmenters", "scorers", "engines"}
        The kind of plug-in.

    Returns
    -------
    list of str
        Their names, without loading any.

    Examples
    --------
    >>> names("scorers")[0]
    'lexicon'
    """
    found = list(_OURS[kind])
    found += sorted(e.name for e in entry_points(group=f"discourse.{kind}") if e.name not in found)
    return found


def load(kind: Kind, name: str) -> Any:
    """Import one plug-in by its name.

    Parameters
    ----------
    kind : {"importers", "segmenters", "scorers", "engines"}
        The kind of plug-in.
    name : str
        Its name, as :func:`names` lists it.

    Returns
    -------
    object
        The class or function behind the name.

    Raises
    ------
    ParameterError
        If there is no plug-in of that name; the message offers the nearest one.

    Examples
    --------
    >>> load("segmenters", "jieba").__name__
    'segment_zh'
    """
    target = _OURS[kind].get(name)
    if target is not None:
        module, _, attribute = target.partition(":")
        return getattr(import_module(module), attribute)
    for entry in entry_points(group=f"discourse.{kind}"):
        if entry.name == name:
            return entry.load()
    near = difflib.get_close_matches(name, names(kind), n=1)
    raise ParameterError(
        f"no {kind[:-1]} is called {name!r}",
        expected=", ".join(names(kind)),
        hint=f"did you mean {near[0]!r}?" if near else None,
    )
