"""Pages on replies, likes, places and words near the target: what was found is said, in both languages, and drawn."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd
import pytest

from discourse.compare.engagement import engagement
from discourse.compare.replies import draw_chance, reply_indices, reply_mixing
from discourse.compare.reply_pairs import reply_pairs
from discourse.report.document import Grid, Heading, Picture, texts
from discourse.report.figures.style import svg_of
from discourse.report.render import compose
from discourse.tables import (
    AREA_BOUNDARIES,
    AREAS,
    COLLOCATES,
    CONCORDANCE,
    RECIPROCITY,
    SEMANTIC_EDGES,
    SEMANTIC_NODES,
)
from tests.compare.test_engagement import COLLECTED, TERMS, liked
from tests.compare.test_reply_pairs import conversation

NAMES = ("reply-mixing", "reciprocity", "likes", "places", "places-map", "words-together-zh")


def areas():
    rows = [
        {
            "area": code,
            "estimate": 0.3 - 0.1 * i,
            "low": 0.2 - 0.1 * i,
            "high": 0.4 - 0.1 * i,
            "raw": 0.4 - 0.12 * i,
        }
        for i, code in enumerate(("CN-GD", "CN-ZJ", "CN-SC"))
    ]
    table = pd.DataFrame(rows).assign(
        target="refugees",
        group="all",
        level=0.95,
        weight=0.7,
        mean=0.2,
        tau=0.1,
        n=90,
        n_authors=40,
        within="china",
    )
    small = {"area": "CN-NM", "target": "refugees", "group": "all", "level": 0.95, "within": "china"}
    hidden = pd.DataFrame([small | {"reason": "fewer than 10 authors"}])
    return AREAS.conform(pd.concat([table, hidden], ignore_index=True))


def boundaries():
    rows = [
        (code, i, x + 2 * i, y)
        for i, code in enumerate(("CN-GD", "CN-ZJ"))
        for x, y in ((0, 0), (1, 0), (1, 1))
    ]
    return AREA_BOUNDARIES.conform(pd.DataFrame(rows, columns=AREA_BOUNDARIES.names))


def words():
    head = {"target": "refugees", "lang": "zh"}
    found = [
        head | {"by": "stance", "side": s, "other": o, "word": w, "gloss": g, "n": 40, "n_authors": 30}
        | {"log_dice": 9.0, "g2": 50.0, "log_odds_z": 3.0, "p": 0.001, "q": 0.004}
        for s, o, w, g in (("positive", "negative", "真诚", "sincere"), ("negative", "positive", "首页", "home page"))
    ]  # fmt: skip
    nodes, edges = [], []
    for polarity, pair in (("positive", ("真诚", "朋友")), ("negative", ("首页", "刷屏"))):
        for word in pair:
            node = {
                "polarity": polarity,
                "word": word,
                "gloss": "meaning",
                "community": 0,
                "n": 30,
                "n_authors": 25,
            }
            nodes.append(head | node | {"degree": 1})
        edge = {
            "polarity": polarity,
            "word_a": pair[0],
            "word_b": pair[1],
            "pmi": 2.0,
            "n": 20,
            "n_authors": 18,
        }
        edges.append(head | edge)
    return {
        "collocates": COLLOCATES.conform(pd.DataFrame(found)),
        "semantic_nodes": SEMANTIC_NODES.conform(pd.DataFrame(nodes)),
        "semantic_edges": SEMANTIC_EDGES.conform(pd.DataFrame(edges)),
    }


def in_kind():
    rows = [
        {
            "parent_label": parent,
            "label": label,
            "estimate": 0.3,
            "low": 0.2,
            "high": 0.4,
            "expected": 0.2,
            "p": 0.01,
        }
        for parent in ("positive", "neutral", "negative")
        for label in ("positive", "negative")
    ]
    same = {"target": "refugees", "group": "all", "parent_group": "all", "level": 0.95, "n": 300}
    return RECIPROCITY.conform(pd.DataFrame(rows).assign(**same, n_authors=200, n_threads=60))


def line():
    row = {"group": "hosts", "stance": "positive", "left": "hello ", "node": "SECRETNODE", "right": " bye"}
    return CONCORDANCE.conform(pd.DataFrame([row]))


@pytest.fixture(scope="module")
def tables():
    pairs = reply_pairs(conversation(40, 14))
    groups = ["hosts", "newcomers"]
    chance = draw_chance(pairs, groups, n_permutations=50)
    return {
        "reply_mixing": reply_mixing(pairs, groups, chance=chance, n_permutations=50),
        "reply_indices": reply_indices(pairs, groups, chance=chance, n_permutations=50),
        "reciprocity": in_kind(),
        "engagement": engagement(liked(), TERMS, collected=COLLECTED),
        "areas": areas(),
        "area_boundaries": boundaries(),
        "concordance": line(),
        **words(),
    }


@pytest.fixture(scope="module", params=["en", "zh"])
def document(request, make_findings, tables):
    return compose(make_findings(request.param, tables=tables), request.param)


def test_every_page_has_its_figure_and_says_it_in_words(document):
    pictures = {p.name: p for p in document.pictures()}
    assert set(NAMES) <= set(pictures)
    for name in NAMES:
        assert len(pictures[name].alt) > 40
        assert len(pictures[name].caption) > 10


@pytest.mark.parametrize("name", NAMES)
def test_figures_are_drawn_and_come_out_the_same(document, name):
    picture = next(p for p in document.pictures() if p.name == name)
    first, second = svg_of(picture.draw()), svg_of(picture.draw())
    assert first == second
    assert first.count("<path") > 4


def test_chinese_pages_hold_no_untranslated_reason(document):
    if document.language == "zh":
        assert not [text for text in texts(document) if "原文：" in text]


def test_the_planted_ratio_of_likes_is_the_heading(document):
    headings = [b.text for b in document.blocks if isinstance(b, Heading)]
    wanted = (
        r"Language: mixed .* goes with [12]\.\d times"
        if document.language == "en"
        else r"语言：混用.*点赞为 [12]\.\d 倍"
    )
    assert [text for text in headings if re.search(wanted, text)]


def test_small_places_print_no_figure(document):
    name = "Inner Mongolia" if document.language == "en" else "内蒙古"
    grids = [block for block in document.blocks if isinstance(block, Grid)]
    assert not any(name in row for grid in grids for row in grid.rows)
    counted = r"\d+ such places are not listed" if document.language == "en" else r"此类地点 \d+ 个，未列出"
    assert any(re.search(counted, note) for grid in grids for note in grid.notes)


def test_glosses_are_for_those_who_read_another_language(document):
    printed = " ".join(texts(document))
    assert ("sincere" in printed) == (document.language == "en")


def test_lines_are_printed_only_where_the_policy_allows(make_findings, tables):
    def said(policy):
        asked = {"quotes": {"policy": policy}}
        return " ".join(texts(compose(make_findings("en", tables=tables, study=asked), "en")))

    assert "SECRETNODE" not in said("none")
    assert "SECRETNODE" not in said("paraphrase")
    assert "SECRETNODE" in said("masked")


def test_a_cloud_is_drawn_only_where_it_is_asked_for(make_findings, tables):
    def names(asked):
        found = compose(make_findings("en", tables=tables, study={"nearby": asked}), "en").pictures()
        return {p.name: p for p in found}

    assert "word-cloud" not in names({})
    shown = names({"cloud": True})
    if "word-cloud" in shown:
        picture: Picture = shown["word-cloud"]
        assert svg_of(picture.draw()) == svg_of(picture.draw())


def test_a_study_without_these_tables_has_none_of_these_pages(make_findings):
    names = {p.name for p in compose(make_findings("en"), "en").pictures()}
    assert not names & set(NAMES)


def test_claims_are_said_with_their_figures(make_findings, document):
    rows = [
        ("C1", "frame:protest", "hosts", 0.03, 0.02, 0.04),
        ("C2", "place:US", "newcomers", 0.79, 0.76, 0.82),
        ("C3", "return:7", "all", 0.6, 0.55, 0.65),
        ("C4", "frame:protest | TikTok goes dark", "all", 0.02, 0.01, 0.03),
    ]
    table = pd.DataFrame(rows, columns=["id", "outcome", "groups", "estimate", "low", "high"]).assign(
        text="?", expect="> 0", answer="supported", n=900, n_authors=300, n_threads=50, reason="r"
    )
    language = document.language
    printed = " ".join(texts(compose(make_findings(language, tables={"questions": table}), language)))
    place, days = ("United States", "7 days") if language == "en" else ("美国", "7 天")
    assert "3.0%" in printed
    assert place in printed
    assert days in printed
    assert "2.0" in printed
    assert not np.any([f"{kind}:" in printed for kind in ("place", "return")])
