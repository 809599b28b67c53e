from __future__ import annotations

import json

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from discourse.errors import InputError, ParameterError
from discourse.report.cells import formula_plain, formula_safe, read_csv, write_csv
from discourse.report.findings import Findings
from discourse.tables import REPORT_TABLES


def _same(a: Findings, b: Findings) -> None:
    assert list(a.tables) == list(b.tables)
    for name in a.tables:
        pd.testing.assert_frame_equal(a.tables[name], b.tables[name])
    assert a.study == b.study
    assert a.provenance == b.provenance


def test_comes_back_from_its_folder_exactly(make_findings, tmp_path):
    findings = make_findings("zh")
    _same(findings, Findings.load(findings.save(tmp_path)))


def test_empty_findings_come_back_too(tmp_path):
    _same(Findings({}, {}), Findings.load(Findings({}, {}).save(tmp_path)))


def test_every_known_table_is_there_even_if_the_run_made_none():
    assert list(Findings({}, {}).tables) == [table.name for table in REPORT_TABLES]


def test_a_table_of_another_name_is_kept(make_findings, tmp_path):
    extra = pd.DataFrame({"a": [1, 2], "b": ["x", None], "c": [True, False], "d": [0.1, float("nan")]})
    findings = make_findings(tables={"extra": extra})
    pd.testing.assert_frame_equal(
        Findings.load(findings.save(tmp_path)).table("extra"), findings.table("extra")
    )


def test_the_same_findings_give_the_same_bytes(make_findings, tmp_path):
    make_findings().save(tmp_path / "a")
    make_findings().save(tmp_path / "b")
    files = sorted(p.relative_to(tmp_path / "a") for p in (tmp_path / "a").rglob("*") if p.is_file())
    assert len(files) == len(REPORT_TABLES) + 1
    for name in files:
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes()


def test_a_spreadsheet_opens_the_csv_as_utf8_and_runs_nothing(make_findings, tmp_path):
    events = pd.DataFrame(
        {
            "name": ["=1+1", "+a", "-b", "@c", "＝d", "难民"],
            "at": pd.Timestamp("2025-01-19T00:00Z"),
            "day": "2025-01-19",
        }
    )
    findings = make_findings(tables={"events": events})
    findings.save(tmp_path)
    raw = (tmp_path / "tables" / "events.csv").read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    cells = [line.split(",")[0] for line in raw.decode("utf-8-sig").splitlines()[1:]]
    assert cells == ["'=1+1", "'+a", "'-b", "'@c", "'＝d", "难民"]
    assert list(Findings.load(tmp_path).table("events")["name"]) == list(events["name"])


def test_a_negative_number_is_no_formula(tmp_path):
    write_csv(pd.DataFrame({"x": [-0.5]}), tmp_path / "x.csv")
    assert (tmp_path / "x.csv").read_text(encoding="utf-8-sig") == "x\n-0.5\n"


@given(st.text())
def test_escaping_a_cell_can_be_undone(text):
    assert formula_plain(formula_safe(text)) == text
    assert not formula_safe(text).startswith(("=", "+", "-", "@", "\t", "\r", "＝"))


_texts = st.one_of(st.none(), st.text(st.characters(codec="utf-8"), max_size=20))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(
    rows=st.lists(
        st.tuples(_texts, st.one_of(st.none(), st.integers(-(2**62), 2**62)), st.floats(allow_infinity=True))
    )
)
def test_any_table_reads_back_as_it_was_written(tmp_path, rows):
    frame = pd.DataFrame(
        {
            "text": pd.Series([r[0] for r in rows], dtype="str"),
            "count": pd.Series([r[1] for r in rows], dtype="Int64"),
            "figure": pd.Series([r[2] for r in rows], dtype="float64"),
            "tags": pd.Series([[r[0] or ""] for r in rows], dtype=object),
        }
    )
    write_csv(frame, tmp_path / "t.csv")
    dtypes = {"text": "str", "count": "Int64", "figure": "float64", "tags": "list[str]"}
    pd.testing.assert_frame_equal(read_csv(tmp_path / "t.csv", dtypes), frame)


