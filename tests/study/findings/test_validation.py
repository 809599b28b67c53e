"""Answers on corrected figures, and what is said of comparisons that labels alone cannot make."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from discourse.compare.questions import Asked
from discourse.study.findings.validation import changed_figures, corrected_answers, explained_contrasts
from discourse.tables import CONTRASTS, QUESTIONS, THREE_ESTIMATES

NAN = float("nan")
H1 = Asked("H1", "Warm?", "balance:refugees", ("hosts",))
H2 = Asked("H2", "Warmer?", "stance:refugees", ("hosts", "newcomers"))
H3 = Asked("H3", "English?", "lang:en", ("all",))
CONFOUNDED = "the groups differ in language, and nobody has checked the instrument in both"


def answer(question, verdict="undecided", estimate=0.0, reason="the 95 % interval includes 0"):
    return {
        "id": question.id,
        "text": question.text,
        "outcome": question.outcome,
        "groups": " vs ".join(question.groups),
        "expect": "> 0",
        "answer": verdict,
        "estimate": estimate,
        "low": estimate - 0.1,
        "high": estimate + 0.1,
        "reason": reason,
    }


def versions(figure="question", name="H1", group="hosts", reason=None, **middles):
    """Three versions of one figure: human, naive, corrected, each with its half width."""
    widths = {"human": 0.2, "naive": 0.02, "corrected": 0.1}
    rows = []
    for version, half in widths.items():
        middle = middles.get(version, 0.3)
        rows.append(
            {
                "target": "refugees",
                "figure": figure,
                "id": name,
                "outcome": "balance",
                "group": group,
                "lang": "all",
                "version": version,
                "estimate": middle,
                "low": middle - half,
                "high": middle + half,
                "level": 0.95,
                "n": 1000,
                "n_coded": 200,
                "n_authors": 150,
                "method": "m",
                "reason": reason if np.isnan(middle) else None,
            }
        )
    return pd.DataFrame(rows)


def corrected(answers, estimated, questions):
    table = QUESTIONS.conform(pd.DataFrame(answers))
    return corrected_answers(table, THREE_ESTIMATES.conform(estimated), questions).set_index("id")


def test_an_answer_follows_the_corrected_interval_and_remembers_that_of_labels():
    found = corrected([answer(H1)], versions(corrected=0.3), [H1]).loc["H1"]
    assert (found["answer"], found["answer_by_labels"]) == ("supported", "undecided")
    assert (found["estimate"], found["basis"]) == (0.3, "corrected")
    assert found["reason"] == "the 95 % interval lies wholly on the side stated beforehand"


def test_a_question_between_languages_is_answered_where_people_coded_both():
    refused = answer(H2, "not measurable", NAN, CONFOUNDED)
    found = corrected([refused], versions(name="H2", corrected=-0.4), [H2]).loc["H2"]
    assert (found["answer"], found["basis"]) == ("contradicted", "corrected")


def test_without_enough_codes_the_uncorrected_answer_stands_and_says_so():
    few = versions(human=NAN, corrected=NAN, reason="fewer than 50 codes")
    found = corrected([answer(H1, "supported", 0.3)], few, [H1]).loc["H1"]
    assert (found["answer"], found["basis"], found["estimate"]) == ("supported", "uncorrected", 0.3)
    assert found["reason"].endswith("not corrected: fewer than 50 codes")


def test_what_codes_do_not_touch_is_neither_corrected_nor_uncorrected():
    found = corrected([answer(H1), answer(H3, "supported", 0.3)], versions(), [H1, H3]).loc["H3"]
    assert (found["answer"], found["estimate"]) == ("supported", 0.3)
    assert pd.isna(found["basis"])


def test_no_question_stays_no_question():
    empty = QUESTIONS.empty()
    assert len(corrected_answers(empty, THREE_ESTIMATES.empty(), [])) == 0


def test_contrasts_that_were_withheld_say_where_the_difference_is():
    rows = pd.DataFrame(
        {
            "target": ["refugees", "hosts", "refugees"],
            "lang": "all",
            "outcome": "mean",
            "group_a": "hosts",
            "group_b": "newcomers",
            "reason": [CONFOUNDED, CONFOUNDED, None],
        }
    ).reindex(columns=CONTRASTS.names)
    table = explained_contrasts(CONTRASTS.conform(rows), ["refugees"])
    assert table["reason"].tolist()[:2] == [
        "the groups differ in language; labels alone do not compare them, see three_estimates",
        CONFOUNDED,
    ]
    assert pd.isna(table.loc[2, "reason"])
    assert table["estimate"].isna().all()


def test_figures_outside_their_corrected_interval_are_counted():
    estimated = pd.concat(
        [
            versions("group", None, "hosts", naive=0.1, corrected=0.3),
            versions("group", None, "newcomers", naive=0.28, corrected=0.3),
            versions("difference", None, "hosts vs newcomers", naive=NAN, corrected=0.3),
            versions("question", "H1", "hosts", naive=0.1, corrected=0.3),
        ],
        ignore_index=True,
    )
    found = changed_figures(THREE_ESTIMATES.conform(estimated))
    assert (found["n_figures"], found["n_outside"]) == (2, 1)
    assert found["width_to_naive"] == pytest.approx(5.0)
    assert found["width_to_human"] == pytest.approx(0.5)


def test_nothing_corrected_is_nothing_changed():
    assert changed_figures(THREE_ESTIMATES.empty()) == {"n_figures": 0, "n_outside": 0}
