"""No count of fewer authors than the minimum cell is in any table of a run, nor follows by subtraction."""

from __future__ import annotations

import csv
from dataclasses import dataclass

import numpy as np
import pandas as pd
import pytest

from discourse.compare.suppression import recoverable, sums_of
from discourse.report.guard import guarded
from discourse.study.load import load_study
from discourse.study.run import compute

STUDY = """
version = 1
[study]
title = "T"
question = "Q?"
timezone = "Asia/Shanghai"
synthetic = true
[[sources]]
path = "posts.csv"
key = "test"
[sources.mapping]
post_id = "id"
text = "text"
author = "user"
created_at = "time"
ip_location = "ip"
thread_id = "thread"
[duplicates]
near = "mark"
[topics]
n_topics = 3
[[codes]]
name = "protest"
[[events]]
name = "Dark"
at = 2025-01-15T00:00:00+08:00
"""
PLACES = {"hosts": ("广东", "CN-*", 70), "newcomers": ("美国", "US", 45), "britons": ("英国", "GB", 14)}
PLACES |= {"germans": ("德国", "DE", 6), "japanese": ("日本", "JP", 3)}
SAID = (
    "TikTok refugees are welcome here, I love them",
    "I hate these TikTok refugees, go home",
    "欢迎TikTok难民来小红书，猫猫照片交一下",
    "这些难民太吵了，把我的首页还给我",
    "the refugees 教 me 中文, so funny",
    "今天教他们写作业，很有意思",
)


@dataclass(frozen=True)
class Counted:
    """Columns with authors and with posts of a table, and which of its cells add up."""

    authors: str
    counts: tuple[str, ...]
    sums: tuple[tuple[str, ...], ...]


#: What a reader knows to add up in each table that counts; a table that is not here must hold no such sum.
TABLES = {
    "corpus_description": Counted("n_authors", ("n_posts", "n_comments"), ((),)),
    "group_signals": Counted("n_authors", ("n_authors",), (("group",),)),
    "daily": Counted("n_authors", ("n",), (("day", "target", "measure"), ("group", "target", "measure"))),
    "phases": Counted("n_authors", ("n",), (("phase", "target", "measure"), ("group", "target", "measure"))),
    "cohorts": Counted("n_authors", ("n_authors",), (("group",),)),
    "topic_stance": Counted("n_authors", ("n",), (("lang", "target", "group", "measure"),)),
    "dropped_copies": Counted("authors", ("n", "dropped"), ((),)),
}
LANGUAGES = Counted("n_authors", ("n",), (("target", "group", "measure"),))


@pytest.fixture(scope="module")
def runs(tmp_path_factory):
    """The tables of one study with everything printed, and as they are published."""
    place = tmp_path_factory.mktemp("disclosure")
    rng = np.random.default_rng(3)
    rules = "".join(
        f'[[groups]]\nname = "{n}"\nall = [{{ ip = ["{c}"] }}]\n' for n, (_, c, _) in PLACES.items()
    )
    with (place / "posts.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["id", "thread", "user", "text", "time", "ip"])
        for group, (where, _, size) in PLACES.items():
            for i in range(3 * size):
                text = f"{SAID[rng.integers(len(SAID))]} {rng.integers(40)}"
                day = 12 + int(rng.integers(8))
                row = [f"{group}{i}", f"t{rng.integers(30)}", f"{group}{i % size}", text]
                writer.writerow([*row, f"2025-01-{day} 12:00:00", where])
    (place / "study.toml").write_text(STUDY + rules, encoding="utf-8")
    everything, _ = compute(load_study(place / "study.toml", ["study.min_cell=1"]))
    published, _ = compute(load_study(place / "study.toml"))
    return everything.tables, guarded(published).tables


def test_every_table_with_authors_and_counts_is_looked_at(runs):
    for name, table in runs[1].items():
        counting = {"n", "n_posts", "n_authors", "authors"} & set(table.columns)
        if counting and len(table) and name not in TABLES:
            assert name in ALONE, f"{name}: say which of its cells add up"


#: Tables whose cells add up to nothing that is printed: each row counts something else.
ALONE = {
    "topic_covariates",
    "flow",
    "group_sentiment",
    "topics",
    "topic_prevalence",
    "frames",
    "questions",
    "near_clusters",
}
ALONE |= {"composition", "contrasts", "topic_contrasts", "gap_parts", "phase_changes", "emotions"}
ALONE |= {
    "code_contrasts",
    "areas",
    "engagement",
    "influence",
    "reply_mixing",
    "reply_indices",
    "reciprocity",
}
ALONE |= {"language_choice", "collocates", "semantic_nodes", "semantic_edges", "concordance", "keyness"}


@pytest.mark.parametrize("name", TABLES)
def test_small_cells_are_hidden_and_follow_from_nothing_printed(runs, name):
    truth, shown = (tables[name] for tables in runs)
    _check(truth, shown, TABLES[name])


@pytest.mark.parametrize("other", ["lang", "mention_kind"])
def test_languages_and_kinds_of_mention_do_not_give_each_other_away(runs, other):
    truth, shown = (tables["group_sentiment"] for tables in runs)
    fixed = "mention_kind" if other == "lang" else "lang"
    part = (truth[fixed] == "all").to_numpy()
    _check(truth[part].reset_index(drop=True), shown[part].reset_index(drop=True), LANGUAGES)


def _check(truth: pd.DataFrame, shown: pd.DataFrame, counted: Counted) -> None:
    if len(truth) != len(shown) or counted.authors not in truth:
        pytest.fail("the two runs do not hold the same cells")
    if "signals" in truth:  # larger cells come first, so the order tells hidden ones apart
        truth = truth.sort_values(["group", "signals"], ignore_index=True)
        shown = shown.sort_values(["group", "signals"], ignore_index=True)
    authors = truth[counted.authors].fillna(0).to_numpy(dtype=np.int64)
    small = (authors > 0) & (authors < 10)
    assert small.any(), "nothing small is in this table; the test says nothing"
    sums = sums_of(truth.assign(whole=""), [columns or ("whole",) for columns in counted.sums])
    sums = [places for places in sums if len(places) > 1]
    for name in counted.counts:
        hidden = shown[name].isna().to_numpy()
        assert hidden[small].all(), name
        known = np.flatnonzero(recoverable(hidden, sums) & small)
        for cell in known:
            beside = {i for places in sums if cell in places for i in places if not hidden[i]}
            assert all(authors[i] == 0 for i in beside), truth.loc[cell].to_dict()


def test_a_side_of_a_comparison_is_hidden_where_its_group_is(runs):
    _, shown = runs
    cells = shown["group_sentiment"]
    gone = cells[cells["n"].isna() & (cells["mention_kind"] == "all")]
    hidden = set(gone[["target", "lang", "measure", "group"]].itertuples(index=False, name=None))
    assert hidden
    for row in shown["contrasts"].to_dict("records"):
        for x in "ab":
            if (row["target"], row["lang"], row["outcome"], row[f"group_{x}"]) in hidden:
                assert pd.isna(row[f"n_{x}"])
                assert pd.isna(row[f"authors_{x}"])