def test_an_unpaired_surrogate_harms_neither_file(make_findings, tmp_path):
    words = pd.Series(["a\ud83d"], dtype=object)
    limits = pd.DataFrame({"topic": ["time"], "text": words})
    findings = make_findings(tables={"limits": limits}, study={"title": "lone \udc00"})
    loaded = Findings.load(findings.save(tmp_path))
    assert loaded.table("limits")["text"].iloc[0] == "a⟨U+D83D⟩"
    assert loaded.setting("title") == "lone \udc00"


def test_reads_a_key_from_the_top_or_from_the_study_table():
    assert Findings({}, {"seed": 1, "study": {"seed": 2}}).setting("seed") == 1
    assert Findings({}, {"study": {"seed": 2}}).setting("seed") == 2
    assert Findings({}, {}).setting("seed") is None


def test_refuses_a_table_that_lacks_a_column():
    with pytest.raises(ParameterError, match="lacks"):
        Findings({"events": pd.DataFrame({"name": ["x"]})}, {})


def test_refuses_a_folder_without_a_run(tmp_path):
    with pytest.raises(InputError, match="no finished run"):
        Findings.load(tmp_path)


def test_refuses_a_damaged_or_foreign_run(make_findings, tmp_path):
    make_findings().save(tmp_path)
    (tmp_path / "run.json").write_text("{", encoding="utf-8")
    with pytest.raises(InputError, match="damaged"):
        Findings.load(tmp_path)
    (tmp_path / "run.json").write_text(json.dumps({"format": 99}), encoding="utf-8")
    with pytest.raises(InputError, match="not a run of ours"):
        Findings.load(tmp_path)


def test_refuses_a_table_whose_columns_somebody_changed(make_findings, tmp_path):
    make_findings().save(tmp_path)
    path = tmp_path / "tables" / "events.csv"
    path.write_text(path.read_text(encoding="utf-8-sig").replace("name", "title", 1), encoding="utf-8-sig")
    with pytest.raises(InputError, match="was changed"):
        Findings.load(tmp_path)
    path.unlink()
    with pytest.raises(InputError, match="missing"):
        Findings.load(tmp_path)


def test_a_run_of_an_earlier_version_loads_with_later_columns_unknown(tmp_path):
    events = pd.DataFrame(
        {"name": ["x"], "at": pd.to_datetime(["2025-01-13"], utc=True), "day": ["2025-01-13"]}
    )
    Findings({"events": events}, {}).save(tmp_path)
    listing = json.loads((tmp_path / "run.json").read_text(encoding="utf-8"))
    entry = next(t for t in listing["tables"] if t["name"] == "events")
    entry["columns"] = [c for c in entry["columns"] if c["name"] != "day"]
    (tmp_path / "run.json").write_text(json.dumps(listing), encoding="utf-8")
    lines = (tmp_path / "tables" / "events.csv").read_text(encoding="utf-8-sig").splitlines()
    short = "\r\n".join(",".join(line.split(",")[:2]) for line in lines) + "\r\n"
    (tmp_path / "tables" / "events.csv").write_text(short, encoding="utf-8-sig", newline="")
    loaded = Findings.load(tmp_path).table("events")
    assert loaded["name"].tolist() == ["x"]
    assert loaded["day"].isna().all()


@pytest.mark.parametrize(
    ("file", "content"),
    [
        ("run.json", b"[" * 20_000),
        ("run.json", b'{"format": 1}'),
        ("run.json", b'{"format": 1, "study": {}, "provenance": {}, "tables": [3]}'),
        ("run.json", b'{"format": 1, "study": [], "provenance": {}, "tables": []}'),
        ("run.json", b'{"format": 1, "study": {}, "provenance": {}, "tables": [{"name": "../../x", "columns": []}]}'),
        ("tables/contrasts.csv", b"\xff\xfe\x00"),
    ],
)  # fmt: skip
def test_a_run_that_somebody_broke_or_forged_is_refused_in_words(make_findings, tmp_path, file, content):
    make_findings().save(tmp_path)
    assert (tmp_path / file).exists()
    (tmp_path / file).write_bytes(content)
    with pytest.raises(InputError, match="damaged"):
        Findings.load(tmp_path)
