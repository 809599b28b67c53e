from __future__ import annotations

import pytest

from discourse.compare.rules import Condition, GroupRule, parse_rules
from discourse.errors import StudyError

STUDY = [
    {
        "name": "newcomers",
        "label": {"en": "Newcomers", "zh": "新来者"},
        "any": [
            {"ip": ["US", "GB"], "lang_share": {"en": 0.5}},
            {"phrase": ["I'm a TikTok refugee", "我是TikTok难民"]},
        ],
    },
    {"name": "hosts", "all": [{"ip": ["CN-*"]}], "not": [{"merchant": True}]},
    {"name": "onlookers", "all": [{"docvars": {"platform": "reddit"}}]},
]


def test_reads_the_rules_of_a_study_in_their_order():
    newcomers, hosts, onlookers = parse_rules(STUDY)
    assert newcomers.label["zh"] == "新来者"
    assert newcomers.any[0] == Condition(ip=("US", "GB"), lang_share=(("en", 0.5),))
    assert hosts.none == (Condition(merchant=True),)
    assert onlookers.all[0].docvars == (("platform", ("reddit",)),)
    assert newcomers.signals == {"ip", "lang_share", "phrase"}


def test_ready_rules_pass_through():
    rule = GroupRule("hosts", all=(Condition(ip=("CN-*",)),))
    assert parse_rules([rule]) == [rule]


def test_keys_without_a_value_count_as_not_given():
    rule = parse_rules([{"name": "g", "label": None, "any": [], "all": [{"ip": "US", "phrase": None}]}])[0]
    assert rule.signals == {"ip"}


@pytest.mark.parametrize(
    ("group", "message"),
    [
        ({"name": "g", "al": [{"ip": "US"}]}, "did you mean 'al[ln]"),
        ({"name": "g", "all": [{"phrases": ["x"]}]}, "did you mean 'phrase'"),
        ({"name": "g", "all": [{"lang_share": {"eng": 0.5}}]}, "did you mean 'en'"),
        ({"name": "g", "all": [{"kind": "coment"}]}, "did you mean 'comment'"),
        ({"name": "g", "all": [{"ip": ["美国"]}]}, "is no place code"),
        ({"name": "g", "all": [{"lang_share": {"en": 50}}]}, "a share above 0"),
        ({"name": "g", "all": [{"merchant": "yes"}]}, "true or false"),
        ({"name": "g", "all": [{"phrase": [""]}]}, "none of them empty"),
        ({"name": "g", "all": [{}]}, "at least one key"),
        ({"name": "g", "all": "US"}, "a list of tables"),
        ({"name": "g"}, "has no condition"),
        ({"all": [{"ip": "US"}]}, "has no name"),
        ({"name": "unassigned", "all": [{"ip": "US"}]}, "is reserved"),
    ],
)
def test_a_rule_that_cannot_be_understood_says_where_and_what_instead(group, message):
    with pytest.raises(StudyError, match=message) as caught:
        parse_rules([group], where="mine.toml")
    assert "mine.toml, groups[0]" in str(caught.value)
    assert caught.value.exit_code == 2


def test_two_groups_of_one_name_are_refused():
    with pytest.raises(StudyError, match="two groups are called 'g'"):
        parse_rules([{"name": "g", "all": [{"ip": "US"}]}] * 2)
