"""What lies at a url is read as the same files of this machine would be: whole, of one version, without secrets."""

from __future__ import annotations

import gc
import json
import socket
import zipfile
from pathlib import Path

import fsspec
import pytest
from fsspec.implementations.memory import MemoryFileSystem

from discourse.cli import main
from discourse.corpus.audit import audit_corpus
from discourse.corpus.corpus import Corpus
from discourse.corpus.explain import explain_import
from discourse.corpus.read import import_exports, read_posts
from discourse.corpus.remote import at_hand, look
from discourse.errors import InputError, MissingExtra

KEY = b"a key for tests"
CSV = "id,评论内容,IP属地\n1,欢迎你们,广东\n2,hello there,美国\n"


@pytest.fixture
def memory():
    """Put files at memory:// urls; they are taken away again."""
    system = fsspec.filesystem("memory")
    yield lambda path, text: system.pipe_file(path, text if isinstance(text, bytes) else text.encode())
    system.store.clear()
    system.pseudo_dirs[:] = [""]


@pytest.fixture
def failing(monkeypatch):
    """Let memory:// fail as the driver of a distant host would."""

    def fail(error):
        def info(self, path, **options):
            raise error

        monkeypatch.setattr(MemoryFileSystem, "info", info)

    return fail


def chained(error, cause):
    error.__cause__ = cause
    return error


def folder_of(tmp_path):
    folder = tmp_path / "exports"
    (folder / "deep").mkdir(parents=True)
    (folder / "deep" / "posts.csv").write_text(CSV, encoding="utf-8")
    return folder


def test_an_export_at_a_url_is_read_as_a_file_is(tmp_path, memory):
    memory("/in/posts.csv", CSV)
    (tmp_path / "posts.csv").write_text(CSV, encoding="utf-8")
    there, here = read_posts("memory://in/posts.csv", key=KEY), read_posts(tmp_path / "posts.csv", key=KEY)
    assert there.fingerprint == here.fingerprint
    assert there.to_pandas().equals(here.to_pandas())
    assert read_posts((tmp_path / "posts.csv").as_uri(), key=KEY).fingerprint == here.fingerprint


def test_no_copy_of_raw_exports_stays(tmp_path, memory, monkeypatch):
    memory("/in/posts.csv", CSV)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "temporary"))
    (tmp_path / "temporary").mkdir()
    corpus = read_posts("memory://in/posts.csv", key=KEY)
    assert len(corpus) == 2
    assert list((tmp_path / "temporary").iterdir()) == []


def test_a_folder_and_a_chain_are_read_as_a_folder_is(tmp_path, memory):
    folder = folder_of(tmp_path)
    memory("/exports/deep/posts.csv", CSV)
    memory("/exports/.hidden/posts.csv", "not read")
    with zipfile.ZipFile(tmp_path / "exports.zip", "w") as packed:
        packed.write(folder / "deep" / "posts.csv", "deep/posts.csv")
    here = read_posts(folder, key=KEY)
    for url in ("memory://exports", f"zip://::{(tmp_path / 'exports.zip').as_uri()}"):
        there = read_posts(url, key=KEY)
        assert there.fingerprint == here.fingerprint
        assert there.to_pandas()["source_file"].tolist() == here.to_pandas()["source_file"].tolist()


def test_an_imported_corpus_at_a_url_is_opened_and_its_copy_taken_away_after_it(tmp_path, memory):
    import_exports(folder_of(tmp_path), tmp_path / "corpus", key=KEY)
    for file in sorted(p for p in (tmp_path / "corpus").rglob("*") if p.is_file()):
        memory(f"/c/{file.relative_to(tmp_path / 'corpus').as_posix()}", file.read_bytes())
    corpus, kept = read_posts("memory://c"), Corpus.load(tmp_path / "corpus")
    assert corpus.fingerprint == kept.fingerprint
    assert corpus.to_pandas().equals(kept.to_pandas())
    assert audit_corpus("memory://c").equals(audit_corpus(tmp_path / "corpus"))
    place = Path(corpus._parts[0])
    assert place.is_file()
    del corpus
    gc.collect()
    assert not place.exists()
    assert len(Corpus.load("memory://c")) == 2


def test_an_import_says_of_each_file_from_which_url_it_came(tmp_path, memory):
    memory("/in/posts.csv", CSV)
    import_exports(["memory://in/posts.csv"], tmp_path / "corpus", key=KEY)
    (known,) = json.loads((tmp_path / "corpus" / "corpus.json").read_text(encoding="utf-8"))["inputs"]
    assert (known["file"], known["url"]) == ("posts.csv", "memory://in/posts.csv")
    assert import_exports("memory://in/posts.csv", tmp_path / "corpus", key=KEY)["new_files"] == 0
    assert explain_import(["memory://in/posts.csv"])[0]["importer"] == "generic"


def test_a_changed_object_is_of_another_version_and_an_unchanged_one_is_not(memory):
    memory("/in/posts.csv", CSV)
    first = look("memory://in/posts.csv")
    assert look("memory://in/posts.csv").version == first.version is not None
    memory("/in/posts.csv", CSV.replace("hello", "howdy"))
    assert look("memory://in/posts.csv").version != first.version
    assert look("memory://in/posts.csv").key == first.key


