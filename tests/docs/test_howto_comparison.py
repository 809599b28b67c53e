"""The page on comparisons shows what runs, and what it says of the demo is so."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path

import pytest

from discourse.report.words import words
from tests.docs.test_reach import TABLES, of_table

DOCS = Path(__file__).parents[2] / "docs"
PAGES = [DOCS / "howto-comparison.md", DOCS / "howto-comparison.zh.md"]


def load(name):
    spec = importlib.util.spec_from_file_location(name, DOCS / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


make = load("make_examples")
TEXT, CHINESE = (page.read_text(encoding="utf-8") for page in PAGES)
EXAMPLES = make.examples(TEXT)


@pytest.fixture(scope="module")
def made():
    """What each block gives today, and the names that they leave."""
    place = {}
    return [make.shown(code, place) for code, _ in EXAMPLES], place


def test_every_block_runs_and_gives_what_the_page_shows_but_for_the_figures(made):
    assert len(EXAMPLES) > 20
    for (code, printed), now in zip(EXAMPLES, made[0], strict=True):
        assert bool(printed) == bool(now), code
        # figures move with the instrument and the demo; `python docs/make_examples.py` writes them anew
        assert [*printed.splitlines()[:1]] == [*now.splitlines()[:1]] or re.search(r"\d", now.splitlines()[0])


def test_what_was_planted_is_found_as_the_page_says(made):
    found = made[1]
    hosts = found["whole"].set_index("outcome").loc["mean"]
    assert hosts["low"] > 0
    assert (found["index"]["p"] > 0.05).loc[found["index"]["group"] == "all"].all()
    likes = found["likes"]
    assert (likes.loc[likes["model"] == "comments", "p_adjusted"] > 0.05).all()
    days = found["points"]
    days = days[(days["group"] == "hosts") & (days["measure"] == "mean")]["day"].astype("str")
    assert "2025-01-19" in set(days)
    answers = found["answers"].set_index("id")["answer"].to_dict()
    assert answers == {"C8": "supported", "C5": "not measurable", "T1": "supported", "E1": "supported"}


def test_stance_changed_within_the_same_authors(made):
    parts = made[1]["composed"]
    same = parts[(parts["group"] == "hosts") & (parts["part"] == "same authors")].iloc[0]
    assert same["high"] < 0


def test_the_commands_of_the_page_name_tables_that_there_are():
    commands = re.findall(r"`(discourse table [^`]+)`", TEXT)
    assert len(commands) > 10
    for command in commands:
        asked = [word for word in of_table(command.partition(" --")[0]) if word != "NAME"]
        assert set(asked) <= TABLES, command


@pytest.mark.parametrize(("text", "language", "said"), [(TEXT, "en", "report: "), (CHINESE, "zh", "报告：")])
def test_the_sections_of_the_page_are_those_of_a_report(text, language, said):
    titles = set(words(language).values())
    places = re.findall(rf"{said}(.*(?:\n\*.*)?)", text)
    assert len(places) > 10
    for title in re.findall(r"\*([^*]+)\*", " ".join(places)):
        assert title in titles, title


def test_both_pages_hold_the_same_code_and_the_same_commands():
    assert make.examples(CHINESE) == EXAMPLES
    assert re.findall(r"`(discourse [^`]+)`", CHINESE) == re.findall(r"`(discourse [^`]+)`", TEXT)
    assert len(re.findall("^## ", CHINESE, re.M)) == len(re.findall("^## ", TEXT, re.M))
