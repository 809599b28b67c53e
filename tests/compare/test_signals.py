from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from discourse.compare import signals
from discourse.compare.rules import Condition, parse_rules
from discourse.compare.signals import author_signals, describe_signals, holds


def signals_of(condition: dict, **columns: list) -> pd.DataFrame:
    frame = pd.DataFrame({"author": ["a"] * len(next(iter(columns.values()))), **columns})
    return author_signals(frame, parse_rules([{"name": "g", "all": [condition]}]))


def test_the_place_is_the_most_frequent_known_one():
    found = signals_of({"ip": "US"}, ip_location=["US", "CN-GD", None, "CN-GD"])
    assert found.loc["a", "place"] == "CN-GD"


def test_of_two_places_as_frequent_the_first_in_the_alphabet_is_taken_whatever_the_order():
    one = signals_of({"ip": "US"}, ip_location=["US", "CN-GD"])
    other = signals_of({"ip": "US"}, ip_location=["CN-GD", "US"])
    assert one.loc["a", "place"] == other.loc["a", "place"] == "CN-GD"


def test_a_mixed_post_counts_half_for_each_language_and_wordless_posts_do_not_count():
    found = signals_of({"lang_share": {"en": 0.5}}, lang=["mixed", "en", "zh-Hant", "none", None])
    assert found.loc["a", "share_en"] == pytest.approx(0.5)
    assert found.loc["a", "share_zh"] == pytest.approx(0.5)
    assert found.loc["a", "share_mixed"] == pytest.approx(1 / 3)


def test_an_author_whose_posts_have_no_language_matches_no_share():
    found = signals_of({"lang_share": {"en": 0.5}}, lang=["none"])
    assert not holds(Condition(lang_share=(("en", 0.5),)), found).any()


@pytest.mark.parametrize(
    ("pattern", "place", "expected"),
    [
        ("US", "US", True),
        ("US", "UM", False),
        ("CN-*", "CN-GD", True),
        ("CN-*", "CN", False),
        ("CN*", "CN", True),
        ("*", None, False),
        ("C?", "CA", True),
        ("C.", "CA", False),
    ],
)
def test_place_patterns(pattern, place, expected):
    assert holds(Condition(ip=(pattern,)), pd.DataFrame({"place": [place]})).tolist() == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Hi, I'm a TikTok refugee!", True),
        ("hi i’m a tiktok REFUGEE", True),
        ("I'm a TikTok refugeeish person", False),
        ("我是TikTok難民，你好", True),
        ("我不是难民", False),
        ("", False),
        (None, False),
    ],
)
def test_phrases_are_found_literally_in_any_case_and_script(text, expected):
    found = signals_of({"phrase": ["I'm a TikTok refugee", "我是TikTok难民"]}, text=[text])
    assert found.filter(like="phrase:").any(axis=None) == expected


def test_a_phrase_is_no_pattern():
    found = signals_of({"phrase": ["a.c (x)"]}, text=["abc x", "say a.c (x) now"])
    assert found["phrase:a.c (x)"].tolist() == [True]
    assert not signals_of({"phrase": ["a.c"]}, text=["abc"])["phrase:a.c"].any()


def test_a_phrase_counts_in_a_title_too():
    assert signals_of({"phrase": ["难民"]}, text=["hi"], title=["TikTok难民"])["phrase:难民"].all()


@pytest.mark.parametrize(
    "columns",
    [
        {"flags": [["masked_wechat"]]},
        {"flags": [["masked:phone"]]},
        {"text": ["加我 [wechat]"]},
        {"docvars": ['{"merchant": true}']},
        {"merchant": [True]},
    ],
)
def test_masked_contact_details_make_a_merchant(columns):
    assert signals_of({"merchant": True}, **columns)["merchant"].tolist() == [True]


def test_a_link_or_a_handle_makes_no_merchant():
    found = signals_of({"merchant": True}, text=["[url] @user"], flags=[["masked_url", "masked_mention"]])
    assert found["merchant"].tolist() == [False]


def test_docvars_are_read_from_columns_and_from_their_json():
    condition = {"docvars": {"wave": [2]}}
    assert signals_of(condition, wave=[2])["docvars:wave:2"].all()
    assert signals_of(condition, docvars=['{"wave": 2}'])["docvars:wave:2"].all()
    assert not signals_of(condition, docvars=[None])["docvars:wave:2"].any()


def test_posts_without_an_author_are_passed_over():
    posts = pd.DataFrame({"author": [None, "a"], "ip_location": ["US", "CN-GD"]})
    rules = parse_rules([{"name": "g", "all": [{"ip": "US"}]}])
    assert author_signals(posts, rules).index.tolist() == ["a"]


def test_the_line_of_signals_names_only_what_rules_read():
    posts = pd.DataFrame(
        {"author": ["a", "b"], "ip_location": ["US", None], "lang": ["en", "none"], "text": ["cat tax", "x"]}
    )
    rules = parse_rules(
        [{"name": "n", "any": [{"ip": "US", "lang_share": {"en": 0.5}}, {"phrase": ["cat tax"]}]}]
    )
    assert describe_signals(author_signals(posts, rules), rules).tolist() == [
        "ip=US, lang=en, phrase=n",
        "ip=?, lang=?",
    ]


def test_a_phrase_that_bars_from_a_group_is_not_named_after_it():
    posts = pd.DataFrame({"author": ["a", "b"], "text": ["cat tax", "visiting"]})
    rules = parse_rules(
        [
            {"name": "n", "any": [{"phrase": ["cat tax"]}]},
            {"name": "h", "not": [{"phrase": ["cat tax"]}, {"phrase": ["visiting"]}]},
        ]
    )
    assert describe_signals(author_signals(posts, rules), rules).tolist() == ["phrase=n", "phrase=not h"]


def test_signals_are_the_same_however_many_authors_and_posts_are_looked_at_at_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    rng = np.random.default_rng(5)
    draw = {
        "author": [*(f"a{n}" for n in range(9)), None],
        "ip_location": ["US", "CN-GD", "CN-BJ", None],
        "lang": ["zh-Hans", "en", "mixed", "other", "none", None],
    }
    posts = pd.DataFrame({name: rng.choice(np.array(v, dtype=object), 200) for name, v in draw.items()})
    rules = parse_rules([{"name": "g", "all": [{"ip": "US", "lang_share": {"en": 0.5}}]}])
    whole = author_signals(posts, rules)
    monkeypatch.setattr(signals, "_AT_ONCE", 2)
    monkeypatch.setattr(signals, "_WIDE", 7)
    pd.testing.assert_frame_equal(author_signals(posts, rules), whole)
    known = posts.dropna(subset=["author", "ip_location"])
    most = known.groupby("author")["ip_location"].agg(lambda places: places.mode().min())
    assert whole["place"].dropna().to_dict() == most.to_dict()
