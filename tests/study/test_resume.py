"""A run that was killed goes on where it was, and ends with the same bytes."""

from __future__ import annotations

import csv
import errno
import hashlib
import os
import random
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time

import pytest

from discourse.errors import InputError
from discourse.study import run
from discourse.study.depend import dependence
from discourse.study.load import load_study
from discourse.study.outlook import outlook
from discourse.study.run import prepare, run_study
from discourse.study.store import Store

STUDY = """
version = 1
[study]
title = "Resuming"
question = "Does it go on?"
synthetic = true
[[sources]]
path = "comments.csv"
timezone = "Asia/Shanghai"
key = "resume"
[topics]
n_topics = 3
[[groups]]
name = "hosts"
all = [{ ip = ["CN-*"] }]
[[targets]]
use = "refugees"
replies = true
"""
OTHER_FORMATS = {"report.html", "report.docx"}
SAID = (
    "欢迎TikTok难民来小红书，猫猫照片交一下",
    "这些难民太吵了，把我的首页还给我",
    "I love the TikTok refugees, they are so funny",
    "the refugees are annoying, my page is gone",
    "今天教他们写作业，很有意思",
    "cat tax paid, thank you for the warm welcome",
)


@pytest.fixture
def study(tmp_path):
    """A study of 240 comments, in a folder of its own."""
    return write_study(tmp_path / "study")


@pytest.fixture(scope="module")
def whole_run(tmp_path_factory):
    """The folder of a run that nothing disturbed and that keeps no store."""
    folder = tmp_path_factory.mktemp("whole")
    run_study(load_study(write_study(folder / "study")), folder / "out", keep=False)
    return folder / "out"


@pytest.fixture(scope="module")
def whole(whole_run):
    """The results of that run."""
    return digest(whole_run)


@pytest.fixture(scope="module")
def asked():
    """What the run of `kept` asked of the network: addresses and hosts."""
    return []


@pytest.fixture(scope="module")
def kept(tmp_path_factory, asked):
    """A finished study with its store, to be copied by whoever changes it; no network was there when it ran."""

    def refuse(*args, **kwargs):
        asked.append(args)
        raise OSError(f"a connection was tried: {args}")

    folder = tmp_path_factory.mktemp("kept")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", refuse)
        patch.setattr(socket, "create_connection", refuse)
        patch.setattr(socket, "getaddrinfo", refuse)
        run_study(load_study(write_study(folder / "study")), folder / "out")
    return folder


@pytest.fixture
def finished(kept, tmp_path):
    """A copy of a finished study with its store: the folder that holds both."""
    return shutil.copytree(kept, tmp_path / "finished")


def write_study(folder):
    rng = random.Random(3)
    folder.mkdir()
    with (folder / "comments.csv").open("w", encoding="utf-8", newline="") as handle:
        rows = csv.writer(handle)
        rows.writerow(
            [
                "comment_id",
                "create_time",
                "ip_location",
                "note_id",
                "content",
                "user_id",
                "nickname",
                "avatar",
                "sub_comment_count",
                "pictures",
                "last_modify_ts",
                "parent_comment_id",
                "like_count",
            ]
        )
        for i in range(240):
            text = f"{rng.choice(SAID)} {rng.choice(SAID)}"
            place = rng.choice(["广东", "北京", "美国"])
            at = 1736700000000 + i * 3_600_000
            rows.writerow(
                [f"{i:024x}", at, place, f"n{i % 24}", text, f"u{i % 60}", "x", "", 0, "", at, "0", i % 9]
            )
    path = folder / "study.toml"
    path.write_text(STUDY, encoding="utf-8")
    return path


def digest(out):
    """Hash all that a run promises to repeat."""
    files = sorted(p for p in out.rglob("*") if p.is_file() and "store" not in p.relative_to(out).parts)
    return {
        p.relative_to(out).as_posix(): hashlib.sha256(p.read_bytes()).hexdigest()
        for p in files
        if p.name != "run-log.json"
    }


def start(study, out):
    command = [
        sys.executable,
        "-c",
        "from discourse.cli import main; main()",
        "run",
        str(study),
        "--out",
        str(out),
    ]
    return subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )


