"""What every section needs: the findings, what they are about, and the sentences of the language."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from discourse.report.document import Cell as Swatched
from discourse.report.figures.style import hue
from discourse.report.findings import Findings
from discourse.report.guard import minimum_cell
from discourse.report.layout import WHOLE
from discourse.report.numerals import UNKNOWN, Language, count, fewer_than, is_unknown
from discourse.report.prose import Prose, prose
from discourse.report.selection import main_target
from discourse.report.subject import Subject, subject_of, worded
from discourse.report.widths import shortened


@dataclass(frozen=True, eq=False)
class Context:
    """Findings in one language; one is like no other, so that what was made for it can be kept by it."""

    findings: Findings
    subject: Subject
    say: Prose
    least: int
    target: str | None
    hidden: int
    missing: dict[str, int]
    parts: tuple[str, ...] = WHOLE

    @property
    def language(self) -> Language:
        """The language of the report."""
        return self.subject.language

    def word(self, key: str) -> str:
        """Give a fixed word."""
        return self.say.w[key]

    def swatch(self, group: str) -> Swatched:
        """Give a cell with the label and the hue of a group."""
        return Swatched(self.subject.group(group), hue(self.subject, group))

    def people(self, value: Any) -> str:
        """Print a count of authors; a hidden one as "<10"."""
        return fewer_than(self.least) if is_unknown(value) else count(value)

    @property
    def zone(self) -> str:
        """The zone in which days are counted."""
        return str(self.subject["timezone"] or "UTC")

    @property
    def level(self) -> str:
        """The confidence level of the intervals."""
        levels = self.findings.table("group_sentiment")["level"].dropna()
        return self.say.level(levels.iloc[0] if len(levels) else 0.95)

    @property
    def small_note(self) -> str:
        """The note under tables with hidden cells."""
        return self.say.note("small", least=self.least)

    def question_text(self, row: dict[Any, Any]) -> str:
        """Give the wording of a question in the language of the report, where the study has one."""
        return shortened(self._wording("questions", "id", row["id"], "text") or str(row["text"]), 240)

    def event_name(self, name: str) -> str:
        """Give the name of an event in the language of the report, where the study has one."""
        for event in self.subject["events"] or []:
            known = event.get("name")
            if isinstance(known, dict) and name in known.values():
                name = worded(known, self.language)
        return shortened(name, 60)

    def _wording(self, key: str, match: str, value: Any, field: str) -> str:
        for entry in self.subject[key] or []:
            if entry.get(match) == value and isinstance(entry.get(field), dict):
                return worded(entry[field], self.language)
        return ""


def context_of(
    findings: Findings,
    language: Language,
    hidden: int,
    missing: dict[str, int],
    parts: Sequence[str] = WHOLE,
) -> Context:
    """Prepare findings for the sections.

    Parameters
    ----------
    findings : Findings
        Guarded and printable.
    language : {"en", "zh"}
        The language of the report.
    hidden : int
        Rows whose figures the guard hid.
    missing : dict of str to int
        Characters that cannot be printed, with their counts.
    parts : sequence of str
        The parts of the report, so that none says again what another has said.

    Returns
    -------
    Context
    """
    subject = subject_of(findings, language)
    return Context(
        findings,
        subject,
        prose(subject),
        minimum_cell(findings),
        main_target(findings, subject),
        hidden,
        missing,
        tuple(parts),
    )


def capital(text: str) -> str:
    """Begin a label with a capital letter, where the script has them.

    Examples
    --------
    >>> capital("the feed"), capital("小红书")
    ('The feed', '小红书')
    """
    return text[:1].upper() + text[1:]


def unknown(text: str) -> str:
    """Print a dash for an empty text."""
    return text or UNKNOWN
