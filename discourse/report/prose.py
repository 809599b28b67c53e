"""Sentences from numbers: what each language must be able to say.

A sentence claims no more than its interval: a side is named only where the whole interval lies on it, and
groups are compared only where the comparison was made.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from discourse.report.catalogue import chapter_of
from discourse.report.numerals import Language, enumeration, percent
from discourse.report.selection import Cell, Difference
from discourse.report.subject import Subject
from discourse.report.words import inside, term, words


class Prose(ABC):
    """The sentences of a report in one language.

    Parameters
    ----------
    subject : Subject
        Labels of groups and targets.
    """

    language: Language

    def __init__(self, subject: Subject) -> None:
        self.subject = subject
        self.w = words(self.language)
        self.more = chapter_of(self.language)

    def term(self, kind: str, code: object) -> str:
        """Say a code of our tables in words."""
        return term(self.language, kind, code)

    def joined(self, items: Sequence[str]) -> str:
        """Join a list in words."""
        return enumeration(list(items), self.language)

    def who(self, name: str) -> str:
        """Write the label of a group as it stands inside a sentence."""
        return inside(self.subject.group(name), self.language)

    def groups(self, names: Sequence[str]) -> str:
        """Join the labels of groups inside a sentence."""
        return self.joined([self.who(name) for name in names])

    def level(self, level: Any) -> str:
        """Print a confidence level."""
        return percent(level)

    # page one

    @abstractmethod
    def figure_of(self, measure: str, group: str, about: str, row: Mapping[str, Any]) -> str:
        """Say one figure of one group with its interval."""

    @abstractmethod
    def difference_of(self, measure: str, groups: tuple[str, str], about: str, row: Mapping[str, Any]) -> str:
        """Say one difference of two groups with its interval."""

    @abstractmethod
    def not_measured(self, what: str, reason: str) -> str:
        """Say that and why there is no figure."""

    @abstractmethod
    def no_findings(self) -> str:
        """Say that the run holds no figure at all."""

    @abstractmethod
    def reason(self, text: str) -> str:
        """Say a reason of our tables in the language of the report."""

    @abstractmethod
    def origin(self, card: Mapping[str, Any], source: Mapping[str, Any]) -> str:
        """Say how the posts of one source were found."""

    @abstractmethod
    def period(self, first: Any, last: Any, zone: str) -> str:
        """Say when the posts were written."""

    @abstractmethod
    def size(self, posts: Any, authors: Any, threads: Any) -> str:
        """Say how many posts, authors and threads there are."""

    @abstractmethod
    def counts(self, n: Any, authors: Any, threads: Any) -> str:
        """Say in short what stands behind a figure."""

    # titles of figures and sections: short claims

    @abstractmethod
    def stance_claim(self, cells: Sequence[Cell], target: str) -> str:
        """Say which groups lean to which side."""

    @abstractmethod
    def shares_claim(self, balances: Sequence[Cell], target: str) -> str:
        """Say among whom positive mentions outnumber negative ones."""

    @abstractmethod
    def days_claim(self, peak_day: str | None, posts: Any) -> str:
        """Say on which day most posts were written."""

    @abstractmethod
    def days_stance(self, group: str, target: str, rows: pd.DataFrame) -> str:
        """Say between which values the daily mean of a group moved."""

    @abstractmethod
    def corpus_claim(self, rows: Sequence[Mapping[Any, Any]]) -> str:
        """Say in which language each group mostly writes."""

    @abstractmethod
    def differences_claim(self, differences: Sequence[Difference]) -> str:
        """Say which groups differ, and which were not compared."""

    @abstractmethod
    def language_claim(self, rows: Sequence[tuple[str, Sequence[Cell]]], target: str) -> str:
        """Say whether the groups stand alike in each language."""

    @abstractmethod
    def kinds_claim(self, rows: Sequence[tuple[str, Sequence[Cell]]], target: str) -> str:
        """Say whether the groups stand alike in each kind of mention."""

    @abstractmethod
    def targets_claim(self, rows: Sequence[tuple[str, Sequence[Cell]]]) -> str:
        """Say toward which targets groups lean to which side."""

    @abstractmethod
    def topics_claim(self, lang: str, label: str, share: Any) -> str:
        """Name the largest topic of a language."""

    @abstractmethod
    def prevalence_claim(self, lang: str, label: str, high: Mapping[Any, Any], low: Mapping[Any, Any]) -> str:
        """Name the topic in which two groups are furthest apart."""

    @abstractmethod
    def frames_claim(self, label: str, high: Mapping[Any, Any], low: Mapping[Any, Any]) -> str:
        """Name the frame in which two groups are furthest apart."""

    @abstractmethod
    def keyness_claim(
        self, lang: str, pair: tuple[str, str], first: Sequence[str], second: Sequence[str]
    ) -> str:
        """Name the words that set two groups apart."""

    # what figures show, in words, for those who do not see them

    @abstractmethod
    def alt(self, chart: str, what: str, items: Sequence[str]) -> str:
        """Describe a figure: the kind of chart, what is drawn, the values."""

    @abstractmethod
    def alt_value(self, name: str, cell: Cell | Difference) -> str:
        """Say one dot with its interval."""

    @abstractmethod
    def alt_shares(self, name: str, parts: Sequence[str]) -> str:
        """Say the parts of one bar."""

    @abstractmethod
    def alt_series(self, name: str, what: str, rows: pd.DataFrame) -> str:
        """Say where a daily series begins, peaks and ends."""

    @abstractmethod
    def alt_event(self, number: int, name: str, day: str) -> str:
        """Say one event line."""

    # captions and notes

    @abstractmethod
    def note(self, key: str, **values: Any) -> str:
        """Give a fixed note with its values."""

    @abstractmethod
    def how(self, section: str) -> str:
        """Say in two lines how the figures of a section were computed."""

    @abstractmethod
    def claims(self, flags: Mapping[str, bool]) -> list[str]:
        """List what must not be claimed."""

    @abstractmethod
    def glossary(self, keys: Sequence[str]) -> list[tuple[str, str]]:
        """List terms with their meanings."""

    @abstractmethod
    def methods(self, keys: Sequence[str], values: Mapping[str, Any]) -> list[tuple[str, str]]:
        """Write the methods section: headings and paragraphs."""

    def _methods_in_order(self, first: Mapping[str, tuple[str, str]]) -> list[tuple[str, tuple[str, str]]]:
        """Put the paragraphs of further sections before those on privacy and software."""
        closing = ("privacy", "correction", "software")
        last = {key: text for key, text in first.items() if key in closing}
        opening = {key: text for key, text in first.items() if key not in closing}
        return [*opening.items(), *self.more.methods.items(), *last.items()]

    @abstractmethod
    def meaning(self, table: str, column: str, english: str) -> str:
        """Say what a column of our tables means."""


def prose(subject: Subject) -> Prose:
    """Give the sentences in the language of the subject.

    Parameters
    ----------
    subject : Subject
        The study as the report speaks of it.

    Returns
    -------
    Prose
        English or Chinese.
    """
    from discourse.report.prose_en import English
    from discourse.report.prose_zh import Chinese

    return Chinese(subject) if subject.language == "zh" else English(subject)
