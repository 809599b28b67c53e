from __future__ import annotations

import pandas as pd
import pytest

from discourse.errors import ParameterError
from discourse.report.document import Grid, texts
from discourse.report.findings import Findings
from discourse.report.guard import guarded, hidden_rows, minimum_cell
from discourse.report.render import compose
from discourse.tables import REPORT_TABLES


def _with_small_group(make_findings, authors: int) -> Findings:
    findings = make_findings(study={"min_cell": 20})
    sentiment = findings.table("group_sentiment")
    small = sentiment["group"] == "onlookers"
    sentiment.loc[small, "n_authors"] = authors
    sentiment.loc[small, ["estimate", "low", "high"]] = 0.777
    return findings


def test_a_cell_below_the_minimum_loses_its_figures(make_findings):
    rows = guarded(_with_small_group(make_findings, 7)).table("group_sentiment").query("group == 'onlookers'")
    assert rows[["estimate", "low", "high", "n", "n_authors", "n_threads"]].isna().all().all()
    assert set(rows["reason"]) == {"fewer than 20 authors"}


@pytest.mark.parametrize("authors", [0, 20, 21])
def test_a_cell_at_the_minimum_and_an_empty_one_stay(make_findings, authors):
    rows = (
        guarded(_with_small_group(make_findings, authors))
        .table("group_sentiment")
        .query("group == 'onlookers'")
    )
    assert rows["estimate"].notna().all()


def test_no_figure_of_a_small_cell_reaches_the_report(make_findings):
    printed = "\n".join(texts(compose(_with_small_group(make_findings, 7))))
    assert "0.78" not in printed
    assert "78%" not in printed
    assert "<20" in printed


def test_hides_a_comparison_with_a_small_side(make_findings):
    findings = make_findings()
    contrasts = findings.table("contrasts")
    contrasts["authors_b"] = contrasts["authors_b"].mask(contrasts["group_b"] == "onlookers", 3)
    rows = guarded(findings).table("contrasts").query("group_b == 'onlookers'")
    assert rows["estimate"].isna().all()
    assert rows["p"].isna().all()


def test_a_word_of_few_authors_is_left_out_and_a_small_side_hidden(make_findings):
    findings = make_findings()
    words = findings.table("keyness")
    words.loc[0, ["authors_a", "authors_b"]] = [3, 4]
    words.loc[1, ["authors_a", "authors_b"]] = [40, 4]
    kept = guarded(findings).table("keyness")
    assert words.loc[0, "word"] not in set(kept.query("lang == 'zh'")["word"])
    other = kept[kept["word"] == words.loc[1, "word"]].iloc[0]
    assert other["authors_a"] == 40
    assert pd.isna(other["authors_b"])
    assert pd.isna(other["n_b"])


def test_a_word_with_two_small_sides_is_left_out(make_findings):
    findings = make_findings()
    words = findings.table("keyness")
    words.loc[0, ["authors_a", "authors_b"]] = [6, 7]
    assert words.loc[0, "word"] not in set(guarded(findings).table("keyness").query("lang == 'zh'")["word"])


def test_a_lone_hidden_group_cannot_be_had_by_subtraction(make_findings):
    findings = make_findings()
    table = findings.table("corpus_description")
    table.loc[table["group"] == "onlookers", "n_authors"] = 4
    after = guarded(findings).table("corpus_description").set_index("group")
    assert pd.isna(after.loc["all", "n_authors"])
    assert after.loc["hosts", "n_authors"] == 702


def test_two_hidden_groups_leave_the_total(make_findings):
    findings = make_findings()
    table = findings.table("corpus_description")
    table.loc[table["group"].isin(["onlookers", "unassigned"]), "n_authors"] = 6
    after = guarded(findings).table("corpus_description").set_index("group")
    assert after.loc["all", "n_authors"] == 1340


def test_guarding_twice_changes_nothing(make_findings):
    once = guarded(_with_small_group(make_findings, 7))
    twice = guarded(once)
    for name in once.tables:
        pd.testing.assert_frame_equal(once.tables[name], twice.tables[name])
    assert hidden_rows(once, twice) == 0


def test_days_below_the_minimum_are_gaps(make_findings):
    findings = make_findings(study={"min_cell": 50})
    days = guarded(findings).table("daily")
    assert days.loc[days["n_authors"].isna(), "estimate"].isna().all()
    assert (days["n_authors"].dropna() >= 50).all()


def test_no_count_of_authors_below_the_minimum_is_printed(make_findings):
    document = compose(make_findings(study={"min_cell": 100}))
    for block in document.blocks:
        if isinstance(block, Grid):
            for place, column in enumerate(block.columns):
                if column.title == "Authors":
                    for row in block.rows:
                        for part in str(getattr(row[place], "text", row[place])).split(" / "):
                            assert part in ("–", "<100") or int(part.replace(",", "")) >= 100


@pytest.mark.parametrize("least", [0, -1, True, "10", 2.5])
def test_refuses_a_minimum_that_is_none(least):
    with pytest.raises(ParameterError, match="min_cell"):
        minimum_cell(Findings({}, {"min_cell": least}))


def test_a_group_hidden_for_the_sake_of_another_is_counted_in_no_table():
    """Three authors follow from all authors less those of the groups that any table counts."""
    described = pd.DataFrame(
        {"group": ["all", "hosts", "britons", "japanese"], "n_authors": [132, 115, pd.NA, pd.NA]}
    )
    shares = {"group": ["hosts", "britons"], "n": [210, 42], "n_authors": [115, 14], "n_threads": [30, 12]}
    pair = {"group_a": ["hosts"], "group_b": ["britons"], "n_a": [210], "n_b": [42]}
    pair |= {"authors_a": [115], "authors_b": [14], "threads_a": [30], "threads_b": [12], "estimate": [0.2]}
    days = {"group": ["hosts", "britons"], "measure": "posts", "n": [5, 15], "estimate": [5.0, 15.0]}
    terms = {"term": "group", "level_of": ["britons"], "n": [42], "n_authors": [14]}
    tables = {
        "corpus_description": described,
        "frames": pd.DataFrame(shares).assign(estimate=0.5),
        "contrasts": pd.DataFrame(pair),
        "daily": pd.DataFrame(days),
        "engagement": pd.DataFrame(terms),
    }
    made = {}
    for table in REPORT_TABLES:
        if table.name in tables:
            frame = tables[table.name]
            blank = {c.name: pd.Series([None] * len(frame), dtype=object) for c in table.columns}
            made[table.name] = table.conform(
                frame.assign(**{k: v for k, v in blank.items() if k not in frame})
            )
    shown = guarded(Findings(made, {"min_cell": 10})).tables
    assert shown["frames"]["n"].tolist() == [210, pd.NA]
    assert shown["frames"]["n_authors"].isna().tolist() == [False, True]
    assert shown["frames"]["estimate"].notna().all()
    pair = shown["contrasts"].iloc[0]
    assert (pair["n_a"], pair["estimate"]) == (210, 0.2)
    assert pd.isna(pair["n_b"])
    assert pd.isna(pair["authors_b"])
    assert shown["daily"]["estimate"].isna().tolist() == [False, True]
    assert pd.isna(shown["engagement"].loc[0, "n"])