@pytest.mark.skipif(os.name != "posix", reason="kills a process by signal")
@pytest.mark.parametrize("step", ["corpus", "scores", "compare"])
def test_a_run_killed_after_a_step_ends_with_the_same_bytes(study, whole, tmp_path, step):
    out = tmp_path / "killed"
    process = start(study, out)
    while process.poll() is None and not list(out.glob(f"store/{step}-*")):
        time.sleep(0.01)
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    assert not (out / "report.pdf").exists()
    states = outlook(load_study(study), out).set_index("step")["state"]
    assert states[step] == "kept"
    run_study(load_study(study), out)
    assert digest(out) == whole
    assert not list(out.rglob("making-*"))


def test_with_without_and_over_a_store_the_bytes_are_the_same(finished, whole):
    assert digest(finished / "out") == whole
    for options in ({}, {"fresh": True}):
        run_study(load_study(finished / "study" / "study.toml"), finished / "out", **options)
        assert digest(finished / "out") == whole


@pytest.mark.parametrize("engine", ["two processes", "a cluster of two workers"])
def test_whoever_does_the_parts_tables_and_pages_are_the_same_bytes(
    study, whole, tmp_path, monkeypatch, engine
):
    for name in ("LEAST", "FEW"):  # so that there are parts to give out
        monkeypatch.setattr(f"discourse.study.scoring.{name}", 50)
    how = {"workers": 2}
    if engine != "two processes":
        pytest.importorskip("distributed")
        how |= {"scheduler": "local"}
    run_study(load_study(study), tmp_path / "out", keep=False, formats=("pdf",), **how)
    found = digest(tmp_path / "out")
    assert "report.pdf" in found
    assert found == {name: value for name, value in whole.items() if name in found}
    assert {name.split("/")[0] for name in whole} - {name.split("/")[0] for name in found} <= OTHER_FORMATS


def test_a_store_is_kept_only_where_it_is_wanted(whole_run, kept):
    assert (kept / "out" / "store").exists()
    assert not (whole_run / "store").exists()


def seen(folder, *overrides, **options):
    """What a dry run says of a finished study: state and reason by step."""
    study = load_study(folder / "study" / "study.toml", list(overrides))
    rows = outlook(study, folder / "out", **options)
    return {step: (state, because) for step, state, because in rows[["step", "state", "because"]].to_numpy()}


def score(folder, *overrides):
    """Read and score the posts of a finished study anew, and no more."""
    study = load_study(folder / "study" / "study.toml", list(overrides))
    prepare(study, dependence(study), store=Store(folder / "out" / "store"))


def test_after_a_run_all_is_kept_and_looking_changes_nothing(finished):
    before = sorted(p.relative_to(finished).as_posix() for p in finished.rglob("*"))
    assert set(seen(finished).values()) == {("kept", "")}
    assert sorted(p.relative_to(finished).as_posix() for p in finished.rglob("*")) == before


def test_copies_and_posts_without_words_make_no_part_that_is_missing(finished, monkeypatch):
    monkeypatch.setattr("discourse.study.scoring.LEAST", 80)
    export = finished / "study" / "comments.csv"
    head, *lines = export.read_text(encoding="utf-8").splitlines()
    lines = lines[:170]
    empty = [f"{i:024x},1736700000000,广东,n1,,u{i},x,,0,,1736700000000,0,1" for i in range(900, 960)]
    export.write_text("\n".join([head, *lines, *empty]) + "\n", encoding="utf-8")
    score(finished)
    assert seen(finished)["corpus"] == seen(finished)["scores"] == ("kept", "")
    parts = list((finished / "out" / "store").glob("scores-*"))
    lost = [p for p in parts if '"part": "2"' in (p / "key.json").read_text(encoding="utf-8")]
    assert len(lost) == 1
    shutil.rmtree(lost[0])
    assert seen(finished)["scores"] == ("partly kept", "2 of 3 parts")


def test_a_changed_study_computes_only_what_changed(finished):
    states = seen(finished, "study.min_cell=12")
    assert states["corpus"] == states["scores"] == ("kept", "")
    assert states["compare"] == ("changed", "settings")


def test_a_changed_scorer_scores_anew(finished):
    states = seen(finished, "scorer.neutral=0.3")
    assert states["corpus"] == ("kept", "")
    assert states["scores"] == ("changed", "scorer")
    assert states["compare"] == ("changed", "settings")


