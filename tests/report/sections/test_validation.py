"""The pages about a checked instrument say what was coded, what changed, and what is still uncorrected."""

from __future__ import annotations

import pandas as pd
import pytest

from discourse.report.document import Answers, Cover, Grid, Heading, Paragraph, Picture
from discourse.report.findings import Findings
from discourse.report.render import compose

OUTCOMES = ("mean", "positive", "neutral", "negative", "balance", "coverage")
LABELS = ("positive", "neutral", "negative", "absent")


def three(moved=0.06, codes=True):
    """Three versions of each figure of three groups, and of their differences; labels alone are too low."""
    rows = []
    for figure, groups in (
        ("group", ["hosts", "newcomers", "onlookers"]),
        ("difference", ["hosts vs onlookers", "hosts vs newcomers"]),
        ("question", ["hosts"]),
    ):
        for group in groups:
            for outcome in OUTCOMES if figure == "group" else ("positive", "negative", "balance"):
                for version, shift, half in (
                    ("human", moved, 0.09),
                    ("naive", 0.0, 0.02),
                    ("corrected", moved, 0.05),
                ):
                    known = codes or version == "naive"
                    middle = 0.3 + shift
                    rows.append(
                        {
                            "target": "refugees",
                            "figure": figure,
                            "id": "H1" if figure == "question" else None,
                            "outcome": outcome,
                            "group": group,
                            "lang": "all",
                            "version": version,
                            "estimate": middle if known else float("nan"),
                            "low": middle - half if known else float("nan"),
                            "high": middle + half if known else float("nan"),
                            "level": 0.95,
                            "n": 3000,
                            "n_coded": 240,
                            "n_authors": 200,
                            "method": "ppi++: ratio among mentions",
                            "reason": None if known else "fewer than 50 codes",
                        }
                    )
    return pd.DataFrame(rows)


def checked(**over):
    row = {
        "target": "refugees",
        "n_codes": 600,
        "n_drawn": 600,
        "frame_size": 5900,
        "n_coders": 2,
        "n_double": 200,
        "n_adjudicated": 33,
        "n_open": 0,
        "alpha": 0.81,
        "low": 0.74,
        "high": 0.88,
        "level": 0.95,
        "alpha_languages": None,
        "n_twins": None,
        "strata": "group, lang, label",
        "allocation": "power",
        "seed": 1,
        "codebook": "1-cc0f45d5",
        "instrument": "lexicon 2 9412cf80",
        "method": "ppi++",
        "n_figures": 48,
        "n_outside": 7,
        "width_to_naive": 2.4,
        "width_to_human": 0.8,
    }
    return pd.DataFrame([row | over])


def accuracy_tables():
    estimate = {"estimate": 0.78, "low": 0.74, "high": 0.82, "level": 0.95, "n": 600}
    scope = {"group": "all", "lang": "all"}
    return {
        "accuracy": pd.DataFrame(
            [scope | {"measure": m, "n_effective": 500.0} | estimate for m in ("accuracy", "macro_f1")]
        ),
        "class_accuracy": pd.DataFrame(
            [
                scope | {"label": label, "measure": m} | estimate
                for label in LABELS
                for m in ("precision", "recall", "f1")
            ]
        ),
        "confusion": pd.DataFrame(
            [
                scope
                | {"code": code, "label": label, "n": 40, "share": 0.1}
                | {"share_of_code": 0.79 if code == label else 0.07}
                for code in LABELS
                for label in LABELS
            ]
        ),
        "calibration": pd.DataFrame(
            [{"bin_low": c - 0.1, "bin_high": c + 0.1, "confidence": c} | estimate for c in (0.4, 0.6, 0.8)]
        ),
        "differential": pd.DataFrame(
            [
                {
                    "group_a": "hosts",
                    "group_b": "onlookers",
                    "measure": "error",
                    "estimate": -0.05,
                    "low": -0.15,
                    "high": 0.05,
                    "level": 0.95,
                    "p": 0.3,
                    "p_adjusted": 0.6,
                    "detectable": 0.15,
                    "n_a": 240,
                    "n_b": 103,
                    "verdict": "not known",
                }
            ]
        ),
    }