def test_what_changes_while_it_is_copied_is_refused(tmp_path, memory, monkeypatch):
    memory("/in/posts.csv", CSV)
    copied = MemoryFileSystem.get_file

    def meddled(self, *args, **options):
        copied(self, *args, **options)
        memory("/in/posts.csv", CSV + "3,x,y\n")

    monkeypatch.setattr(MemoryFileSystem, "get_file", meddled)
    with pytest.raises(InputError, match="changed while it was copied"):
        import_exports("memory://in/posts.csv", tmp_path / "corpus", key=KEY)
    assert not (tmp_path / "corpus").exists()


def test_a_copy_that_ends_early_is_no_copy(tmp_path, memory, monkeypatch):
    memory("/in/posts.csv", CSV)
    monkeypatch.setattr(MemoryFileSystem, "get_file", lambda self, a, b: Path(b).write_bytes(b"id,"))
    with pytest.raises(InputError, match="ended early"):
        import_exports("memory://in/posts.csv", tmp_path / "corpus", key=KEY)
    assert not (tmp_path / "corpus").exists()


def test_a_disk_without_room_is_said_before_anything_is_copied(tmp_path, memory, monkeypatch):
    memory("/in/posts.csv", CSV)
    monkeypatch.setattr("discourse.corpus.remote.shutil.disk_usage", lambda folder: _Full)
    with pytest.raises(InputError, match="no room"):
        read_posts("memory://in/posts.csv", key=KEY)


class _Full:
    free = 1


def test_names_that_lead_out_of_the_copy_are_refused(tmp_path):
    with zipfile.ZipFile(tmp_path / "bad.zip", "w") as packed:
        packed.writestr("a/../../../out.csv", CSV)
    with pytest.raises(InputError, match="not safe"):
        read_posts(f"zip://::{(tmp_path / 'bad.zip').as_uri()}", key=KEY)
    assert not list(tmp_path.rglob("out.csv"))


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (FileNotFoundError("gone"), "no such file"),
        (PermissionError("403"), "may not be read"),
        (socket.gaierror(-2, "Name or service not known"), "host of the url is not found"),
        (TimeoutError(), "does not answer in time"),
        (ConnectionRefusedError("refused"), "cannot be reached"),
        (chained(FileNotFoundError("x"), socket.gaierror(-2, "unknown")), "is not found"),
        (KeyError("of a driver"), "cannot be read"),
    ],
)
def test_whatever_a_driver_raises_is_one_message(tmp_path, failing, error, said, capsys, monkeypatch):
    failing(error)
    url = "memory://ann:s3cret@host/posts.csv?sig=tok3n"
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    for order in (["import", url, "--out", str(tmp_path / "corpus")], ["kwic", url, "x"], ["audit", url]):
        monkeypatch.setattr("sys.argv", ["discourse", *order])
        with pytest.raises(SystemExit) as ended:
            main()
        told = capsys.readouterr()
        assert ended.value.code == 2
        assert said in told.err
        assert "Traceback" not in told.err
        assert not any(secret in told.err + told.out for secret in ("s3cret", "tok3n", "ann:"))
    assert not (tmp_path / "corpus").exists()


def test_what_a_driver_says_is_told_unless_a_secret_is_in_it(failing):
    failing(OSError("the bucket lives in another region"))
    with pytest.raises(InputError, match="another region"):
        look("memory://host/posts.csv")
    failing(OSError("bad password: pass%word of ann"))
    with pytest.raises(InputError, match=r"\(OSError\)"):
        look("memory://ann:pass%25word@host/posts.csv")


def test_a_missing_driver_is_named_with_what_to_install(monkeypatch):
    def missing(scheme):
        raise ImportError("Install s3fs to access S3")

    monkeypatch.setattr("fsspec.get_filesystem_class", missing)
    with pytest.raises(MissingExtra) as error:
        read_posts("s3://key:s3cret@bucket/posts.csv", key=KEY)
    assert error.value.hint == "pip install s3fs"
    assert error.value.exit_code == 2
    assert "s3cret" not in str(error.value)


@pytest.mark.parametrize("url", ["nothing://x/y.csv", "reference://x", "zip://a::nothing://x"])
def test_what_fsspec_does_not_read_as_files_is_refused(url):
    with pytest.raises(InputError, match="nothing here reads"):
        read_posts(url, key=KEY)


def test_messages_about_a_copy_name_the_url(memory):
    memory("/in/posts.csv", b"\x00\x01\x02" * 50)
    with pytest.raises(InputError) as error, at_hand(["memory://in/posts.csv"]) as ((path,), _):
        raise InputError("it is bad", where=f"{path}, line 1")
    assert error.value.where == "memory://in/posts.csv, line 1"


@pytest.mark.parametrize("command", ["import", "export"])
def test_results_stay_on_this_machine(tmp_path, capsys, monkeypatch, command):
    monkeypatch.setattr("sys.argv", ["discourse", command, str(folder_of(tmp_path)), "--out", "s3://b/c.csv"])
    if command == "export":
        import_exports(tmp_path / "exports", tmp_path / "corpus", key=KEY)
        monkeypatch.setattr(
            "sys.argv", ["discourse", "export", str(tmp_path / "corpus"), "--out", "s3://b/c.csv"]
        )
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 2
    assert "results are written on this machine" in capsys.readouterr().err