def test_a_changed_export_computes_all(finished):
    export = finished / "study" / "comments.csv"
    last = export.read_text(encoding="utf-8").splitlines()[-1]
    with export.open("a", encoding="utf-8") as handle:
        handle.write(last.replace(f"{239:024x}", f"{240:024x}") + "\n")
    states = seen(finished)
    assert states.pop("corpus") == ("changed", "inputs")
    assert set(states.values()) == {("changed", "posts")}


def test_an_edited_lexicon_scores_anew_and_reads_nothing_again(finished, monkeypatch):
    target = finished / "study" / "mine.toml"
    target.write_text('name = "refugees"\n[names]\nen = ["refugees"]\nzh = ["难民"]\n', encoding="utf-8")
    use = f'targets=[{{file="{target.as_posix()}"}}]'
    score(finished, use)
    assert seen(finished, use)["scores"] == ("kept", "")
    target.write_text(target.read_text(encoding="utf-8").replace("难民", "难友"), encoding="utf-8")
    states = seen(finished, use)
    assert states.pop("corpus") == ("kept", "")
    assert states.pop("scores") == ("changed", "target")
    assert {state for state, _ in states.values()} == {"changed"}


def test_another_version_of_the_code_computes_all_and_says_that_nothing_else_changed(finished, monkeypatch):
    monkeypatch.setattr("discourse.study.depend.code_version", lambda: "0" * 16)
    assert set(seen(finished).values()) == {("changed", "code")}


@pytest.mark.parametrize(("options", "why"), [({"fresh": True}, "--fresh"), ({"keep": False}, "--no-store")])
def test_who_passes_over_the_store_computes_all(finished, options, why):
    assert set(seen(finished, **options).values()) == {("new", why)}


def test_an_imported_corpus_is_read_where_it_lies(finished):
    from discourse.corpus.read import import_exports

    place = finished / "study" / "corpus"
    import_exports(finished / "study" / "comments.csv", place, timezone="Asia/Shanghai", key=b"resume")
    states = seen(finished, f'sources=[{{path="{place.as_posix()}"}}]')
    assert states["corpus"] == ("kept", "imported")


def test_a_damaged_store_is_made_again(finished, whole):
    damaged = list((finished / "out" / "store").glob("scores-*"))
    assert damaged
    for entry in damaged:
        (entry / "0.parquet").write_bytes(b"damaged")
    run_study(load_study(finished / "study" / "study.toml"), finished / "out")
    assert digest(finished / "out") == whole


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_cannot_be_written_is_refused(study, tmp_path):
    place = tmp_path / "locked"
    place.mkdir()
    place.chmod(0o500)
    with pytest.raises(InputError, match="cannot be written"):
        run_study(load_study(study), place / "out")


def test_a_failure_leaves_no_empty_folder(study, tmp_path):
    (study.parent / "comments.csv").write_bytes(b"\x00\x01\x02 nothing that can be read")
    with pytest.raises(InputError):
        run_study(load_study(study), tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_a_run_asks_nobody_over_the_network(kept, asked):
    assert (kept / "out" / "report.pdf").exists()
    assert asked == []


def test_two_that_move_their_results_at_once_do_so_one_after_the_other(tmp_path):
    made = []
    for who in "ab":
        fresh = tmp_path / who
        for name in ("tables", "figures", "data"):
            (fresh / name).mkdir(parents=True)
            (fresh / name / "file").write_text(who, encoding="utf-8")
        (fresh / "report.pdf").write_text(who, encoding="utf-8")
        made.append(threading.Thread(target=run._move_into_place, args=(fresh, tmp_path / "out")))
    for thread in made:
        thread.start()
    for thread in made:
        thread.join()
    found = {p.read_text(encoding="utf-8") for p in (tmp_path / "out").rglob("*") if p.is_file()}
    assert found in ({"a"}, {"b"})


def test_who_was_killed_while_moving_is_not_waited_for_for_ever(tmp_path, monkeypatch):
    monkeypatch.setattr(run, "_MOVED_BY", 0.1)
    (tmp_path / "moving").touch()
    with run._alone(tmp_path / "moving"):
        assert (tmp_path / "moving").exists()
    assert not (tmp_path / "moving").exists()


def test_a_disk_that_is_full_at_the_report_says_so_and_leaves_nothing(tmp_path):
    with (
        pytest.raises(InputError, match="No space left") as caught,
        run._making_folder(tmp_path / "out", Store()),
    ):
        raise OSError(errno.ENOSPC, "No space left on device")
    assert "make room" in str(caught.value)
    assert not list(tmp_path.iterdir())
