"""Hand coding from the command line: from a study to measured figures, and what is refused on the way."""

from __future__ import annotations

import csv
import json

import openpyxl
import pytest
from typer.testing import CliRunner

from discourse.cli import app
from discourse.cli.coding_words import NAMES, WORDS, say, spoken
from discourse.coding.sample import Sample
from discourse.errors import DiscourseError, InputError, ParameterError

WARM = ["Welcome refugees, so glad you are here {}", "欢迎难民朋友们，太喜欢你们了 {}"]
COLD = ["These refugees are annoying, go away {}", "难民真烦，赶紧走 {}"]
OTHER = ["My cat slept all day {}", "今天的猫一直在睡觉 {}"]

STUDY = """
version = 1
[study]
title = "T"
question = "Q?"
synthetic = true
[[sources]]
path = "posts.csv"
importer = "generic"
mapping = { text = "text", post_id = "id", author = "author", ip_location = "place" }
key = "a key for tests"
[[groups]]
name = "hosts"
label = { en = "Hosts", zh = "原住民" }
any = [{ ip = ["CN-*"] }]
[[groups]]
name = "newcomers"
any = [{ ip = ["US"] }]
[[targets]]
use = "refugees"
"""


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    """A study of 240 posts, and a sample of 60 drawn from it."""
    folder = tmp_path_factory.mktemp("coding")
    (folder / "key").write_text("0" * 64, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DISCOURSE_KEY_FILE", str(folder / "key"))
        yield filled_place(folder)


def filled_place(folder):
    """Write the posts and the study, and draw the sample."""
    with (folder / "posts.csv").open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(["id", "author", "place", "text"])
        for i in range(240):
            text = [WARM, COLD, OTHER][i % 3][i // 3 % 2].format(i)
            writer.writerow([f"67{i:016d}", f"u{i % 80}", ["广东", "美国"][i % 2], text])
    (folder / "study.toml").write_text(STUDY, encoding="utf-8")
    call(
        folder,
        "sample",
        "study.toml",
        "--n",
        "60",
        "--coders",
        "anna,bo",
        "--overlap",
        "30",
        "--out",
        "codes",
    )
    return folder


def call(folder, *arguments, expect=None):
    """Run `discourse code` in a folder; errors of the user are raised."""
    import os

    before = os.getcwd()
    os.chdir(folder)
    try:
        done = CliRunner().invoke(app, ["code", *map(str, arguments)])
    finally:
        os.chdir(before)
    if isinstance(done.exception, DiscourseError):
        raise done.exception
    assert done.exit_code == (expect or 0), done.output
    return done.stdout


def fill(file, answers):
    """Answer every row of a sheet; `answers` maps the text of a post to a label."""
    book = openpyxl.load_workbook(file)
    sheet = book.worksheets[0]
    header = [cell.value for cell in sheet[1]]
    for row in range(2, sheet.max_row + 1):
        text = sheet.cell(row, header.index("post") + 1).value
        sheet.cell(row, header.index("Attitude") + 1).value = answers(text)
    book.save(file)
    return file


def truth(text):
    kinds = {"positive": WARM, "negative": COLD}
    for label, forms in kinds.items():
        if any(text.startswith(form.format("").strip()[:8]) for form in forms):
            return label
    return "not spoken of"


def doubtful(text):
    return "neutral" if text.endswith("7") else truth(text)


def test_a_sample_is_a_folder_with_a_sheet_for_each_coder(place):
    sample = Sample.load(place / "codes")
    assert sample.design.n == 60
    assert sample.design.frame_size == 240
    assert sample.design.instrument.startswith("lexicon")
    assert len(sample.design.study_sha256) == 64
    assert sorted(f.name for f in (place / "codes" / "sheets").iterdir()) == ["anna.xlsx", "bo.xlsx"]
    assert set(sample.units["group"]) == {"hosts", "newcomers"}
    assert "难民" in sample.codebook.title["zh"]


def test_look_says_what_codes_buy_and_writes_nothing(place, tmp_path):
    said = call(place, "sample", "study.toml", "--look", "--language", "en", "--out", tmp_path / "none")
    assert "code 100 posts: the share positive in hosts is known to ±" in said
    assert not (tmp_path / "none").exists()
    chinese = call(place, "sample", "study.toml", "--look", "--language", "zh")
    assert "编码 100 条帖文" in chinese


def test_from_sheets_to_figures(place):
    sheets = [
        fill(place / "codes" / "sheets" / f"{who}.xlsx", how)
        for who, how in (("anna", truth), ("bo", doubtful))
    ]
    done = json.loads(call(place, "import", "codes", *sheets, "--json"))
    assert done["codes"] == {"anna": 45, "bo": 45}
    said = json.loads(call(place, "agree", "codes", "--json"))
    everything = said["agreement"][0]
    assert everything["n_units"] == 30
    assert 0.5 < everything["alpha"] <= 1.0
    if said["disputed"]:
        settled = fill(place / "codes" / "sheets" / "adjudicated.xlsx", truth)
        assert (
            json.loads(call(place, "import", "codes", settled, "--json"))["codes"]["adjudicated"]
            == said["disputed"]
        )
        assert json.loads(call(place, "agree", "codes", "--json"))["disputed"] == 0
    tables = json.loads(call(place, "measure", "codes", "--json"))
    assert tables["accuracy"][0]["n"] == 60
    assert 0.5 < tables["accuracy"][0]["estimate"] <= 1.0
    assert (place / "codes" / "measures" / "confusion.csv").is_file()
    said = call(place, "measure", "codes", "--language", "en")
    assert "accuracy" in said
    of_label = next(
        row
        for row in tables["class_accuracy"]
        if (row["group"], row["lang"], row["label"], row["measure"]) == ("all", "all", "positive", "f1")
    )
    assert f"positive: F1 {of_label['estimate']:.2f} [" in said


def test_messages_are_chinese_where_the_system_is(place, monkeypatch):
    for name in ("LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    assert "编码表" in call(place, "sheets", "codes", "--out", place / "again")
    monkeypatch.setenv("LANG", "en_GB.UTF-8")
    assert "sheet for anna" in call(place, "sheets", "codes", "--out", place / "again")


def test_every_message_is_there_in_both_languages_with_the_same_values():
    import string

    for key, words in WORDS.items():
        fields = [{f for _, f, _, _ in string.Formatter().parse(words[lang]) if f} for lang in ("en", "zh")]
        assert fields[0] == fields[1], key
    assert all(set(words) == {"en", "zh"} for words in NAMES.values())
    assert say(spoken("zh"), "settled") != say(spoken("en"), "settled")


def test_training_posts_are_proposed_coded_and_written_for_training(place):
    call(place, "next", "study.toml", "--validation", "codes", "--n", "20", "--out", "more")
    proposed, checked = Sample.load(place / "more"), Sample.load(place / "codes")
    assert not set(proposed.units["post_id"]) & set(checked.units["post_id"])
    file = fill(place / "more" / "sheets" / "coder1.xlsx", truth)
    call(place, "import", "more", file)
    call(place, "table", "more", "--out", "coded.csv")
    with (place / "coded.csv").open(encoding="utf-8-sig", newline="") as handle:
        rows = list(csv.DictReader(handle))
    assert len(rows) == 20
    assert {row["label"] for row in rows} <= {"positive", "negative", "absent"}
    with pytest.raises(InputError, match="made for validation"):
        call(place, "table", "codes", "--out", "bad.csv")
    with pytest.raises(ParameterError, match="made for training"):
        call(place, "measure", "more")


def test_authors_can_be_coded_too(place):
    call(place, "sample", "study.toml", "--unit", "author", "--out", "authors")
    sample = Sample.load(place / "authors")
    assert sample.design.unit == "author"
    assert sample.codebook.variables[0].values == ("hosts", "newcomers", "unassigned", "unclear")
    assert sample.texts["text"].str.startswith(("[CN-GD]", "[US]")).all()
    assert not sample.texts["text"].str.contains("u1").any()
    assert sample.design.n == 80
    file = place / "authors" / "sheets" / "coder1.xlsx"
    book = openpyxl.load_workbook(file)
    sheet = book.worksheets[0]
    header = [cell.value for cell in sheet[1]]
    for row in range(2, sheet.max_row + 1):
        china = sheet.cell(row, header.index("what the author wrote") + 1).value.startswith("[CN")
        sheet.cell(row, header.index("Group") + 1).value = "Hosts" if china or row % 10 == 0 else "newcomers"
    book.save(file)
    call(place, "import", "authors", file)
    found = json.loads(call(place, "measure", "authors", "--json"))
    assert 0.8 < found["accuracy"][0]["estimate"] < 1.0


def test_bilingual_items_give_agreement_across_languages(place):
    with (place / "items.csv").open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(["item", "lang", "text"])
        for i in range(60):
            kind = (WARM, COLD, OTHER)[i % 3]
            writer.writerows([[i, "en", kind[0].format(i)], [i, "zh", kind[1].format(i)]])
    with pytest.raises(InputError, match="codebook of the sample"):
        call(place, "sample", "items.csv", "--out", "twins")
    call(place, "sample", "items.csv", "--codebook", "codes/codebook.toml", "--out", "twins")
    call(place, "import", "twins", fill(place / "twins" / "sheets" / "coder1.xlsx", truth))
    row = json.loads(call(place, "agree", "twins", "--json"))["agreement"][0]
    assert (row["scope"], row["n_units"], row["alpha"]) == ("twins", 60, 1.0)


def test_a_run_gives_the_same_sample_and_another_instrument_is_refused(place):
    run = place / "run"
    (run / "data").mkdir(parents=True)
    from discourse.study.coding_frame import coding_frame

    found = coding_frame(place / "study.toml")
    found.frame.drop(columns=["text", "parent"]).to_parquet(run / "data" / "scores.parquet")
    study = {
        "study": {"language": "zh"},
        "sources": [
            {"path": "posts.csv", "importer": "generic", "mapping": {"text": "text", "post_id": "id"}}
        ],
        "targets": [{"use": "refugees", "name": "refugees"}],
        "groups": [{"name": "hosts"}, {"name": "newcomers"}],
    }
    provenance = {"instruments": [f"{found.instrument} toward refugees"], "study_sha256": "0" * 64}
    (run / "run.json").write_text(json.dumps({"study": study, "provenance": provenance}), encoding="utf-8")
    (run / "run-log.json").write_text(json.dumps({"sources": [str(place / "posts.csv")]}), encoding="utf-8")
    call(place, "sample", run, "--n", "60", "--coders", "anna,bo", "--overlap", "30", "--out", "from-run")
    first, again = Sample.load(place / "codes"), Sample.load(place / "from-run")
    assert again.units["post_id"].tolist() == first.units["post_id"].tolist()
    assert again.texts["text"].tolist() == first.texts["text"].tolist()
    assert again.design.language == "zh"
    codes = [
        (place / "from-run" / "codes" / f"{who}.csv", (place / "codes" / "codes" / f"{who}.csv"))
        for who in ("anna", "bo")
    ]
    for to, source in codes:
        to.write_bytes(source.read_bytes())
    assert json.loads(call(place, "measure", "from-run", "--run", run, "--json"))["accuracy"]

    from discourse.study.coding_frame import codes_since
    from discourse.study.validation import hash_codes

    assert codes_since(run, place / "from-run") == []  # the run used no codes
    provenance["validation"] = {"status": "checked", "files": hash_codes(place / "from-run")}
    (run / "run.json").write_text(json.dumps({"study": study, "provenance": provenance}), encoding="utf-8")
    assert codes_since(run, place / "from-run") == []
    with codes[0][0].open("ab") as handle:
        handle.write(codes[0][0].read_bytes().splitlines(keepends=True)[-1])
    assert codes_since(run, place / "from-run") == ["from-run/codes/anna.csv"]
    provenance["instruments"] = ["lexicon 99 ffff toward refugees"]
    (run / "run.json").write_text(json.dumps({"study": study, "provenance": provenance}), encoding="utf-8")
    with pytest.raises(InputError, match="lexicon 99 ffff"):
        call(place, "measure", "from-run", "--run", run)


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["sample", "study.toml"], "no folder was named"),
        (["sample", "none.toml", "--out", "x"], "none.toml"),
        (["sample", "study.toml", "--target", "hosts", "--out", "x"], "no target 'hosts'"),
        (["sample", "study.toml", "--n", "3", "--out", "x"], "cannot cover"),
        (["sample", "study.toml", "--coders", "a,a", "--out", "x"], "different names"),
        (["sample", "codes", "--out", "x"], "no finished run"),
        (["agree", "study.toml"], "no sample"),
        (["import", "codes", "none.xlsx"], "cannot be read"),
        (["sample", "study.toml", "--n", "61", "--out", "codes"], "another sample"),
    ],
)
def test_what_cannot_be_done_says_so_and_writes_nothing(place, arguments, says):
    with pytest.raises(DiscourseError) as caught:
        call(place, *arguments)
    assert says in str(caught.value)
    assert caught.value.exit_code == 2
    assert not (place / "x").exists()


def test_a_draw_that_asks_something_else_does_not_take_the_place_of_the_first(place, tmp_path):
    frames = '[[codes]]\nname = "protest"\n[[codes]]\nname = "atmosphere"\n'
    study = place / "frames.toml"
    study.write_text(STUDY + frames, encoding="utf-8")
    first = ["sample", study.name, "--n", "40", "--out", tmp_path / "codes", "--sheets", "none"]
    call(place, *first, "--also", "frame:protest")
    before = {file.name: file.read_bytes() for file in (tmp_path / "codes").glob("*.*")}
    with pytest.raises(InputError, match="another sample") as caught:
        call(place, *first, "--also", "frames")
    assert caught.value.expected.startswith("variables: frame:protest (now: frame:protest, frame:atmosphere)")
    assert "--out" in caught.value.hint
    with pytest.raises(InputError, match="another sample"):
        call(place, *first)
    assert before == {file.name: file.read_bytes() for file in (tmp_path / "codes").glob("*.*")}
    call(place, *first, "--also", "frame:protest")  # the same draw again changes nothing
    assert before == {file.name: file.read_bytes() for file in (tmp_path / "codes").glob("*.*")}
