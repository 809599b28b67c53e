"""Replies, likes, places and nearby words of a study: nothing is made where the export says nothing of it."""

from __future__ import annotations

import datetime as dt
from types import SimpleNamespace

import pandas as pd
import pytest

from discourse.study.findings.likes import collected_at, like_tables, with_frames, with_topics
from discourse.study.findings.nearby import nearby_tables
from discourse.study.findings.places import place_tables
from discourse.study.findings.replies import reply_tables
from discourse.study.load import check_study
from discourse.study.mapped import Mapped
from discourse.study.numbered import numbered
from discourse.study.progress import Silent
from discourse.text.tokens import tokenize
from tests.compare.test_reply_pairs import conversation

BASE = {
    "version": 1,
    "study": {"title": "T", "question": "Q?", "min_cell": 3},
    "sources": [{"path": "x", "collection": {"collected": dt.date(2025, 2, 1)}}],
    "groups": [{"name": name, "any": [{"ip": "US"}]} for name in ("hosts", "newcomers")],
    "replies": {"permutations": 99},
}


def material(**over):
    posts = conversation(30, 12).assign(text="tiktok refugees are funny people", title=None, ip_location="US")
    posts = posts.assign(**over.pop("posts", {}))
    scored = posts.assign(target="refugees", label="positive", score=0.5, mention_kind="named")
    return SimpleNamespace(
        study=check_study(BASE | over),
        posts=posts,
        readable=posts,
        scored=scored,
        instruments={"refugees": "lexicon"},
        codes=posts[["post_id"]].assign(protest=[i % 3 == 0 for i in range(len(posts))]),
        tokens=tokenize(posts["text"]),
        texts=posts["text"].tolist(),
        progress=Silent(),
        mapped=Mapped(),
        numbered=numbered(posts, scored, Mapped()),
    )


def test_a_study_with_parents_has_all_tables_of_replies():
    made = reply_tables(material())
    assert set(made) == {"reply_mixing", "reply_indices", "reciprocity", "language_choice"}
    assert set(made["reply_indices"]["measure"]) == {"ei", "assortativity", "bridging", "brokers"}


def test_without_parents_nobody_answers_anybody():
    assert set(reply_tables(material(posts={"parent_id": None}))) == {"language_choice"}


def test_without_likes_or_places_there_are_no_such_tables():
    assert like_tables(material(posts={"likes": pd.NA})) == {}
    assert place_tables(material(posts={"ip_location": None})) == {}
    assert "areas" in place_tables(material())


def test_lines_are_made_only_under_a_policy_that_allows_them():
    assert "concordance" not in nearby_tables(material())
    said = nearby_tables(material(quotes={"policy": "paraphrase"}))["concordance"]
    assert said[["left", "node", "right", "paraphrase"]].isna().all(axis=None)  # counted, not printed
    assert set(said["not_printed"]) == {"nobody has paraphrased it"}
    assert len(nearby_tables(material(quotes={"policy": "masked"}))["concordance"]) > 0


def test_frames_become_regressors_and_what_was_not_coded_holds_none():
    posts = pd.DataFrame({"post_id": ["1", "2", "3"]})
    codes = pd.DataFrame({"post_id": ["1", "2"], "protest": [True, pd.NA]})
    out, terms = with_frames(posts, {"group": ("a",)}, codes)
    assert out["frame:protest"].tolist() == ["yes", "no", "no"]
    assert set(terms) == {"group", "frame:protest"}


def test_the_day_of_collection_is_the_last_that_a_source_names():
    assert collected_at(check_study(BASE)) == dt.datetime(2025, 2, 1, tzinfo=dt.UTC)
    without = {**BASE, "sources": [{"path": "x"}]}
    assert collected_at(check_study(without)) is None


@pytest.mark.parametrize("name", ["replies", "likes", "places", "nearby"])
def test_each_analysis_is_registered_and_can_be_left_out(name):
    from discourse.study.analyses import ANALYSES

    analysis = next(a for a in ANALYSES if a.name == name)
    assert analysis.asked(check_study(BASE))
    assert not analysis.asked(check_study(BASE | {name: {"ask": False}}))


def test_topics_that_few_lead_are_no_regressor_of_their_own():
    n = 200
    posts = pd.DataFrame(
        {
            "post_id": [str(i) for i in range(n)],
            "parent_id": [None if i < 50 else "0" for i in range(n)],
            "author": [f"u{i}" for i in range(n)],
        }
    )
    leading = pd.Series({str(i): "cats" if i % 5 else "rice" for i in range(n)})
    leading = leading.where(leading.index != "1")
    out, terms = with_topics(posts, {"group": ("a",)}, leading)
    assert terms == {"group": ("a",), "topic": ("other", "cats", "rice")}
    named = out.set_index("post_id")["topic"]
    # rice leads ten opening posts and thirty comments
    assert named[["0", "1", "2", "55", "56"]].tolist() == ["other", "other", "cats", "rice", "cats"]
    assert with_topics(posts, {}, leading, min_cell=130)[1] == {}
