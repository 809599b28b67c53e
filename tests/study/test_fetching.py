"""A study whose posts lie at urls: opened with leave only, and with the tables of the same posts on this machine."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import fsspec
import pytest

from discourse.cli import main
from discourse.corpus.read import import_exports
from discourse.errors import InputError, StudyError
from discourse.study.coding_frame import coding_frame
from discourse.study.depend import dependence
from discourse.study.fetching import sources_here
from discourse.study.forget import _kept_corpora
from discourse.study.load import load_study
from discourse.study.outlook import outlook
from discourse.study.progress import Silent
from discourse.study.run import run_study
from discourse.study.store import Store
from discourse.study.tables import study_tables

STUDY = """
version = 1
[study]
title = "Far away"
question = "Is it the same?"
synthetic = true
[[sources]]
path = "{path}"
{more}
[topics]
n_topics = 2
[[groups]]
name = "hosts"
all = [{{ ip = ["CN-*"] }}]
[[targets]]
use = "refugees"
"""
SAID = ("欢迎TikTok难民来小红书", "这些难民太吵了", "I love the TikTok refugees", "the refugees are annoying")


def csv(n=60, of=SAID):
    rows = [f"{i},{of[i % len(of)]} {i},{'广东' if i % 3 else '美国'},u{i % 20}" for i in range(n)]
    return "\n".join(["id,评论内容,IP属地,user_id", *rows]) + "\n"


@pytest.fixture
def memory():
    system = fsspec.filesystem("memory")
    yield lambda path, text: system.pipe_file(path, text if isinstance(text, bytes) else text.encode())
    system.store.clear()
    system.pseudo_dirs[:] = [""]


def put(folder, memory, place):
    for file in sorted(p for p in folder.rglob("*") if p.is_file()):
        memory(f"{place}/{file.relative_to(folder).as_posix()}", file.read_bytes())


def write(folder, path, more='key = "k"'):
    folder.mkdir(exist_ok=True)
    file = folder / "study.toml"
    file.write_text(STUDY.format(path=path, more=more), encoding="utf-8")
    return file


def tables(out):
    return {
        p.name: hashlib.sha256(p.read_bytes()).hexdigest()
        for p in sorted((out / "tables").rglob("*"))
        if p.is_file()
    }


def everything(out):
    files = [p for p in out.rglob("*") if p.is_file()]
    return b"".join(str(p).encode() + p.read_bytes() for p in files if p.suffix not in (".png", ".pdf"))


@pytest.mark.parametrize("url", ["memory://u:s3cret@in/posts.csv", "s3://b/x", "file:///x", "zip::file:///x"])
def test_without_leave_no_url_of_a_study_is_opened(tmp_path, url, monkeypatch, capsys):
    monkeypatch.setattr("discourse.corpus.remote._open", lambda url: pytest.fail("a url was opened"))
    monkeypatch.setattr(
        "sys.argv", ["discourse", "run", str(write(tmp_path, url)), "--out", str(tmp_path / "o")]
    )
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    with pytest.raises(SystemExit) as ended:
        main()
    said = capsys.readouterr().err
    assert ended.value.code == 2
    assert "--allow-urls" in said
    assert "s3cret" not in said
    assert not (tmp_path / "o").exists()


def test_a_url_that_was_typed_is_the_users_own(tmp_path):
    study = write(tmp_path, "posts.csv")
    loaded = load_study(study, ["sources.0.path=memory://in/posts.csv"])
    assert loaded.sources[0].path == "memory://in/posts.csv"
    with pytest.raises(StudyError, match="an address"):
        load_study(study, ["study.plan=memory://in/plan.json"], allow_urls=True)


def test_a_file_url_is_the_file(tmp_path):
    url = (tmp_path / "posts.csv").as_uri()
    assert load_study(write(tmp_path, url), allow_urls=True).sources[0].path == str(tmp_path / "posts.csv")


def test_exports_at_a_url_give_the_tables_of_the_same_exports_here(tmp_path, memory, monkeypatch, capsys):
    memory("/in/posts.csv", csv())
    here = tmp_path / "here"
    local = write(here, "posts.csv")
    (here / "posts.csv").write_bytes(csv().encode())
    run_study(load_study(local), tmp_path / "local", formats=["html"])
    far = write(tmp_path / "far", "memory://ann:s3cret@in/posts.csv?sig=tok3n")
    # what memory:// would take for a part of the name
    memory("/ann:s3cret@in/posts.csv?sig=tok3n", csv())
    order = [
        "discourse",
        "run",
        str(far),
        "--out",
        str(tmp_path / "out"),
        "--allow-urls",
        "--formats",
        "html",
    ]
    monkeypatch.setattr("sys.argv", order)
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 0
    told = capsys.readouterr()
    assert tables(tmp_path / "out") == tables(tmp_path / "local")
    run = json.loads((tmp_path / "out" / "run.json").read_text(encoding="utf-8"))["provenance"]
    assert run["urls"] == ["memory://in/posts.csv"]
    assert "memory://in/posts.csv" in told.err
    held = everything(tmp_path / "out") + (told.out + told.err).encode()
    assert b"s3cret" not in held
    assert b"tok3n" not in held
    assert not list((tmp_path / "out").rglob("posts.csv"))  # raw exports hold names
    with pytest.raises(InputError, match="kept no copy"):
        coding_frame(tmp_path / "out", None)


def test_a_kept_corpus_is_copied_anew_only_when_it_changed(tmp_path, memory):
    (tmp_path / "posts.csv").write_bytes(csv().encode())
    import_exports(tmp_path / "posts.csv", tmp_path / "corpus", key=b"k")
    put(tmp_path / "corpus", memory, "/c")
    study = load_study(write(tmp_path / "far", "memory://c", ""), allow_urls=True)
    store = Store(tmp_path / "out" / "store")
    with sources_here(study, store, Silent()) as first:
        pass
    assert (Path(first.places[0]) / "corpus.json").is_file()
    with sources_here(study, store, Silent()) as again:
        assert again == first
    assert outlook(study, tmp_path / "out")["state"].iloc[0] == "kept"
    # whoever is to be forgotten is looked for in it, too
    assert _kept_corpora([tmp_path / "out"]) == [Path(first.places[0])]
    (tmp_path / "posts.csv").write_bytes(csv(80).encode())
    import_exports(tmp_path / "posts.csv", tmp_path / "corpus", key=b"k")
    put(tmp_path / "corpus", memory, "/c")
    with sources_here(study, store, Silent()) as changed:
        assert changed.places != first.places
    assert not list((tmp_path / "out").rglob("making-*"))


def test_raw_exports_are_looked_at_anew_and_leave_no_copy(tmp_path, memory):
    memory("/in/posts.csv", csv())
    study = load_study(write(tmp_path, "memory://in/posts.csv"), allow_urls=True)
    store = Store(tmp_path / "out" / "store")
    with sources_here(study, store, Silent()) as here:
        before = Path(here.study.sources[0].path)
        assert before.read_text(encoding="utf-8") == csv()
        first = dependence(here.study).corpus(here.study.sources[0])
    assert not before.exists()
    with sources_here(study, store, Silent()) as here:  # the corpus made of them is used again
        assert dependence(here.study).corpus(here.study.sources[0]) == first
    assert here.places == ("memory://in/posts.csv",)
    memory("/in/posts.csv", csv(61))
    with sources_here(study, store, Silent()) as here:
        assert Path(here.study.sources[0].path).read_text(encoding="utf-8") == csv(61)


def test_a_failing_url_leaves_nothing_behind(tmp_path):
    study = load_study(write(tmp_path, "memory://nowhere/posts.csv"), allow_urls=True)
    with pytest.raises(InputError, match="no such file"):
        run_study(study, tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_other_commands_say_who_opens_urls(tmp_path):
    study = load_study(write(tmp_path, "memory://in/posts.csv"), allow_urls=True)
    with pytest.raises(StudyError, match="names a url"):
        study_tables(study, ["corpus_description"])


@pytest.mark.parametrize("out", ["s3://bucket/out", Path("s3://bucket/out")])
def test_results_of_a_run_stay_on_this_machine(tmp_path, out):
    with pytest.raises(InputError, match="written on this machine"):
        run_study(load_study(write(tmp_path, "posts.csv")), out)
