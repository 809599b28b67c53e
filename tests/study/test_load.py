"""A study file is checked before anything runs, and each mistake gets one message."""

from __future__ import annotations

import datetime as dt

import pytest

from discourse.errors import StudyError
from discourse.study.load import check_study, load_study, notices
from discourse.study.questions import parse_expectation

BASE = {"version": 1, "study": {"title": "T", "question": "Q?"}, "sources": [{"path": "posts.csv"}]}

MISTAKES = [
    # what is written, what the message must name, what it must offer
    ({"studdy": {}}, "'studdy'", "'study'"),
    ({"study": {"title": "T", "question": "Q", "langauge": "en"}}, "'langauge'", "'language'"),
    ({"study": {"title": "T", "question": "Q", "language": "zg"}}, "study.language", "'zh'"),
    (
        {"study": {"title": "T", "question": "Q", "timezone": "Asia/Beijing"}},
        "study.timezone",
        "Asia/Shanghai",
    ),
    ({"study": {"title": "T", "question": "Q", "seed": -1}}, "study.seed", "greater than or equal to 0"),
    ({"study": {"title": "T", "question": "Q", "min_cell": 0}}, "study.min_cell", "1"),
    ({"groups": [{"name": "a", "any": [{"ipp": ["US"]}]}]}, "'ipp'", "'ip'"),
    ({"groups": [{"name": "a"}]}, "groups[1]", "any, all, not"),
    ({"groups": [{"name": "a", "all": [{}]}]}, "groups[1].all[1]", "signal"),
    ({"groups": [{"name": "all", "all": [{"ip": "US"}]}]}, "groups[1].name", "reserved"),
    ({"groups": [{"name": "a", "all": [{"ip": "US"}]}] * 2}, "'a'", "twice"),
    ({"targets": [{}]}, "targets[1]", "use, file"),
    ({"targets": [{"use": "refugees", "file": "x.toml"}]}, "targets[1]", "use, file"),
    ({"study": {"title": "T", "question": "Q", "interval": "bootstrp"}}, "study.interval", "'bootstrap'"),
    ({"scorer": {"neutral": 1.5}}, "scorer.neutral", "less than 1"),
    ({"topics": {"n_topics": 1}}, "topics.n_topics", "at least 2"),
    ({"events": [{"name": "x", "at": "2025-01-19T11:30:00"}]}, "events[1].at", "zone"),
    (
        {"questions": [{"id": "H", "text": "?", "outcome": "mood:x", "groups": ["a"]}]},
        "outcome",
        "stance:NAME",
    ),
    ({"questions": [{"id": "H", "text": "?", "outcome": "stance:x", "groups": []}]}, "groups", "1"),
    (
        {"questions": [{"id": "H", "text": "?", "outcome": "stance:x", "groups": ["a"], "expect": "= 0"}]},
        "expect",
        "'> 0'",
    ),
    ({"quotes": {"policy": "verbatim"}}, "quotes", "consent"),
    ({"sources": []}, "sources", "1"),
    ({"sources": [{"path": "x", "key": "secret"}]}, "study", "synthetic"),
    ({"version": 2}, "version", "1"),
    ({"validation": {"code": "codes"}}, "'code'", "'codes'"),
    ({"validation": {"codes": "codes", "method": "ppi"}}, "validation.method", "'ppi++'"),
    ({"validation": {}}, "validation.codes", "missing"),
]


@pytest.mark.parametrize(("change", "named", "offered"), MISTAKES)
def test_names_the_mistake_and_offers_a_way_out(change, named, offered):
    with pytest.raises(StudyError) as caught:
        check_study(BASE | change, where="s.toml")
    message = str(caught.value)
    assert named in message
    assert offered in message
    assert "s.toml" in message
    assert caught.value.exit_code == 2


def test_a_question_about_an_undeclared_group_is_a_mistake():
    groups = [{"name": "hosts", "all": [{"ip": "CN-*"}]}]
    question = {"id": "H", "text": "?", "outcome": "stance:refugees", "groups": ["host"]}
    with pytest.raises(StudyError, match="undeclared group 'host'"):
        check_study(BASE | {"groups": groups, "questions": [question]})


def test_what_is_not_built_yet_is_said_plainly():
    asked = {
        "quotes": {"policy": "paraphrase"},
    }
    said = notices(check_study(BASE | asked))
    assert len(said) == len(asked)
    assert all("yet" in sentence or "does not" in sentence or "not built" in sentence for sentence in said)


def test_the_template_of_init_is_a_valid_study():
    from importlib.resources import files

    text = files("discourse.study").joinpath("template.toml").read_text(encoding="utf-8")
    import tomllib

    study = check_study(tomllib.loads(text))
    assert [group.name for group in study.groups] == ["newcomers", "hosts"]
    assert notices(study) == []


def test_paths_are_read_from_the_folder_of_the_study(tmp_path):
    folder = tmp_path / "研究 one"
    folder.mkdir()
    path = folder / "study.toml"
    path.write_text(
        'version = 1\n[study]\ntitle = "T"\nquestion = "Q"\n[[sources]]\npath = "exports"\n',
        encoding="utf-8-sig",
    )
    assert load_study(path).sources[0].path == str((folder / "exports").resolve())


def test_overrides_replace_values_of_the_file(tmp_path):
    path = tmp_path / "s.toml"
    path.write_text(
        'version = 1\n[study]\ntitle = "T"\nquestion = "Q"\n[[sources]]\npath = "a"\n', encoding="utf-8"
    )
    study = load_study(
        path, ["study.seed=7", "study.language=zh", "sources.0.path=b.csv", "topics.n_topics=4"]
    )
    assert (study.study.seed, study.study.language, study.topics.n_topics) == (7, "zh", 4)
    assert study.sources[0].path.endswith("b.csv")


