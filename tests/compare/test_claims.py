"""Claims about frames, places, contacts, columns and return: answered as planted, and refused where nothing is held."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pandas as pd
import pytest

from discourse.compare.claims import ClaimData, answer_claims
from discourse.compare.questions import Asked

AT = dt.datetime(2025, 1, 19, 12, tzinfo=dt.UTC)


def posts(n=1200, seed=0):
    rng = np.random.default_rng(seed)
    author = rng.integers(0, 300, n)
    place = np.array(["US", "GB", "FR"])[np.where(author < 240, 0, np.where(author < 290, 1, 2))]
    day = rng.integers(0, 14, n)
    return pd.DataFrame(
        {
            "post_id": [f"p{i}" for i in range(n)],
            "author": [f"a{i}" for i in author],
            "thread_id": [f"t{i}" for i in rng.integers(0, 60, n)],
            "group": "newcomers",
            "lang": "en",
            "ip_location": place,
            "text": np.where(author < 30, "write me [wechat]", "hello"),
            "created_at": pd.Timestamp("2025-01-13T00:00Z") + pd.to_timedelta(day, "D"),
        }
    )


def ask(outcome, expect=">", bound=0.0, groups=("newcomers",), **more):
    return Asked("C", "?", outcome, groups, expect, bound, **more)


def answer(question, data):
    return answer_claims([question], data).iloc[0]


def test_the_share_of_a_frame_is_that_of_the_posts():
    table = posts()
    codes = pd.DataFrame({"post_id": table["post_id"], "protest": np.arange(len(table)) % 4 == 0})
    row = answer(ask("frame:protest", bound=0.1), ClaimData(table, codes))
    assert row["estimate"] == pytest.approx(0.25)
    assert row["answer"] == "supported"
    assert answer(ask("frame:protest", "<", 0.1), ClaimData(table, codes))["answer"] == "contradicted"


def test_a_frame_that_hardly_anybody_uses_is_not_measurable_but_an_upper_bound_on_it_is():
    table = posts()
    codes = pd.DataFrame({"post_id": table["post_id"], "rare": np.arange(len(table)) < 3})
    above = answer(ask("frame:rare", bound=0.02), ClaimData(table, codes))
    assert (above["answer"], above["reason"]) == ("not measurable", "fewer than 10 authors show any of it")
    assert answer(ask("frame:rare", "<", 0.02), ClaimData(table, codes))["answer"] == "supported"


def test_places_and_contacts_are_shares_of_authors():
    data = ClaimData(posts())
    authors = data.posts.drop_duplicates("author")
    row = answer(ask("place:US", bound=0.5), data)
    assert row["estimate"] == pytest.approx((authors["ip_location"] == "US").mean())
    assert row["n_authors"] == len(authors)
    assert row["n"] == len(data.posts)
    contact = answer(ask("contact:any", bound=0.01), data)
    assert contact["estimate"] == pytest.approx(authors["text"].str.contains("wechat").mean())
    assert contact["answer"] == "supported"


def test_a_place_may_be_a_beginning():
    table = posts().assign(ip_location="CN-GD")
    assert answer(ask("place:CN-*", bound=0.5), ClaimData(table))["estimate"] == 1.0


def test_a_column_that_no_post_has_is_not_measurable_and_one_that_posts_have_is():
    table = posts()
    row = answer(ask("docvar:verified=true", bound=0.01), ClaimData(table))
    assert (row["answer"], row["reason"]) == ("not measurable", "no post has the column 'verified'")
    table["docvars"] = np.where(np.arange(len(table)) % 5 == 0, '{"verified": true}', '{"verified": false}')
    assert answer(ask("docvar:verified=true", bound=0.01), ClaimData(table))["estimate"] == pytest.approx(0.2)


def test_return_follows_arrival_and_cannot_show_that_people_left():
    data = ClaimData(posts(n=2500))
    row = answer(ask("return:7", bound=0.5), data)
    assert row["answer"] == "supported"
    gone = answer(ask("return:7", "<", 0.5), data)
    assert (gone["answer"], gone["reason"]) == (
        "not measurable",
        "who was not collected again may still be there",
    )


def test_before_minus_after_an_event():
    table = posts(n=2000)
    early = (table["created_at"] < pd.Timestamp(AT)).to_numpy()
    held = np.where(early, np.arange(2000) % 3 == 0, np.arange(2000) % 10 == 0)
    data = ClaimData(table, pd.DataFrame({"post_id": table["post_id"], "asks": held}))
    row = answer(ask("frame:asks", event="translation", at=AT), data)
    assert row["answer"] == "supported"
    assert row["estimate"] == pytest.approx(held[early].mean() - held[~early].mean())
    assert row["outcome"] == "frame:asks | translation"
    later = answer(ask("frame:asks", event="translation", at=AT.replace(year=2026)), data)
    assert later["answer"] == "not measurable"


def test_what_the_study_does_not_declare_is_said():
    data = ClaimData(posts())
    assert answer(ask("frame:nothing"), data)["reason"] == "the study declares no frame 'nothing'"
    undated = ask("contact:any", event="nothing")
    assert answer(undated, data)["reason"] == "the study declares no event 'nothing'"
    nobody = ask("contact:any", groups=("others",), bound=0.01)
    assert answer(nobody, data)["reason"] == "no collected author belongs to the group 'others'"


def test_small_groups_are_not_measurable_and_print_no_count():
    table = posts()
    table.loc[table["author"].isin(["a1", "a2"]), "group"] = "few"
    row = answer(ask("contact:any", "<", 0.9, groups=("few",)), ClaimData(table))
    assert row["answer"] == "not measurable"
    assert pd.isna(row["n"])


def test_the_order_of_posts_does_not_matter():
    table = posts()
    one = answer_claims([ask("place:US"), ask("return:3", bound=0.1)], ClaimData(table))
    other = answer_claims([ask("place:US"), ask("return:3", bound=0.1)], ClaimData(table[::-1]))
    pd.testing.assert_frame_equal(one, other, check_exact=False)


def topical(table):
    """Posts of which three in ten speak of cats, the rest of rice; one in twelve has no content word."""
    cats = np.where(np.arange(len(table)) % 10 < 3, 0.9, 0.1)
    shares = pd.DataFrame({"0": cats, "1": 1 - cats, "post_id": table["post_id"]})
    shares.loc[np.arange(len(table)) % 12 == 0, ["0", "1"]] = np.nan
    return ClaimData(table, topics=shares, labels={"0": "猫税, 猫 / cat, tax", "1": "饺子 / rice, cat"})


@pytest.mark.parametrize("name", ["0", "猫税", "猫税, 猫 / cat, tax", "Tax"])
def test_a_topic_is_asked_for_by_number_label_or_word(name):
    data = topical(posts())
    row = answer(ask(f"topic:{name}", bound=0.2), data)
    assert row["answer"] == "supported"
    assert row["estimate"] == pytest.approx(data.topics["0"].mean())
    assert row["n"] == data.topics["0"].notna().sum()


def test_a_topic_that_two_labels_or_none_name_is_not_measurable():
    data = topical(posts())
    assert answer(ask("topic:cat"), data)["reason"] == "several topics bear the name 'cat': 0, 1"
    assert answer(ask("topic:dog"), data)["reason"] == "no topic bears the name 'dog'"


def test_an_emotion_is_a_share_of_the_posts_that_mention_the_target():
    table = posts()
    mentions = np.arange(len(table)) % 2 == 0
    joy = pd.array(np.where(mentions, np.arange(len(table)) % 8 == 0, pd.NA), dtype="boolean")
    data = ClaimData(table, emotions={"refugees": pd.DataFrame({"post_id": table["post_id"], "joy": joy})})
    for name in ("joy", "joy:refugees"):
        row = answer(ask(f"emotion:{name}", bound=0.1), data)
        assert (row["answer"], row["n"]) == ("supported", mentions.sum())
        assert row["estimate"] == pytest.approx(0.25)
    assert answer(ask("emotion:joy:hosts"), data)["reason"] == "the study asks for no emotion 'joy:hosts'"
    assert answer(ask("emotion:awe"), data)["answer"] == "not measurable"


def test_what_is_labelled_is_not_compared_between_groups_that_write_other_languages():
    table = posts()
    table = table.assign(
        group=np.where(table["author"] < "a2", "hosts", "newcomers"),
        lang=np.where(table["author"] < "a2", "zh-Hans", "en"),
    )
    row = answer(ask("topic:0", groups=("hosts", "newcomers")), topical(table))
    assert row["answer"] == "not measurable"
    assert "language" in row["reason"]
