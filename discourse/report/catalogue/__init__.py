"""The fixed texts of the sections, one file a section, in English and in Chinese.

A section that is added brings a module here with ``EN`` and ``ZH``, each a
:class:`~discourse.report.catalogue.chapter.Chapter` with the same keys, and its name in :data:`SECTIONS`.
What the first sections say stands in ``words_*.py``, ``texts_*.py`` and ``dictionary_zh.py``; both are one
catalogue to a reader.

A paragraph of the methods section is printed where the table named in :data:`METHOD_TABLES` has rows.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import Final

from discourse.report.catalogue.chapter import Chapter, merged
from discourse.report.numerals import Language

#: Modules of this package, in the order of the report.
SECTIONS: Final[tuple[str, ...]] = (
    "story",
    "captions",
    "validation",
    "trained",
    "code_versions",
    "topic_versions",
    "without_one",
    "coefficients",
    "split_versions",
    "group_rules",
    "frames",
    "plan",
    "time",
    "topics",
    "topic_stance",
    "topic_covariates",
    "families",
    "robustness",
    "not_claimed",
    "nearby",
    "replies",
    "likes",
    "concordance",
)

#: Key of a paragraph of the methods section, and the table that calls for it.
METHOD_TABLES: Final[dict[str, str]] = {
    "trained": "trained_models",
    "correction_by_codes": "validation",
    "groups_corrected": "group_shares",
    "coefficients": "coefficients",
    "plan": "planned",
    "phases": "phases",
    "topic_uncertainty": "topic_prevalence",
    "topic_stance": "topic_stance",
    "topic_covariates": "topic_covariates",
    "robustness": "robustness",
    "frames": "frames",
    "emotions": "emotions",
    "families": "families",
    "nearby": "collocates",
    "replies": "reply_mixing",
    "likes": "engagement",
    "places": "areas",
}


@cache
def chapter_of(language: Language) -> Chapter:
    """Gather the fixed texts of all sections in one language.

    Parameters
    ----------
    language : {"en", "zh"}
        The language of the report.

    Returns
    -------
    Chapter

    Examples
    --------
    >>> sorted(chapter_of("en").words) == sorted(chapter_of("zh").words)
    True
    """
    modules = [import_module(f"{__name__}.{name}") for name in SECTIONS]
    return merged([module.ZH if language == "zh" else module.EN for module in modules])
