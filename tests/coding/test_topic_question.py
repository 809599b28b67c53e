"""The main topic is chosen from a list: shown in both languages, blind, in every sheet, measured topic by topic."""

from __future__ import annotations

from dataclasses import replace

import openpyxl
import pandas as pd
import pytest

from discourse.coding.agreement import agreement
from discourse.coding.codebook import read_codebook, stance_codebook
from discourse.coding.codes import read_codes
from discourse.coding.draw import draw_sample
from discourse.coding.further import further_units, labels_hash, with_predictions, with_questions
from discourse.coding.label_studio import labelling_config
from discourse.coding.measure import measure_further
from discourse.coding.page.deck import CoderDeck
from discourse.coding.read_sheets import import_codes
from discourse.coding.sample import Sample
from discourse.coding.sheets import write_sheets
from discourse.coding.topic_question import model_hash, topic_question
from discourse.errors import InputError
from discourse.topics.fit import fit_topics

WORDS = {"en": "the refugees", "zh": "难民"}
TEXTS = [
    *["cats purr kittens 猫咪 小猫", "kittens nap cats 小猫 睡觉"] * 6,
    *["courts ban apps 法院 禁令", "judges ban apps 法官 禁令"] * 6,
]


@pytest.fixture(scope="module")
def model():
    return fit_topics(TEXTS, 2, languages="joint")


@pytest.fixture(scope="module")
def asked(model):
    return topic_question(model)


@pytest.fixture(scope="module")
def said():
    ids = [f"{i:018d}" for i in range(120)]
    return pd.DataFrame({"post_id": ids, "topic": [None if i < 3 else "12"[i % 2] for i in range(120)]})


@pytest.fixture(scope="module")
def sample(said, asked):
    posts = pd.DataFrame({"post_id": said["post_id"], "group": ["a", "b", "b"] * 40, "lang": "en"})
    posts = posts.assign(label="absent", target="refugees", author=posts["post_id"], thread_id="t")
    posts = posts.assign(text=[f"=post {i}" for i in range(120)])
    book = with_questions(stance_codebook(WORDS), [asked], WORDS)
    drawn = draw_sample(posts, 60, coders=("anna", "bo"), overlap=20, codebook=book)
    return with_predictions(drawn, said, [asked])


def test_topics_are_shown_with_their_words_in_both_languages_and_none_of_these_stands_last(asked):
    assert [category.name for category in asked.categories] == ["1", "2", "none"]
    cats = next(c for c in asked.categories if "cats" in c.label["en"])
    assert cats.label["en"].startswith(f"{cats.name} · ")
    assert "猫咪" in cats.label["en"]
    assert cats.label["zh"].index("猫咪") < cats.label["zh"].index("cats")
    assert "kittens" in cats.definition["en"]
    assert asked.categories[-1].label == {"en": "none of these", "zh": "都不是"}


def test_a_label_of_people_goes_before_the_words_and_does_not_make_another_model(model, asked):
    named = replace(model, named={0: "Pets"})
    assert topic_question(named).categories[0].label["en"].startswith("1 · Pets: ")
    assert topic_question(named).instrument == asked.instrument
    assert model_hash(fit_topics([*TEXTS, "dogs bark loudly"] * 2, 2)) != model_hash(model)