@pytest.fixture
def corrected(make_findings):
    """Plausible findings with human codes toward the refugees."""

    def make(language="en", codes=True, moved=0.06, **over):
        plain = make_findings(language)
        questions = plain.tables["questions"].assign(basis=None, answer_by_labels=None)
        questions = questions.astype({"basis": "object", "answer_by_labels": "object"})
        questions.loc[0, ["basis", "answer_by_labels"]] = ["corrected", questions.loc[0, "answer"]]
        other = questions.index[1:][questions["estimate"].notna()[1:]][0]
        questions.loc[other, ["basis", "answer_by_labels"]] = ["uncorrected", questions.loc[other, "answer"]]
        tables = plain.tables | accuracy_tables()
        tables |= {
            "validation": checked(**over),
            "three_estimates": three(moved, codes),
            "questions": questions,
        }
        status = {"status": "partly", "codes": []}
        return Findings(tables, plain.study, plain.provenance | {"validation": status})

    return make


def blocks(findings, kind, language="en"):
    return [block for block in compose(findings, language).blocks if isinstance(block, kind)]


def said(findings, language="en"):
    return " ".join(block.text for block in blocks(findings, Paragraph, language))


def test_page_one_says_how_many_codes_by_how_many_coders_with_alpha(corrected):
    cover = blocks(corrected(), Cover)[0]
    assert cover.badge == "Corrected by human codes"
    assert "600 codes by 2 coders, alpha = 0.81 [0.74, 0.88]" in cover.badge_note
    assert "uncorrected" in cover.badge_note  # toward the other targets


def test_page_one_without_codes_says_uncorrected_exploratory(make_findings):
    cover = blocks(make_findings(), Cover)[0]
    assert cover.badge == "Uncorrected, exploratory"
    assert not [b for b in blocks(make_findings(), Picture) if b.name.startswith("three-")]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_both_pages_are_there_in_both_languages(corrected, language):
    findings = corrected(language)
    kickers = {block.kicker for block in blocks(findings, Heading, language)}
    words = {
        "en": {"How far the instrument can be trusted", "What the correction changed"},
        "zh": {"测量工具有多可信", "校正改变了什么"},
    }
    assert words[language] <= kickers
    names = {block.name for block in blocks(findings, Picture, language)}
    assert {"three-estimates", "three-differences", "confusion", "calibration"} <= names


def test_a_sentence_says_what_the_correction_changed(corrected):
    text = said(corrected())
    assert "Of 48 figures of groups and differences, 7 lie outside" in text
    headings = " ".join(block.text for block in blocks(corrected(), Heading))
    assert "the correction moves the share positive from 30% to 36%" in headings


def test_a_correction_that_changes_nothing_is_said_to(corrected):
    headings = " ".join(block.text for block in blocks(corrected(moved=0.0), Heading))
    assert "leaves the share positive where it was" in headings


def test_each_answer_says_whether_it_is_corrected(corrected):
    texts = [answer.text for answer in blocks(corrected(), Answers)[0].answers]
    assert "Corrected by human codes." in texts[0]
    assert sum("Uncorrected." in text for text in texts) == 1


def test_figures_of_labels_alone_say_so(corrected, make_findings):
    captions = {block.name: block.caption for block in blocks(corrected(), Picture)}
    assert "Labels of the instrument, uncorrected" in captions["shares-by-group"]
    plain = {block.name: block.caption for block in blocks(make_findings(), Picture)}
    assert "Labels of the instrument" not in plain["shares-by-group"]


def test_what_must_not_be_claimed_follows_the_codes(corrected, make_findings):
    last = compose(corrected()).blocks[-1].items  # alone on the last page
    assert any("as far as the coders are right" in item for item in last)
    assert not any("Nobody has compared the instrument" in item for item in last)
    plain = compose(make_findings()).blocks[-1].items
    assert any("Nobody has compared the instrument" in item for item in plain)


@pytest.mark.parametrize(
    ("alpha", "words"),
    [
        ({"alpha": 0.9, "low": 0.85, "high": 0.94}, "reliable by the usual mark"),
        ({"alpha": 0.75, "low": 0.7, "high": 0.8}, "tentative"),
        ({"alpha": 0.72, "low": 0.6, "high": 0.82}, "the interval holds .667"),
        ({"alpha": 0.5, "low": 0.4, "high": 0.6}, "below .667"),
        ({"alpha": None, "low": None, "high": None, "n_coders": 1}, "One person coded"),
    ],
)
def test_agreement_is_judged_by_its_interval(corrected, alpha, words):
    assert words in said(corrected(**alpha))


def test_open_disagreements_are_named(corrected):
    assert "12 disagreements are not settled" in said(corrected(n_open=12))


