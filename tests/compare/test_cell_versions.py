"""One figure in three versions: what is counted, what is refused, and cells within languages."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from discourse.compare.cell_versions import Settings, by_language, cell_versions, group_parts, pair_parts
from discourse.compare.corrected import estimate_share


@pytest.fixture(scope="module")
def posts():
    """Mentions of which one in five is missed, and every fourth post coded."""
    rng = np.random.default_rng(0)
    n = 1200
    about, warm = rng.random(n) < 0.6, rng.random(n) < 0.4
    base = np.where(rng.random(n) < 0.2, 0.0, about)
    coded = np.arange(n) % 8 < 2
    frame = pd.DataFrame({"group": np.where(np.arange(n) % 2, "a", "b"), "lang": "zh", "pi": 0.25})
    frame["author"], frame["thread_id"] = [f"u{i % 400}" for i in range(n)], [f"t{i % 90}" for i in range(n)]
    frame["top"] = np.where(base == 1.0, warm, np.nan)
    frame["base"] = base
    frame["code"] = np.where(coded & about, warm, np.nan)
    frame["coded_base"] = np.where(coded, about, np.nan)
    frame.loc[frame.index % 8 == 0, "lang"] = "en"
    return frame


def test_n_counts_the_mentions_of_the_labels_in_every_version(posts):
    rows = cell_versions(posts, {}, "positive", None, Settings())
    assert {row["n"] for row in rows} == {int((posts["base"] == 1.0).sum())}
    assert [row["n_coded"] for row in rows] == [300, 300, 300]
    assert rows[1]["n_authors"] > rows[0]["n_authors"] == rows[2]["n_authors"]


def test_each_version_is_that_of_a_share_read_by_itself(posts):
    rows = {row["version"]: row for row in cell_versions(posts, {}, "positive", ("a", "b"), Settings())}
    for version, method in (("human", "human"), ("naive", "naive"), ("corrected", "ppi++")):
        alone = estimate_share(
            posts,
            "top",
            "code",
            "base",
            "coded_base",
            "group",
            ("a", "b"),
            ("author", "thread_id"),
            method=method,
        ).iloc[0]
        assert [rows[version][k] for k in ("estimate", "low", "high", "method")] == [
            alone[k] for k in ("estimate", "low", "high", "method")
        ]


def test_few_codes_leave_labels_alone_with_a_reason_for_the_others(posts):
    few = posts.assign(coded_base=posts["coded_base"].where(posts.index < 160))
    rows = {row["version"]: row for row in cell_versions(few, {}, "positive", None, Settings())}
    assert np.isfinite(rows["naive"]["estimate"])
    assert rows["corrected"]["reason"] == rows["human"]["reason"] == "fewer than 50 codes"
    assert np.isnan(rows["corrected"]["estimate"])


def test_cells_are_all_posts_and_each_language_that_a_group_or_both_write(posts):
    assert [lang for lang, _ in by_language(posts)] == ["all", "zh", "en"]
    parts = [(cell["group"], cell["lang"], len(part)) for cell, part in group_parts(posts, ["a", "b"])]
    assert parts == [
        ("a", "all", 600),
        ("a", "zh", 600),
        ("b", "all", 600),
        ("b", "zh", 450),
        ("b", "en", 150),
    ]
    assert [cell["lang"] for cell, _ in pair_parts(posts, ("a", "b"))] == ["all", "zh"]
