"""What the report speaks of: groups and targets with their labels, and where the posts come from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from discourse.report.findings import Findings
from discourse.report.numerals import Language
from discourse.report.widths import shortened

# labels of the targets and groups that ship with discourse, used where the study gives none
_SHIPPED: dict[str, dict[str, str]] = {
    "refugees": {"en": "the TikTok refugees", "zh": "TikTok难民"},
    "hosts": {"en": "the hosts", "zh": "原住民"},
    "xiaohongshu": {"en": "Xiaohongshu (RedNote)", "zh": "小红书"},
    "tiktok-ban": {"en": "the TikTok ban", "zh": "TikTok禁令"},
    "feed": {"en": "the feed", "zh": "推荐页"},
}
_SHIPPED_GROUPS: dict[str, dict[str, str]] = {
    "hosts": {"en": "Hosts", "zh": "原住民"},
    "newcomers": {"en": "Newcomers", "zh": "新来者"},
    "onlookers": {"en": "Onlookers", "zh": "旁观者"},
    "unassigned": {"en": "Unassigned", "zh": "未归组"},
    "all": {"en": "All", "zh": "全部"},
    "everybody": {"en": "All authors", "zh": "全部作者"},  # where the study names no groups
}
_SHIPPED_FRAMES: dict[str, dict[str, str]] = {
    "protest": {"en": "Protest against the ban", "zh": "抗议禁令"},
    "atmosphere": {"en": "The atmosphere", "zh": "氛围"},
    "easy-registration": {"en": "Easy to sign up", "zh": "注册方便"},
    "following-friends": {"en": "Friends came", "zh": "随友而来"},
    "displacement": {"en": "My page is gone", "zh": "首页被占"},
    "cultural-exchange": {"en": "Cultural exchange", "zh": "文化交流"},
}
UNASSIGNED = "unassigned"


def frame_words(name: str, label: Any = None) -> dict[str, str]:
    """Call a frame in both languages: by its label in the study, else as the shipped frame is called.

    Examples
    --------
    >>> frame_words("protest")["zh"], frame_words("dull", "Dull posts")["zh"]
    ('抗议禁令', 'Dull posts')
    """
    if isinstance(label, Mapping):
        return {str(language): str(text) for language, text in label.items()}
    return {"en": label, "zh": label} if label else _SHIPPED_FRAMES.get(name, {"en": name, "zh": name})


def target_words(name: str, language: Language) -> str:
    """Call a shipped target in a language; nothing for one of the study's own.

    Examples
    --------
    >>> target_words("refugees", "en"), target_words("mine", "en")
    ('the TikTok refugees', '')
    """
    return worded(_SHIPPED.get(name), language)


# in letters; longer ones are cut with a mark, for a page has an edge
_LONGEST_TEXT = 240
_LONGEST_GROUP = 40
_LONGEST_TARGET = 60


@dataclass(frozen=True)
class Subject:
    """The study as the report speaks of it, in one language.

    Parameters
    ----------
    findings : Findings
        The findings of the run, with the effective study.
    language : {"en", "zh"}
        The language of the report.
    groups : tuple of str
        Names of the groups, in the order of the study.
    targets : tuple of str
        Names of the targets, in the order of the study.
    """

    findings: Findings
    language: Language
    groups: tuple[str, ...]
    targets: tuple[str, ...]

    def __getitem__(self, key: str) -> Any:
        return self.findings.setting(key)

    def text(self, key: str) -> str:
        """Read a text of the study in the language of the report."""
        return shortened(worded(self[key], self.language), _LONGEST_TEXT)

    def group(self, name: str) -> str:
        """Give the label of a group."""
        return shortened(
            _label(self.findings, "groups", name, self.language, _SHIPPED_GROUPS), _LONGEST_GROUP
        )

    def frame(self, name: Any) -> str:
        """Give the label of a frame."""
        return _label(self.findings, "codes", str(name), self.language, _SHIPPED_FRAMES)

    def target(self, name: Any) -> str:
        """Give the label of a target."""
        return shortened(
            _label(self.findings, "targets", str(name), self.language, _SHIPPED), _LONGEST_TARGET
        )

    @property
    def sources(self) -> list[Mapping[str, Any]]:
        """The sources, each with its card of collection."""
        return [s for s in self["sources"] or [] if isinstance(s, Mapping)]

    @property
    def synthetic(self) -> bool:
        """True if the posts were made by a program."""
        return bool(self["synthetic"])

    @property
    def quotes(self) -> str:
        """The policy for quotes; ``none`` where the study has no word on it."""
        policy = self["quotes"]
        return str(policy.get("policy", "none")) if isinstance(policy, Mapping) else "none"


def subject_of(findings: Findings, language: Language) -> Subject:
    """Read groups and targets from the study, and from the tables what the study does not name.

    Parameters
    ----------
    findings : Findings
        The findings of a run.
    language : {"en", "zh"}
        The language of the report.

    Returns
    -------
    Subject
        The study as the report speaks of it.
    """
    groups = _named(findings, "groups")
    groups += _met(findings, ("corpus_description", "group_sentiment", "topic_prevalence"), "group", groups)
    targets = _named(findings, "targets")
    targets += _met(findings, ("group_sentiment",), "target", targets)
    groups = [g for g in groups if g not in ("all", UNASSIGNED)] + [g for g in groups if g == UNASSIGNED]
    return Subject(findings, language, tuple(groups), tuple(targets))


def worded(value: Any, language: Language) -> str:
    """Choose the wording of a language: of a text, or of a dict with ``en`` and ``zh``.

    Examples
    --------
    >>> worded({"en": "Hosts", "zh": "主人"}, "zh"), worded("Hosts", "zh"), worded(None, "en")
    ('主人', 'Hosts', '')
    """
    if isinstance(value, Mapping):
        other = "en" if language == "zh" else "zh"
        return str(value.get(language) or value.get(other) or "")
    return "" if value is None else str(value)


def _entries(findings: Findings, key: str) -> list[tuple[str, Mapping[str, Any]]]:
    """List named entries, given as a list of tables or as a dict by name."""
    value = findings.setting(key) or []
    if isinstance(value, Mapping):
        return [(str(k), v if isinstance(v, Mapping) else {"label": v}) for k, v in value.items()]
    pairs = []
    for entry in value:
        entry = entry if isinstance(entry, Mapping) else {"name": entry}
        pairs.append((str(entry.get("name") or entry.get("use") or entry.get("file") or ""), entry))
    return pairs


def _named(findings: Findings, key: str) -> list[str]:
    return [name for name, _ in _entries(findings, key) if name]


def _met(findings: Findings, tables: tuple[str, ...], column: str, known: list[str]) -> list[str]:
    """List further names met in the tables, in order of appearance."""
    seen: dict[str, None] = {}
    for name in tables:
        for value in findings.table(name)[column].dropna():
            seen.setdefault(str(value))
    return [value for value in seen if value not in known]


def _label(
    findings: Findings, key: str, name: str, language: Language, shipped: Mapping[str, Mapping[str, str]]
) -> str:
    for known, entry in _entries(findings, key):
        if known == name and entry.get("label"):
            return worded(entry["label"], language)
    return worded(shipped.get(name, name), language)
