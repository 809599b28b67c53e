from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from discourse.errors import InputError
from discourse.sentiment.phrases import Phrase, PhraseFinder, fold, read_phrases

HEADER = "language\tform\tnote\tsource\n"


def finder(*forms: str, exceptions: tuple[str, ...] = ()) -> PhraseFinder:
    rows = [(form, "") for form in forms] + [(form, "exception") for form in exceptions]
    return PhraseFinder(
        Phrase("en" if form.isascii() else "zh", form, form, note, "test") for form, note in rows
    )


def found(text: str, *forms: str, exceptions: tuple[str, ...] = ()) -> list[str]:
    return [text[hit.start : hit.stop] for hit in finder(*forms, exceptions=exceptions).find(text)]


@pytest.mark.parametrize(
    ("text", "form", "expected"),
    [
        ("I boycott it", "boycott", ["boycott"]),
        ("boycotting it", "boycott", []),
        ("boycotting it", "boycott*", ["boycotting"]),
        ("preboycott", "boycott*", []),
        ("my friend's idea", "friend", ["friend"]),
        ("Sign-Up was easy", "sign up", ["Sign-Up"]),
        ("I don’t need a VPN", "don't need a vpn", ["don’t need a VPN"]),
        ("用VPN吗", "vpn", ["VPN"]),
        ("ＴｉｋＴｏｋ ban", "tiktok ban", ["ＴｉｋＴｏｋ ban"]),
        ("took over my whole feed", "took over ... feed", ["took over my whole feed"]),
        ("took over.\nmy feed", "took over ... feed", []),
    ],
)
def test_english_forms_stand_on_word_boundaries(text: str, form: str, expected: list[str]) -> None:
    assert found(text, form) == expected


@pytest.mark.parametrize(
    ("text", "form", "expected"),
    [
        ("來抗議的", "抗议", ["抗議"]),
        ("我们都去抗议了", "抗议", ["抗议"]),
        ("首页怎么全是难民", "首页...难民", ["首页怎么全是难民"]),
        ("首页。全是难民", "首页...难民", []),
        ("刷小紅書停不下來", "小红书", ["小紅書"]),
        ("TikTok難民來了", "tiktok难民", ["TikTok難民"]),
    ],
)
def test_chinese_forms_match_in_both_scripts(text: str, form: str, expected: list[str]) -> None:
    assert found(text, form) == expected


def test_the_longest_form_wins_and_an_exception_hides_what_it_covers() -> None:
    assert found("特别好", "好", "别", exceptions=("特别",)) == ["好"]
    assert found("a cat tax day", "cat", "cat tax") == ["cat tax"]


def test_offsets_point_into_the_text_as_it_was() -> None:
    text = "😀 難民’s  BOYCOTT"
    (hit,) = finder("boycott").find(text)
    assert text[hit.start : hit.stop] == "BOYCOTT"


@given(st.text())
def test_folding_keeps_the_length(text: str) -> None:
    assert len(fold(text)) == len(text)


@given(st.text(alphabet=st.characters(codec=None), max_size=80))
def test_no_text_makes_it_fail_and_every_hit_lies_inside(text: str) -> None:
    for hit in finder("a", "难", "a ... b", "o*").find(text + " 难 a x b"):
        assert 0 <= hit.start < hit.stop <= len(text) + 8


def write(folder: Path, content: str) -> Path:
    path = folder / "mine.tsv"
    path.write_text(content, encoding="utf-8", newline="\n")
    return path


@pytest.mark.parametrize(
    ("content", "where", "message"),
    [
        ("language\tform\tnote\n", "line 1", "source"),
        (HEADER + "en\tword\t\t\n", "line 2", "no source"),
        (HEADER + "# remark\nfr\tmot\t\tme\n", "line 3", "fr"),
        (HEADER + "en\t...\t\tme\n", "line 2", "no form"),
        (HEADER + "en\t*\t\tme\n", "line 2", "no form"),
        (HEADER + "en\ta\tb\tc\td\n", "line 2", "5 cells"),
        ("", "line 1", "lacks"),
    ],
)
def test_a_bad_list_is_refused_with_its_line(tmp_path: Path, content: str, where: str, message: str) -> None:
    with pytest.raises(InputError, match=message) as caught:
        read_phrases(write(tmp_path, content))
    assert where in str(caught.value.where)


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        read_phrases(tmp_path / "none.tsv")


def test_the_forms_of_a_list_are_literal() -> None:
    assert found("a.c abc", "a.c") == ["a.c"]
    assert found("(x) [y]", "[y]") == ["[y]"]
