"""The limits are written from the card and from what ran, in both languages."""

from __future__ import annotations

import re

import pytest

from discourse.study.limits import _OF_ONE, _TEXTS, _write, write_limits
from discourse.study.load import check_study

BASE = {"version": 1, "study": {"title": "T", "question": "Q?"}, "sources": [{"path": "posts.csv"}]}


def limits(language="en", counts=None, **change):
    study = check_study(BASE | change)
    table = write_limits(study, instrument="lexicon 1 abc", counts=counts or {})
    return "\n".join(table.loc[table["lang"] == language, "text"])


def test_says_that_the_posts_are_no_sample_of_the_users():
    assert "no sample" in limits()


def test_a_study_without_a_card_is_told_so():
    assert "does not say how the posts were found" in limits()


def test_the_card_is_written_out():
    card = {
        "how": "keyword search",
        "keywords": ["TikTok refugee", "难民"],
        "sorted": "popular",
        "per_keyword_cap": 220,
        "collected": "2025-02-01",
        "sub_comments": False,
    }
    text = limits(sources=[{"path": "posts.csv", "collection": card}])
    for part in (
        "keyword search",
        "TikTok refugee, 难民",
        "popular",
        "220",
        "1 February 2025",
        "Replies to comments",
    ):
        assert part in text
    assert "does not say" not in text


def test_the_card_and_the_labels_are_said_in_the_language_of_the_report():
    card = {"how": "keyword search", "sorted": "popular", "collected": "2025-02-01"}
    hosts = {"name": "hosts", "label": {"en": "Hosts", "zh": "原住民"}, "any": [{"phrase": ["我们"]}]}
    sources = [{"path": "posts.csv", "collection": card}]
    said = limits(language="zh", sources=sources, groups=[hosts])
    for part in ("关键词检索", "按热度排序", "2025年2月1日", "原住民的成员"):
        assert part in said
    assert "Members of hosts are found" in limits(sources=sources, groups=[hosts])


@pytest.mark.parametrize("count", ["rejected", "unread", "time_lost", "time_assumed", "unassigned"])
def test_a_count_is_printed_if_it_is_not_zero(count):
    assert "1,234" in limits(counts={count: 1234})
    assert "1,234" not in limits(counts={count: 0})


def test_one_is_said_in_the_singular():
    text = limits(counts=dict.fromkeys(_OF_ONE, 1))
    assert not re.search(r"\b1 (records|posts|times|authors)\b", text)
    assert len(re.findall(r"^1 (record|post|time|author|comment)\b", text, flags=re.MULTILINE)) == len(
        _OF_ONE
    )


def test_comments_shown_but_not_collected_are_counted():
    assert "1,000" in limits(counts={"shown": 1000, "collected": 10})
    assert "comments under the collected posts" not in limits(counts={"shown": 10, "collected": 10})


def test_answers_to_posts_that_were_not_collected_are_counted():
    assert "42 comments or replies answer a post" in limits(counts={"orphans": 42})
    assert "not collected" not in limits(counts={"orphans": 0})


def test_events_close_to_each_other_cannot_be_told_apart():
    near = [
        {"name": "a", "at": "2025-01-18T22:30:00-05:00"},
        {"name": "b", "at": "2025-01-20T00:00:00+08:00"},
    ]
    assert "2 events fall within" in limits(events=near)
    far = [near[0], {"name": "b", "at": "2025-02-20T00:00:00+08:00"}]
    assert "events fall within" not in limits(events=far)


def test_the_instrument_is_named_and_called_unchecked():
    assert "lexicon 1 abc" in limits()
    assert "uncorrected and exploratory" in limits()


def test_chinese_limits_are_chinese_throughout():
    counts = dict.fromkeys(("rejected", "unread", "time_lost", "time_assumed", "unassigned"), 5)
    text = limits(language="zh", counts=counts | {"shown": 9, "collected": 1})
    for line in text.splitlines():
        assert re.search("[\u4e00-\u9fff]", line)
        assert not re.search("[\u4e00-\u9fff][,;:]", line), line


