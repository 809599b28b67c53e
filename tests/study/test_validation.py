"""Human codes of a study: what is read, what is refused, and what is counted."""

from __future__ import annotations

import dataclasses
import hashlib

import pandas as pd
import pytest

from discourse.coding.codebook import stance_codebook, write_codebook
from discourse.coding.codes import ADJUDICATED, append_codes
from discourse.coding.draw import draw_sample, plain_sample
from discourse.coding.sample import Sample
from discourse.coding.twins import twins_sample
from discourse.errors import StudyError
from discourse.study.schema import Study
from discourse.study.validation import (
    code_files,
    describe_coded,
    read_coded,
    refuse_missing_codes,
    status_of,
)

LABELS = ("positive", "neutral", "negative", "absent")
BOOK = stance_codebook({"en": "the refugees", "zh": "难民"})
INSTRUMENTS = {"refugees": "lexicon 9 abc"}


@pytest.fixture
def scored():
    n = 240
    return pd.DataFrame(
        {
            "post_id": [f"{i:04d}" for i in range(n)],
            "target": "refugees",
            "label": [LABELS[i % 4] for i in range(n)],
            "group": ["hosts" if i % 3 else "newcomers" for i in range(n)],
            "lang": "zh-Hans",
            "author": [f"u{i}" for i in range(n)],
            "thread_id": [f"t{i % 40}" for i in range(n)],
        }
    )


@pytest.fixture
def sample(scored):
    return draw_sample(
        scored, 60, coders=("anna", "bo"), overlap=20, seed=1, instrument="lexicon 9 abc", codebook=BOOK
    )


def coded(folder, sample, value=None, coders=("anna", "bo"), stamp=None):
    """Let the coders code their units: the instrument's label, or one value."""
    said = dict(zip(sample.units["post_id"], sample.units["label"], strict=True))
    for coder in coders:
        rows = [
            {
                "post_id": unit,
                "target": "refugees",
                "coder": coder,
                "variable": "label",
                "value": value or said[unit],
                "codebook_version": stamp or sample.codebook.stamp,
            }
            for unit in sample.assigned(coder)["post_id"]
        ]
        append_codes(folder, rows)
    return folder


@pytest.fixture
def folder(tmp_path, sample):
    return coded(sample.save(tmp_path / "codes"), sample)


def test_the_codes_of_the_draw_are_read_with_their_probabilities(folder, scored):
    found = read_coded(folder, scored, INSTRUMENTS)
    assert found.target == "refugees"
    assert len(found.units) == 60
    assert (1.0 / found.units["pi"]).sum() == pytest.approx(len(scored))


def test_what_was_coded_is_counted(folder, scored, sample):
    row = describe_coded(read_coded(folder, scored, INSTRUMENTS), "ppi++", seed=0)
    assert (row["n_codes"], row["n_drawn"], row["frame_size"]) == (60, 60, 240)
    assert (row["n_coders"], row["n_double"], row["n_open"]) == (2, 20, 0)
    assert row["alpha"] == pytest.approx(1.0)
    assert row["codebook"] == sample.codebook.stamp


def test_one_coder_has_no_alpha(tmp_path, scored):
    alone = draw_sample(scored, 40, coders=("anna",), instrument="lexicon 9 abc", codebook=BOOK)
    folder = coded(alone.save(tmp_path / "codes"), alone, coders=("anna",))
    row = describe_coded(read_coded(folder, scored, INSTRUMENTS), "ppi++", seed=0)
    assert pd.isna(row["alpha"])
    assert row["n_coders"] == 1


def test_disagreement_that_nobody_settled_is_counted(tmp_path, scored, sample):
    folder = coded(sample.save(tmp_path / "codes"), sample, coders=("anna",), value="positive")
    coded(folder, sample, coders=("bo",), value="negative")
    row = describe_coded(read_coded(folder, scored, INSTRUMENTS), "ppi++", seed=0)
    assert (row["n_open"], row["n_adjudicated"]) == (20, 0)
    both = sample.units.loc[sample.units["overlap"], "post_id"]
    append_codes(
        folder,
        [
            {
                "post_id": unit,
                "target": "refugees",
                "coder": ADJUDICATED,
                "variable": "label",
                "value": "neutral",
                "codebook_version": sample.codebook.stamp,
            }
            for unit in both
        ],
    )
    row = describe_coded(read_coded(folder, scored, INSTRUMENTS), "ppi++", seed=0)
    assert (row["n_open"], row["n_adjudicated"], row["n_coders"]) == (0, 20, 2)


def refusal(folder, scored, instruments=None):
    with pytest.raises(StudyError) as caught:
        read_coded(folder, scored, instruments or INSTRUMENTS)
    return str(caught.value)


def test_another_instrument_is_refused_by_name(folder, scored):
    message = refusal(folder, scored, {"refugees": "lexicon 10 def"})
    assert "another instrument" in message
    assert "lexicon 9 abc" in message
    assert "lexicon 10 def" in message


def test_other_labels_under_the_same_name_are_refused(folder, scored):
    changed = scored.assign(label=scored["label"].mask(scored["post_id"] == "0007", "negative"))
    assert "other posts, or from other labels" in refusal(folder, changed)


def test_other_posts_are_refused(folder, scored):
    message = refusal(folder, scored.iloc[:-1])
    assert "240 posts of the draw" in message
    assert "239" in message


