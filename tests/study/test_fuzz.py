"""Whatever a study file or an export holds, there is a report or one clear message; never a traceback."""

from __future__ import annotations

import contextlib
import csv
import os
import random
import tomllib
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from discourse.errors import DiscourseError
from discourse.shipped import shipped_path
from discourse.study.depend import named_files
from discourse.study.load import check_study, load_study
from discourse.study.provenance import portable_study
from discourse.study.run import run_study

RECIPE = tomllib.loads(shipped_path("reports", "tiktok-refugees", "study.toml").read_text(encoding="utf-8"))
ODD = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(2**70), 2**70),
    st.floats(),
    st.text(max_size=20),
    st.lists(st.text(max_size=5), max_size=3),
    st.dictionaries(st.text(max_size=8), st.integers(), max_size=3),
)


def places(value, path=()):
    """List the way to every value of a study."""
    yield path
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in items:
        yield from places(inner, (*path, key))


def changed(value, path, new):
    """Give a copy with one value replaced."""
    if not path:
        return new
    head, *rest = path
    copy = dict(value) if isinstance(value, dict) else list(value)
    copy[head] = changed(value[head], rest, new)
    return copy


WAYS = [path for path in places(RECIPE) if path]


@settings(max_examples=300)
@given(st.sampled_from(WAYS), ODD)
def test_one_odd_value_anywhere_is_taken_or_refused_plainly(path, value):
    with contextlib.suppress(DiscourseError):
        check_study(changed(RECIPE, path, value))


@settings(max_examples=100)
@given(st.binary(max_size=200) | st.text(max_size=200).map(lambda text: text.encode("utf-8", "replace")))
def test_any_bytes_as_a_study_file_are_refused_plainly(tmp_path_factory, content):
    file = tmp_path_factory.getbasetemp() / "any.toml"
    file.write_bytes(content)
    with pytest.raises(DiscourseError):
        load_study(file)


@pytest.mark.parametrize(
    "content",
    [
        pytest.param("a = " + "[" * 10_000 + "]" * 10_000, id="deep lists"),
        pytest.param("a = " + "{a=" * 5_000 + "1" + "}" * 5_000, id="deep tables"),
        pytest.param("version = " + "9" * 5_000, id="five thousand digits"),
        pytest.param('version = 1\n[study]\ntitle = "T"\n' + "k" * 100_000 + " = 1", id="long key"),
        pytest.param(f'version = 1\n[study]\ntimezone = "{"A" * 100_000}"', id="long value"),
    ],
)
def test_what_once_broke_the_reading_of_a_study_is_refused_briefly(tmp_path, content):
    file = tmp_path / "s.toml"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(DiscourseError) as caught:
        load_study(file)
    assert len(str(caught.value)) < 5_000
    assert "s.toml" in str(caught.value)


@pytest.mark.parametrize("key", ["path", "lexicon", "labels", "plan", "boundaries", "sheet", "name"])
@pytest.mark.parametrize(
    "path",
    ["file:///etc/passwd", "https://example.org/x.csv", "s3://b/x", "zip::http://e.org/x", "shipped:../../etc",
     "shipped:", "shipped:/etc", "\\u0000", "~nobody-of-this-name/x"],
)  # fmt: skip
def test_a_study_names_no_address_and_no_place_outside_what_is_shipped(tmp_path, key, path):
    parts = {"study": {"title": '"T"', "question": '"?"'}, "sources": {"path": '"posts.csv"'}}
    where = {"path": "sources", "lexicon": "codes", "labels": "topics", "plan": "study", "name": "scorer"}
    where |= {"boundaries": "places", "sheet": "quotes"}
    value = f"trained:{path}" if key == "name" else path
    parts.setdefault(where[key], {})[key] = f'"{value}"'
    if key == "lexicon":
        parts["codes"]["name"] = '"x"'
    lines = ["version = 1"]
    for part, values in parts.items():
        lines.append(f"[[{part}]]" if part in ("sources", "codes") else f"[{part}]")
        lines += [f"{name} = {value}" for name, value in values.items()]
    file = tmp_path / "s.toml"
    file.write_text("\n".join(lines), encoding="utf-8")
    with pytest.raises(DiscourseError, match=r"s\.toml"):
        load_study(file)


def test_a_title_that_looks_like_a_path_is_a_title():
    head = {"title": "/r/TikTok refugees", "question": "/"}
    study = check_study({"version": 1, "study": head, "sources": [{"path": "/data/posts.csv"}]})
    plain = portable_study(study)
    assert plain["study"]["title"] == "/r/TikTok refugees"
    assert plain["sources"][0]["path"] == "posts.csv"
    assert list(named_files(study)) == []  # nobody hashes the whole disk for a question


