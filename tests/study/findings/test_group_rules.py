"""Coded authors say how good the group rules are; a rule changed since the draw is refused."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from discourse.coding.codebook import group_codebook
from discourse.coding.codes import append_codes
from discourse.coding.draw import draw_sample
from discourse.errors import StudyError
from discourse.study.findings.group_rules import group_rule_tables
from discourse.study.load import check_study

NAMES = {"hosts": {"en": "Hosts", "zh": "原住民"}, "newcomers": {"en": "Newcomers", "zh": "新来者"}}
BASE = {
    "version": 1,
    "study": {"title": "T", "question": "Q?"},
    "sources": [{"path": "x"}],
    "groups": [{"name": name, "any": [{"ip": "US"}]} for name in NAMES],
}


@pytest.fixture(scope="module")
def authors():
    n = 600
    group = np.where(np.arange(n) % 3 == 0, "newcomers", "hosts")
    return pd.DataFrame({"author": [f"u{i:03d}" for i in range(n)], "group": group})


@pytest.fixture(scope="module")
def folder(tmp_path_factory, authors):
    """One newcomer of the rules in four is a host for whoever reads."""
    frame = authors.rename(columns={"author": "post_id"}).assign(
        label=authors["group"], author=authors["author"]
    )
    book = group_codebook(NAMES)
    sample = draw_sample(
        frame, 150, strata=("label",), unit="author", codebook=book, coders=("anna",), overlap=0, seed=1
    )
    place = tmp_path_factory.mktemp("groups") / "authors"
    sample.save(place)
    label = dict(zip(sample.units["post_id"], sample.units["label"], strict=True))
    rows = [
        {
            "post_id": unit,
            "target": None,
            "coder": "anna",
            "variable": "group",
            "value": "hosts" if label[unit] == "newcomers" and int(unit[1:]) % 12 == 0 else label[unit],
            "codebook_version": book.stamp,
        }
        for unit in sample.assigned("anna")["post_id"]
    ]
    append_codes(place, rows)
    return place


def material(authors, folder):
    given = {"validation": {"codes": "codes", "groups": str(folder)}}
    posts = authors.loc[authors.index.repeat(1 + authors.index % 3)].reset_index(drop=True)
    return SimpleNamespace(study=check_study(BASE | given), authors=authors, readable=posts)


def test_the_share_that_people_put_elsewhere_is_the_error_of_the_rule(authors, folder):
    table = group_rule_tables(material(authors, folder))["group_rules"].set_index(["group", "measure"])
    assert table.loc[("hosts", "precision"), "estimate"] == 1.0
    newcomers = table.loc[("newcomers", "precision")]
    assert newcomers["low"] <= 0.75 <= newcomers["high"]
    right = table.loc[("all", "accuracy")]
    assert right["low"] <= 1 - 0.25 / 3 <= right["high"]
    assert right["n"] == 150


def test_the_sizes_of_groups_are_corrected_for_who_was_put_elsewhere(authors, folder):
    table = group_rule_tables(material(authors, folder))["group_shares"]
    found = table[table["of"] == "authors"].set_index(["group", "version"])
    assert found.loc[("newcomers", "naive"), "estimate"] == pytest.approx(1 / 3)
    corrected = found.loc[("newcomers", "corrected")]
    assert corrected["low"] <= 0.25 <= corrected["high"]
    assert corrected["high"] < 1 / 3
    by_posts = table[(table["of"] == "posts") & (table["version"] == "naive")].set_index("group")["estimate"]
    rows = pd.Series(1 + authors.index % 3)
    assert by_posts["newcomers"] == pytest.approx(
        rows[(authors["group"] == "newcomers").to_numpy()].sum() / rows.sum()
    )


def test_rules_that_changed_since_the_draw_are_refused(authors, folder):
    moved = authors.assign(group=authors["group"].replace("newcomers", "hosts"))
    with pytest.raises(StudyError, match="into another group than when they were drawn"):
        group_rule_tables(material(moved, folder))


def test_without_coded_authors_nothing_is_said(authors):
    study = check_study(BASE | {"validation": {"codes": "codes"}})
    assert group_rule_tables(SimpleNamespace(study=study, authors=authors)) == {}