@pytest.mark.parametrize("key", sorted(_TEXTS))
def test_both_languages_name_the_same_values(key):
    _, en, zh = _TEXTS[key]
    assert sorted(re.findall(r"{(\w+)", en)) == sorted(re.findall(r"{(\w+)", zh))


def test_what_the_door_did_is_counted_and_small_counts_are_hidden():
    study = check_study(BASE)
    table = write_limits(study, instrument="i", counts={}, flags={"masked-url": 1234, "id-damaged": 3})
    text = "\n".join(table["text"])
    assert "link masked 1,234" in text
    assert "id damaged <10" in text
    assert "链接已遮蔽 1,234" in text
    assert "masked-url" not in text


def test_copies_are_counted_with_what_would_be_left():
    text = limits(counts={"copies": 70, "left": 5931})
    assert "70 posts repeat" in text
    assert "5,931" in text


@pytest.mark.parametrize(
    ("language", "said", "left"),
    [("en", "their sizes are corrected", "nobody has checked"), ("zh", "规模已校正", "尚未核查")],
)
def test_checked_group_rules_are_not_called_unchecked(language, said, left):
    base = {"version": 1, "study": {"title": "T", "question": "Q?"}, "sources": [{"path": "x"}]}
    base["groups"] = [{"name": "hosts", "any": [{"ip": "US"}]}]
    checked = check_study(base | {"validation": {"codes": "codes", "groups": "authors"}})
    for study, there, gone in ((checked, said, left), (check_study(base), left, said)):
        text = " ".join(row["text"] for row in _write(study, language, "x", {}, {}))
        assert there in text
        assert gone not in text


@pytest.mark.parametrize(
    ("given", "regrouped", "said"),
    [
        ({}, False, "nobody has checked how many"),
        ({"groups": "authors"}, False, "the differences between them are not"),
        ({"groups": "authors"}, True, "and so are shares and differences"),
    ],
)
def test_differences_are_called_uncorrected_for_group_errors_only_where_they_are(given, regrouped, said):
    rules = {"groups": [{"name": "hosts", "any": [{"ip": "CN-*"}]}]}
    study = check_study(BASE | rules | {"validation": {"codes": "codes"} | given})
    table = write_limits(study, instrument="i", counts={}, coded={"refugees": 400}, regrouped=regrouped)
    assert said in " ".join(table.loc[table["lang"] == "en", "text"])


def test_a_study_without_groups_speaks_of_no_rules():
    assert "Groups are assigned" not in limits()
    assert "群体由规则" not in limits("zh")


def test_a_shipped_target_is_called_as_everywhere_in_the_report():
    study = check_study(BASE | {"targets": [{"use": "refugees"}], "validation": {"codes": "codes"}})
    table = write_limits(study, instrument="lexicon", counts={}, coded={"refugees": 400})
    text = " ".join(table["text"])
    assert "on 400 posts toward the TikTok refugees" in text
    assert "就TikTok难民在 400 条" in text


@pytest.mark.parametrize(
    ("language", "said"), [("en", "3,840 posts, that is all, do not say"), ("zh", "3,840 条帖子均未注明")]
)
def test_replies_without_a_parent_are_said_where_the_study_reads_replies(language, said):
    counts = {"parentless": 3840}
    assert said in limits(language, counts, targets=[{"use": "hosts", "replies": True}])
    assert said not in limits(language, counts, targets=[{"use": "hosts"}])
    assert said not in limits(language, {"parentless": 0}, targets=[{"use": "hosts", "replies": True}])


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("n", [1, 7])
def test_where_the_rejects_lie_is_said_from_the_folder_of_the_run(language, n):
    assert "store/corpus-*/corpus" in limits(language, {"rejected": n})
