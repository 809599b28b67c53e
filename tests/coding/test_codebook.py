"""What coders are asked: the shipped codebooks, and those that people edit."""

from __future__ import annotations

import pytest

from discourse.coding.codebook import group_codebook, read_codebook, stance_codebook, write_codebook
from discourse.errors import InputError

TARGET = {"en": "the refugees", "zh": "难民"}


def test_the_target_stands_in_every_text_in_its_own_language():
    book = stance_codebook(TARGET)
    texts = [
        book.title,
        book.instructions,
        book.variables[0].question,
        book.variables[0].categories[3].definition,
    ]
    assert all("the refugees" in text["en"] and "难民" not in text["en"] for text in texts)
    assert all("难民" in text["zh"] and "refugees" not in text["zh"] for text in texts)


def test_everything_is_said_in_both_languages():
    for book in (stance_codebook(TARGET), group_codebook({"hosts": {"en": "Hosts", "zh": "原住民"}})):
        for variable in book.variables:
            assert set(variable.label) == set(variable.question) == {"en", "zh"}
            for category in variable.categories:
                assert set(category.label) == {"en", "zh"}


def test_a_written_codebook_reads_back(tmp_path):
    book = stance_codebook({"en": 'say "hi" \\ {x}', "zh": "难民\n换行"})
    assert read_codebook(write_codebook(book, tmp_path / "codebook.toml")) == book


def test_a_changed_definition_changes_the_stamp(tmp_path):
    book = stance_codebook(TARGET)
    file = write_codebook(book, tmp_path / "codebook.toml")
    file.write_text(file.read_text(encoding="utf-8").replace("well disposed", "fond"), encoding="utf-8")
    assert read_codebook(file).stamp != book.stamp


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("version = ", "not TOML"),
        ('version = "1"', "lacks 'variables'"),
        ('version = "1"\nvariables = []', "there is no variable"),
        (
            'version = "1"\n[[variables]]\nname = "a"\ncategories = [{name="x"}, {name="x"}]',
            "'x' occurs twice",
        ),
        ('version = "1"\n[[variables]]\nname = "a"\ncategories = ["x"]', "lacks"),
        ('version = "1"\n[[variables]]\nname = "Note"\ncategories = [{name="x"}]', "a column of sheets is"),
        (
            'version = "1"\n[[variables]]\nname = "a"\ncategories = [{name="x"}, {name="y", label={en="X"}}]',
            "two answers to 'a' are called 'X'",
        ),
    ],
)
def test_a_broken_codebook_says_where(tmp_path, text, says):
    file = tmp_path / "codebook.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=says) as caught:
        read_codebook(file)
    assert "codebook.toml" in str(caught.value.where)


def test_a_missing_codebook_is_an_error_of_the_user(tmp_path):
    with pytest.raises(InputError, match="cannot be read"):
        read_codebook(tmp_path / "none.toml")