def test_bilingual_messages_are_named_or_missed(corrected):
    assert "No set of bilingual messages was coded" in said(corrected())
    assert "alpha between the languages is 0.83" in said(corrected(alpha_languages=0.83, n_twins=72))


def test_figures_without_codes_are_given_with_their_reason(corrected):
    findings = corrected(codes=False)
    grids = [
        grid
        for grid in blocks(findings, Grid)
        if grid.caption == "Shares and balance of each group in three versions"
    ]
    assert any("fewer than 50 codes" in note for note in grids[0].notes)
    assert not [b for b in blocks(findings, Picture) if b.name == "three-estimates"]


def test_a_difference_of_errors_comes_with_what_could_have_been_found(corrected):
    grid = next(g for g in blocks(corrected(), Grid) if g.caption == "Does it err alike in every group?")
    assert grid.rows[0][1:] == ("wrong labels", "−5.0 [−15.0, 5.0]", "15.0", "not known")


def test_within_language_differences_come_first(corrected):
    findings = corrected()
    table = findings.tables["three_estimates"]
    chinese = table[(table["figure"] == "difference") & (table["group"] == "hosts vs onlookers")].assign(
        lang="zh"
    )
    findings.tables["three_estimates"] = pd.concat([table, chinese], ignore_index=True)
    grid = next(g for g in blocks(findings, Grid) if g.caption.startswith("Differences between two groups"))
    assert [row[0] for row in grid.rows][:2] == ["Hosts − Onlookers, Chinese", "Hosts − Onlookers"]


def test_planned_and_exploratory_questions_are_marked(corrected):
    findings = corrected()
    questions = findings.tables["questions"].assign(planned=None).astype({"planned": "object"})
    questions.loc[0, "planned"] = "planned"
    questions.loc[1, "planned"] = "exploratory"
    planned = pd.DataFrame(
        {
            "kind": ["question", "question", "comparison"],
            "name": ["H1", "H2", "hosts vs onlookers, refugees"],
            "status": ["planned", "exploratory", "planned"],
            "note": None,
        }
    )
    provenance = findings.provenance | {"plan": {"file": "plan.json", "sha256": "ab" * 32, "tried": 3}}
    marked = Findings(
        findings.tables | {"questions": questions, "planned": planned}, findings.study, provenance
    )
    answers = blocks(marked, Answers)[0].answers
    assert answers[0].counts.endswith("planned")
    assert answers[1].counts.endswith("not in the plan: exploratory")
    assert "2 of 3 questions and comparisons stand in the plan" in said(marked)
    entries = [entry for block in compose(marked, "en").blocks for entry in getattr(block, "entries", ())]
    assert any("ab" * 32 in entry.text for entry in entries)
    assert any("3 different, this one included" in entry.text for entry in entries)


def by_labels_none(findings):
    """Contrasts as a study has them whose groups write different languages: by labels none is given."""
    table = findings.tables["contrasts"]
    known = ["estimate", "low", "high", "effect", "p", "p_adjusted"]
    empty = table.assign(**dict.fromkeys(known, float("nan")), reason="the groups differ in language")
    return Findings({**findings.tables, "contrasts": empty}, findings.study, findings.provenance)


def about_differences(findings, language="en"):
    alone = "Labels alone" if language == "en" else "仅凭自动标签"
    return [b.text for b in blocks(findings, Heading, language) if b.text.startswith(alone)]


def test_where_labels_compare_nobody_the_heading_says_so(make_findings):
    assert about_differences(by_labels_none(make_findings())) == ["Labels alone compare no two groups"]


@pytest.mark.parametrize(
    ("language", "said_first"),
    [
        ("en", "Labels alone compare no two groups; corrected by human codes, the share positive of "),
        ("zh", "仅凭自动标签，没有哪两个群体能够比较；经人工编码校正，"),
    ],
)
def test_where_codes_compare_them_the_heading_says_what_the_correction_shows(corrected, language, said_first):
    (heading,) = about_differences(by_labels_none(corrected(language)), language)
    assert heading.startswith(said_first)
    assert "36.0 [31.0, 41.0]" in heading


def test_a_corrected_difference_that_may_be_zero_heads_no_page(corrected):
    found = by_labels_none(corrected())
    versions = found.tables["three_estimates"]
    versions.loc[versions["figure"] == "difference", "low"] = -0.01
    assert about_differences(found) == ["Labels alone compare no two groups"]