@pytest.mark.parametrize(
    ("part", "key"),
    [("replies", "permutations"), ("nearby", "window"), ("topics", "fits"), ("topics", "n_topics")],
)
def test_a_number_that_would_run_for_years_is_refused(part, key):
    head = {"title": "T", "question": "?"}
    with pytest.raises(DiscourseError, match=key):
        check_study({"version": 1, "study": head, "sources": [{"path": "x"}], part: {key: 10**12}})


@pytest.mark.parametrize(
    "path",
    [
        "../../etc/passwd",
        "/dev/zero",
        "/proc/self/environ",
        "~/.ssh/id_rsa",
        "C:\\x",
        "\x00",
        pytest.param("a" * 5000, id="long"),
    ],
)
def test_a_path_that_leads_elsewhere_is_refused_plainly(tmp_path, path):
    head = {"title": "T", "question": "?", "synthetic": True}
    study = check_study({"version": 1, "study": head, "sources": [{"path": path, "key": "k"}]})
    with pytest.raises(DiscourseError):
        run_study(study, tmp_path / "out", keep=False)


PIECES = (
    *(
        "#set page(width: 1pt)",
        "$sum$",
        "*",
        "`",
        "<script>alert(1)</script>",
        "&amp;",
        "]]>",
        "\\end{document}",
    ),
    *("%", "=cmd|' /C calc'!A0", "@SUM(1)", "+1", "-1", "\u202e", "\u200b", "\u0000", "\ud800", "\U0001f1fa"),
    *(
        "{{ 7 * 7 }}",
        "${7*7}",
        "TikTok难民",
        "the refugees",
        "欢迎",
        "hate",
        "🐱",
        "a" * 10_000,
        "\r\n",
        '"',
        ",",
    ),
    *(
        "(a+)+$",
        "[[",
        "{0}",
        "%s",
        "../../x",
        "ﷺ",
        "\u0301" * 50,
        "𠮷",
        "\U0010ffff",
        "\ufffe",
        "NULL",
        "nan",
    ),
)


def write_hostile(folder: Path, n: int, seed: int) -> None:
    rng = random.Random(seed)
    with (folder / "posts.csv").open("w", encoding="utf-8", errors="surrogatepass", newline="") as handle:
        rows = csv.writer(handle)
        rows.writerow(["comment_id", "note_id", "create_time", "ip_location", "content", "user_id", "nickname",
                       "avatar", "sub_comment_count", "pictures", "last_modify_ts", "parent_comment_id",
                       "like_count"])  # fmt: skip
        for i in range(n):
            text = "".join(rng.choice(PIECES) for _ in range(rng.randint(1, 6)))
            place = rng.choice(["广东", "美国", "=1+1", "<b>", ""])
            rows.writerow([f"c{i}", f"n{i % 9}", 1736700000000 + i * 60_000, place, text, f"u{i % 150}",
                           "x", "", 0, "", "", "0", rng.choice(["1", "1万+", "x", "-1", ""])])  # fmt: skip


HOSTILE = """
version = 1
[study]
title = "#let x = <i>Hostile</i>"
question = "= 1 + 1 *?*"
synthetic = true
[[sources]]
path = "posts.csv"
timezone = "Asia/Shanghai"
key = "fuzz"
[topics]
n_topics = 3
[[groups]]
name = "<b>hosts</b>"
all = [{ ip = ["CN-*"] }]
[[targets]]
use = "refugees"
"""


def run_hostile(folder, n, seed):
    write_hostile(folder, n, seed)
    (folder / "study.toml").write_text(HOSTILE, encoding="utf-8")
    summary = run_study(load_study(folder / "study.toml"), folder / "out", keep=False)
    assert Path(summary["report"]).stat().st_size > 10_000


def test_posts_of_hostile_pieces_give_a_report(tmp_path):
    run_hostile(tmp_path, 400, seed=1)


def test_a_corpus_smaller_than_the_smallest_cell_gives_a_report_that_tells_no_number(tmp_path):
    write_hostile(tmp_path, 1, seed=1)
    asks_less = "".join(f"[{part}]\nask = false\n" for part in ("replies", "likes", "places", "nearby"))
    (tmp_path / "study.toml").write_text(HOSTILE + asks_less, encoding="utf-8")
    study = load_study(tmp_path / "study.toml")
    summary = run_study(study, tmp_path / "out", keep=False, formats=["html"])
    assert Path(summary["report"]).stat().st_size > 10_000
    assert summary["posts"] is summary["authors"] is summary["threads"] is None


@pytest.mark.long
@settings(max_examples=int(os.environ.get("DISCOURSE_FUZZ_RUNS", "20")), deadline=None,
          suppress_health_check=list(HealthCheck))  # fmt: skip
@given(st.integers(0, 2**32), st.integers(1, 600))
def test_many_corpora_of_hostile_pieces_give_a_report(tmp_path_factory, seed, n):
    run_hostile(tmp_path_factory.mktemp("hostile"), n, seed)