@pytest.mark.parametrize("override", ["study.seed", "=7", "sources.5.path=x", "study.sed=7", "study.seed=x"])
def test_an_override_that_cannot_be_used_is_a_mistake(tmp_path, override):
    path = tmp_path / "s.toml"
    path.write_text(
        'version = 1\n[study]\ntitle = "T"\nquestion = "Q"\n[[sources]]\npath = "a"\n', encoding="utf-8"
    )
    with pytest.raises(StudyError):
        load_study(path, [override])


def test_a_file_that_is_not_toml_names_the_line(tmp_path):
    path = tmp_path / "s.toml"
    path.write_text("version = 1\n[study\n", encoding="utf-8")
    with pytest.raises(StudyError, match="line 2"):
        load_study(path)


def test_a_missing_file_says_how_to_write_one(tmp_path):
    with pytest.raises(StudyError, match="discourse init"):
        load_study(tmp_path / "none.toml")


@pytest.mark.parametrize(
    ("text", "meant"), [("> 0", (">", 0.0)), ("<0.1", ("<", 0.1)), (" > -2 ", (">", -2.0))]
)
def test_reads_expectations(text, meant):
    assert parse_expectation(text) == meant


def test_folders_of_codes_lie_beside_the_study(tmp_path):
    text = (
        'version = 1\n[study]\ntitle = "T"\nquestion = "Q?"\nplan = "plan.json"\n[[sources]]\npath = "p.csv"\n'
        '[validation]\ncodes = "codes"\ntwins = "twins"\n'
    )
    (tmp_path / "s.toml").write_text(text, encoding="utf-8")
    study = load_study(tmp_path / "s.toml")
    assert study.validation.folders == (str(tmp_path / "codes"),)
    assert study.validation.twins == str(tmp_path / "twins")
    assert study.study.plan == str(tmp_path / "plan.json")
    several = load_study(tmp_path / "s.toml", ['validation.codes=["a", "b"]'])
    assert several.validation.folders == (str(tmp_path / "a"), str(tmp_path / "b"))


def test_the_path_of_an_outside_series_lies_beside_the_study(tmp_path):
    series = '[[series]]\npath = "views.csv"\ndate = "d"\nvalue = "v"\nlabel = "L"\n'
    (tmp_path / "study.toml").write_text(
        'version = 1\n[study]\ntitle = "T"\nquestion = "Q?"\n[[sources]]\npath = "x"\n' + series,
        encoding="utf-8",
    )
    assert load_study(tmp_path / "study.toml").series[0].path == str((tmp_path / "views.csv").resolve())


@pytest.mark.parametrize(
    ("part", "said"),
    [
        ({"phases": [{"name": "a"}, {"name": "a"}]}, "declared twice"),
        ({"phases": [{"name": "a", "from": dt.datetime(2025, 1, 1)}]}, "zone"),
        ({"robustness": {"questions": ["H9"]}}, "undeclared question"),
        ({"robustness": {"neutral": [0.1, 0.1]}}, "each choice once"),
        ({"robustness": {"groups": ["none"]}}, "declared"),
    ],
)
def test_refuses_phases_and_choices_that_cannot_be(part, said):
    with pytest.raises(StudyError, match=said):
        check_study(BASE | part)


def test_a_phase_begins_on_a_day_or_at_a_moment():
    moment = dt.datetime(2025, 1, 19, tzinfo=dt.UTC)
    given = [{"name": "a"}, {"name": "b", "from": dt.date(2025, 1, 13)}, {"name": "c", "from": moment}]
    phases = check_study(BASE | {"phases": given}).phases
    assert [phase.start for phase in phases] == [None, dt.date(2025, 1, 13), moment]
    assert not isinstance(phases[1].start, dt.datetime)


@pytest.mark.parametrize(
    ("question", "message"),
    [
        ({"outcome": "frame:nowhere"}, "undeclared frame 'nowhere'"),
        ({"outcome": "contact:any", "event": "nothing"}, "undeclared event 'nothing'"),
        ({"outcome": "return:soon"}, "return:7"),
        ({"outcome": "mood:good"}, "place:NAME"),
    ],
)
def test_a_question_about_what_is_not_declared_is_refused(question, message):
    base = {"version": 1, "study": {"title": "T", "question": "Q?"}, "sources": [{"path": "x"}]}
    asked = {"id": "C", "text": "?", "groups": ["all"], **question}
    with pytest.raises(StudyError, match=message):
        check_study(base | {"questions": [asked]})


def test_the_analyses_that_are_asked_by_default_can_be_left_out():
    base = {"version": 1, "study": {"title": "T", "question": "Q?"}, "sources": [{"path": "x"}]}
    names = ("replies", "likes", "places", "nearby")
    assert all(getattr(check_study(base), name).ask for name in names)
    none = check_study(base | {name: {"ask": False} for name in names})
    assert not any(getattr(none, name).ask for name in names)


@pytest.mark.parametrize(
    "override",
    ["sources.0=1", "sources.9=1", "sources.²=1", "sources.x=1", "sources.-1=1", "version.x=1", "study.title.x=1",
     ".=1", "sources.0.path.x=1", "study.seed=" + "9" * 5000, "study.title=" + "[" * 5000],
)  # fmt: skip
def test_an_override_of_what_there_is_not_is_refused_in_words(tmp_path, override):
    file = tmp_path / "s.toml"
    text = 'version = 1\n[study]\ntitle = "T"\nquestion = "?"\n[[sources]]\npath = "x"\n'
    file.write_text(text, encoding="utf-8")
    if override.startswith("study.title=["):  # a bare word is a text
        assert load_study(file, [override]).study.title.startswith("[")
        return
    with pytest.raises(StudyError):
        load_study(file, [override])