def test_what_the_model_says_is_frozen_and_never_shown(sample, said, tmp_path):
    again = Sample.load(sample.save(tmp_path / "codes"))
    assert again.design.variables == ("topic",)
    assert again.design.labels_sha256 == (labels_hash(said["post_id"].tolist(), said["topic"]),)
    assert again.predictions.equals(sample.predictions)
    assert set(again.predictions["label"].dropna()) == {"1", "2"}
    assert list(again.assigned("anna").columns) == ["post_id", "target", "parent", "text"]
    assert read_codebook(tmp_path / "codes" / "codebook.toml") == sample.codebook


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_workbook_offers_the_topics_and_lists_their_words(sample, tmp_path, language):
    folder = sample.save(tmp_path / "codes")
    (file,) = write_sheets(sample, tmp_path / "sheets", language=language, coders=["anna"])
    book = openpyxl.load_workbook(file)
    topic = sample.codebook.variable("topic")
    labels = [category.shown(language) for category in topic.categories]
    lists = [[cell.value for cell in column if cell.value] for column in book["lists"].iter_cols()]
    assert labels in lists
    page = [cell for row in book.worksheets[1].iter_rows(values_only=True) for cell in row if cell]
    assert set(labels) <= set(page)
    assert topic.categories[0].definition[language] in page
    sheet = book.worksheets[0]
    column = [cell.value for cell in sheet[1]].index(topic.shown(language)) + 1
    for row in range(2, sheet.max_row + 1):
        sheet.cell(row, column).value = labels[row % 3]
    book.save(file)
    import_codes([file], folder)
    assert set(read_codes(folder, sample)["value"]) == {"1", "2", "none"}


def test_csv_takes_the_number_alone_and_refuses_what_is_no_topic(sample, tmp_path):
    folder = sample.save(tmp_path / "codes")
    (file,) = write_sheets(sample, tmp_path / "csv", format="csv", language="en", coders=["anna"])
    table = pd.read_csv(file, dtype=str, keep_default_na=False, encoding="utf-8-sig")
    table.assign(**{"main topic": "2"}).to_csv(file, index=False, encoding="utf-8-sig")
    assert import_codes([file], folder).codes == {"anna": len(table)}
    table.assign(**{"main topic": "3"}).to_csv(file, index=False, encoding="utf-8-sig")
    with pytest.raises(InputError, match="'3' is no answer to 'topic'"):
        import_codes([file], folder)


def test_the_page_and_label_studio_ask_for_it_too(sample, tmp_path):
    deck = CoderDeck(sample.save(tmp_path / "codes"), "anna")
    assert [len(variable["labels"]) for variable in deck.shown()["variables"]] == [4, 3]
    deck.put(deck.shown()["items"][0]["id"], "topic", "none", "")
    assert deck.counts[0] == 1
    assert 'name="topic" toName="text" choice="single"' in labelling_config(sample.codebook)


def coded(sample):
    """Two coders: anna says what the model says but calls every fourth topic 1 none; bo always agrees."""
    said = sample.predictions.set_index("post_id")["label"]
    meant = {
        unit: "none" if i % 4 == 0 and said[unit] == "1" else said[unit] for i, unit in enumerate(said.index)
    }
    rows = [
        {"post_id": unit, "target": "refugees", "coder": coder, "variable": "topic", "value": meant[unit]}
        for coder in sample.design.coders
        for unit in sample.assigned(coder)["post_id"]
        if isinstance(meant[unit], str)
    ]
    return pd.DataFrame(rows)


def test_precision_and_recall_are_given_for_each_topic_and_posts_without_a_topic_left_out(sample):
    codes = coded(sample)
    units = further_units(sample, codes, "topic")
    assert set(units["label"]) == {"1", "2"}
    table = measure_further(sample, codes)["further_accuracy"]
    whole = table[(table["group"] == "all") & (table["lang"] == "all")].set_index(["label", "measure"])
    weight, first = 1.0 / units["pi"], units["label"] == "1"
    by_hand = weight[first & (units["code"] == "1")].sum() / weight[first].sum()
    assert whole.loc[("1", "precision"), "estimate"] == pytest.approx(by_hand)
    assert by_hand < 1.0
    assert whole.loc[("2", "recall"), "estimate"] == pytest.approx(1.0)
    assert whole.loc[("none", "recall"), "estimate"] == 0.0  # the model never says none


def test_agreement_is_given_over_all_topics_and_for_each(sample):
    table = agreement(coded(sample), sample, draws=50)
    assert table.loc[0, "alpha"] == pytest.approx(1.0)
    assert {"1", "2"} <= set(table.loc[table["scope"] == "category", "value"])
