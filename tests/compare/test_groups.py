from __future__ import annotations

import pandas as pd
import pytest

from discourse.compare.groups import assign_groups, group_signals, post_groups, rule_warnings
from discourse.errors import InputError, ParameterError

RULES = [
    {
        "name": "newcomers",
        "any": [{"ip": ["US", "GB"], "lang_share": {"en": 0.5}}, {"phrase": ["I'm a TikTok refugee"]}],
    },
    {"name": "hosts", "all": [{"ip": ["CN-*"]}], "not": [{"merchant": True}]},
    {"name": "onlookers", "all": [{"docvars": {"platform": "reddit"}}]},
]
POSTS = pd.DataFrame(
    [
        ("ann", "US", "en", "hello", [], None),
        ("bo", "CN-GD", "zh-Hans", "你好", [], None),
        ("bo", "CN-GD", "en", "hello", [], None),
        ("cai", "CN-BJ", "zh-Hans", "加我 [wechat]", ["masked_wechat"], None),
        ("dai", "US", "zh-Hans", "在美国", [], None),
        ("eve", "CN-SH", "en", "I'm a TikTok refugee", [], None),
        ("fay", None, "en", "hm", [], '{"platform": "reddit"}'),
        (None, "US", "en", "who", [], None),
    ],
    columns=["author", "ip_location", "lang", "text", "flags", "docvars"],
)


def groups_of(posts=POSTS, overrides=None):
    return assign_groups(posts, RULES, overrides).set_index("author")["group"].to_dict()


def test_assigns_each_author_by_the_first_rule_that_matches():
    assert groups_of() == {
        "ann": "newcomers",
        "bo": "hosts",
        "cai": "unassigned",
        "dai": "unassigned",
        "eve": "newcomers",
        "fay": "onlookers",
    }


def test_the_order_of_the_rules_decides():
    swapped = assign_groups(POSTS, RULES[::-1]).set_index("author")["group"]
    assert swapped["eve"] == "hosts"


def test_the_order_of_the_posts_changes_nothing():
    pd.testing.assert_frame_equal(
        assign_groups(POSTS, RULES), assign_groups(POSTS.sample(frac=1, random_state=3), RULES)
    )


def test_no_post_gives_no_author():
    found = assign_groups(POSTS.iloc[:0], RULES)
    assert found.columns.tolist() == ["author", "group", "signals"]
    assert found.empty


def test_posts_get_the_group_of_their_author_and_nameless_ones_none():
    groups = post_groups(POSTS, assign_groups(POSTS, RULES))
    assert groups.tolist()[0] == "newcomers"
    assert groups.tolist()[-1] == "unassigned"
    assert groups.index.equals(POSTS.index)


def test_a_sheet_of_overrides_has_the_last_word(tmp_path):
    sheet = tmp_path / "人工.csv"
    sheet.write_text("author,group\ndai,newcomers\nabsent,hosts\n", encoding="utf-8-sig")
    found = assign_groups(POSTS, RULES, sheet).set_index("author")
    assert found.loc["dai", "group"] == "newcomers"
    assert found.loc["dai", "signals"].endswith("override")
    assert "absent" not in found.index


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("author,gruop\na,hosts\n", "lacks the column 'group'"),
        ("author,group\nann,host\n", "did you mean 'hosts'"),
        ("author,group\nann,hosts\nann,newcomers\n", "put into two groups"),
    ],
)
def test_a_bad_sheet_says_where(tmp_path, content, message):
    sheet = tmp_path / "sheet.csv"
    sheet.write_text(content, encoding="utf-8")
    with pytest.raises(InputError, match=message) as caught:
        assign_groups(POSTS, RULES, sheet)
    assert "sheet.csv, line" in str(caught.value)


def test_a_missing_sheet_is_an_input_error(tmp_path):
    with pytest.raises(InputError, match="cannot be read"):
        assign_groups(POSTS, RULES, tmp_path / "none.csv")


def test_posts_without_an_author_column_are_refused():
    with pytest.raises(ParameterError, match="'author'"):
        assign_groups(pd.DataFrame({"text": ["x"]}), RULES)


def test_the_cross_tabulation_hides_small_cells_and_one_more():
    authors = pd.DataFrame(
        {
            "group": ["hosts"] * 40 + ["newcomers"] * 30,
            "signals": ["x"] * 25 + ["y"] * 12 + ["z"] * 3 + ["x"] * 30,
        }
    )
    table = group_signals(authors, min_cell=10).set_index(["group", "signals"])["n_authors"]
    assert table["hosts", "x"] == 25
    assert table["newcomers", "x"] == 30
    assert pd.isna(table["hosts", "z"])
    assert pd.isna(table["hosts", "y"])


def test_the_cross_tabulation_of_nobody_is_empty():
    assert group_signals(assign_groups(POSTS.iloc[:0], RULES)).empty


def test_warns_of_groups_found_by_their_words():
    warnings = rule_warnings(RULES)
    assert len(warnings) == 1
    assert "newcomers" in warnings[0]
    assert rule_warnings(RULES[1:]) == []


def test_warns_of_values_that_no_post_has():
    rules = [{"name": "onlookers", "all": [{"docvars": {"platfrom": "reddit"}}]}]
    assert rule_warnings(rules, POSTS) == [
        "A group rule asks for docvars 'platfrom = reddit', which no author has."
    ]