def test_codes_of_two_codebooks_are_refused(tmp_path, scored, sample):
    folder = coded(sample.save(tmp_path / "codes"), sample, coders=("anna",))
    coded(folder, sample, coders=("bo",), stamp="0-older")
    message = refusal(folder, scored)
    assert "different codebooks" in message
    assert "0-older (40 codes)" in message


def test_a_codebook_changed_after_coding_is_refused(folder, scored, sample):
    write_codebook(dataclasses.replace(sample.codebook, version="2"), folder / "codebook.toml")
    assert "different codebooks" in refusal(folder, scored)


def test_posts_picked_for_training_correct_nothing(tmp_path, scored):
    picked = plain_sample(
        scored.head(30),
        purpose="training",
        coders=("anna",),
        seed=0,
        codebook=BOOK,
        instrument="lexicon 9 abc",
    )
    folder = coded(picked.save(tmp_path / "codes"), picked, coders=("anna",))
    assert "drawn for training" in refusal(folder, scored)


def test_codes_toward_another_target_are_refused(folder, scored):
    assert "no target of this study" in refusal(folder, scored, {"hosts": "lexicon 9 abc"})


def test_a_sample_that_nobody_coded_is_refused(tmp_path, scored, sample):
    assert "nothing in this folder was coded" in refusal(sample.save(tmp_path / "codes"), scored)


def test_a_folder_without_a_sample_is_refused_before_anything_is_read(tmp_path):
    raw = {
        "version": 1,
        "study": {"title": "T", "question": "?"},
        "sources": [{"path": "posts.csv"}],
        "validation": {"codes": str(tmp_path)},
    }
    with pytest.raises(StudyError, match="no sample"):
        refuse_missing_codes(Study.model_validate(raw))


def twins(folder, n=70, book=BOOK):
    items = pd.DataFrame(
        {
            "item": [i // 2 for i in range(2 * n)],
            "lang": ["zh", "en"] * n,
            "text": ["欢迎", "Welcome"] * n,
            "target": "refugees",
        }
    )
    both = twins_sample(items, coders=("anna",), codebook=book)
    both.save(folder)
    rows = [
        {
            "post_id": unit,
            "target": "refugees",
            "coder": "anna",
            "variable": "label",
            "value": LABELS[int(unit.split("-")[0]) % 4],
            "codebook_version": book.stamp,
        }
        for unit in both.units["post_id"]
    ]
    append_codes(folder, rows)
    return str(folder)


def test_bilingual_messages_give_the_alpha_between_languages(tmp_path, folder, scored):
    found = read_coded(folder, scored, INSTRUMENTS)
    row = describe_coded(found, "ppi++", 0, twins(tmp_path / "twins"))
    assert (row["alpha_languages"], row["n_twins"]) == (1.0, 70)


def test_too_few_bilingual_messages_give_none(tmp_path, folder, scored):
    found = read_coded(folder, scored, INSTRUMENTS)
    assert "alpha_languages" not in describe_coded(found, "ppi++", 0, twins(tmp_path / "twins", n=59))


def test_bilingual_messages_under_another_codebook_are_refused(tmp_path, folder, scored):
    other = twins(tmp_path / "twins", book=dataclasses.replace(BOOK, version="2"))
    with pytest.raises(StudyError, match="another codebook"):
        describe_coded(read_coded(folder, scored, INSTRUMENTS), "ppi++", 0, other)


def test_the_provenance_says_which_targets_were_checked(folder, scored):
    from discourse.tables import VALIDATION

    row = describe_coded(read_coded(folder, scored, INSTRUMENTS), "ppi++", 0)
    table = VALIDATION.conform(pd.DataFrame([row | {"n_figures": 0, "n_outside": 0}]))
    assert status_of(table, ["refugees"])["status"] == "checked"
    assert status_of(table, ["refugees", "hosts"])["status"] == "partly"
    assert status_of(None, ["refugees"]) == {"status": "none"}


def test_the_sample_on_disk_is_the_sample_that_was_drawn(folder, sample):
    assert Sample.load(folder).design == sample.design


def with_codes(folder):
    raw = {"version": 1, "study": {"title": "T", "question": "?"}, "sources": [{"path": "a.csv"}]}
    return Study.model_validate(raw | {"validation": {"codes": str(folder)}})


def test_each_file_of_codes_stands_in_the_provenance_by_its_hash(folder):
    found = code_files(with_codes(folder))
    by_name = {entry["file"]: entry for entry in found}
    assert [name for name in by_name if "codes" in by_name[name]] == [
        "codes/codes/anna.csv",
        "codes/codes/bo.csv",
    ]
    for name, entry in by_name.items():
        data = (folder.parent / name).read_bytes()
        assert entry["sha256"] == hashlib.sha256(data).hexdigest()
    assert sum(entry.get("codes", 0) for entry in found) == 80  # 60 units, 20 of them by both
    assert {"codes/sample.json", "codes/sample.parquet", "codes/codebook.toml"} <= set(by_name)
    assert status_of(None, ["refugees"], found) == {"status": "none", "files": found}


def test_one_changed_code_changes_the_hash_of_its_file_and_of_no_other(folder, sample):
    before = code_files(with_codes(folder))
    coded(folder, sample, value="neutral", coders=("bo",))
    after = code_files(with_codes(folder))
    changed = [a["file"] for b, a in zip(before, after, strict=True) if a["sha256"] != b["sha256"]]
    assert changed == ["codes/codes/bo.csv"]


def test_a_study_without_codes_has_no_files_of_codes(folder):
    assert code_files(with_codes(folder).model_copy(update={"validation": None})) == []
