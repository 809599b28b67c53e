"""The methods say by which rules authors came into their groups."""

from __future__ import annotations

import pytest

from discourse.report.findings import Findings
from discourse.report.sections.context import context_of
from discourse.report.sections.rules_in_words import rules_in_words

RULES = [
    {"name": "hosts", "all": [{"ip": ["CN-*"]}], "not": [{"merchant": True}, {"ip": ["CN-HK", "CN-TW"]}]},
    {
        "name": "newcomers",
        "any": [
            {"ip": ["US"], "lang_share": {"en": 0.5, "zh": None}, "phrase": None},
            {"phrase": [f"phrase {i}" for i in range(10)]},
        ],
    },
    {"name": "onlookers", "all": [{"docvars": {"verified": "yes"}}]},
]


@pytest.fixture
def words(make_findings):
    def make(language, rules):
        plain = make_findings(language)
        study = plain.study | {"groups": [r | {"label": r["name"].capitalize()} for r in rules]}
        return rules_in_words(context_of(Findings(plain.tables, study, plain.provenance), language, 0, {}))

    return make


def test_every_rule_is_said_whole(words):
    hosts, newcomers, onlookers = (
        words("en", RULES).split("; Newcomers")[0],
        words("en", RULES[1:2]),
        words("en", RULES[2:]),
    )
    assert (
        hosts == "Hosts: place shown China, and not: gives contact details; nor place shown Hong Kong, Taiwan"
    )
    assert (
        "place shown United States with at least 50% of the posts in English; or says “phrase 0”" in newcomers
    )
    assert newcomers.endswith("“phrase 7” and 2 more")
    assert onlookers == "Onlookers: verified = yes"


def test_it_is_said_in_chinese(words):
    assert (
        words("zh", RULES[:1])
        == "Hosts：显示的属地为中国，且不得：留有联系方式，亦不得显示的属地为香港、台湾"
    )


def test_a_study_without_groups_says_nothing(words):
    assert words("en", []) == ""
