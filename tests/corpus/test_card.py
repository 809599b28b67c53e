from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from discourse.corpus.card import (
    Card,
    Collector,
    Finding,
    Hidden,
    Law,
    card_dict,
    collection_fields,
    known_card,
    merge_cards,
    read_card,
    write_card,
)
from discourse.corpus.read import import_exports
from discourse.errors import InputError
from discourse.study.sources import Collection


@pytest.fixture
def corpus(data: Path, key: bytes, tmp_path: Path) -> Path:
    out = tmp_path / "corpus"
    import_exports(data / "mediacrawler" / "thread", out, key=key, card={"how": "keyword search"})
    return out


FULL = Card(
    title='A "quoted" title',
    collection=Finding(
        how="keyword search",
        keywords=("cat tax", "猫税"),
        sorted="popular",
        per_keyword_cap=220,
        sub_comments=False,
        collected=dt.date(2025, 2, 1),
    ),
    collector=Collector(names=("mediacrawler",), licence="non-commercial"),
    hidden=Hidden(moderation="unknown", deletion="what was deleted before February"),
    law=Law(legal_basis="GDPR Art. 6(1)(e)", retention_until=dt.date(2030, 1, 1)),
    counts={"read": 5},
)


def test_what_is_written_is_read_back(tmp_path: Path) -> None:
    write_card(tmp_path, FULL)
    assert read_card(tmp_path) == FULL
    assert [p.name for p in tmp_path.iterdir()] == ["card.toml"]


def test_writing_twice_gives_the_same_bytes(tmp_path: Path) -> None:
    first = write_card(tmp_path, FULL).read_bytes()
    assert write_card(tmp_path, read_card(tmp_path)).read_bytes() == first
    assert b"\r" not in first


def test_no_card_is_an_empty_card(tmp_path: Path) -> None:
    assert read_card(tmp_path) == Card()


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("[collection\n", "card.toml"),
        ("[collection]\nsort = 'popular'\n", "collection.sort"),
        ("[collection]\nper_keyword_cap = 0\n", "per_keyword_cap"),
        ("[law]\nretention_until = 'soon'\n", "retention_until"),
    ],
)
def test_a_card_that_cannot_be_used_is_named(tmp_path: Path, text: str, named: str) -> None:
    (tmp_path / "card.toml").write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=r"card") as error:
        read_card(tmp_path)
    assert named in str(error.value)


def test_the_shipped_card_can_be_read() -> None:
    from discourse.shipped import shipped_path

    card = read_card(shipped_path("corpora", "tiktok-refugees-demo"))
    assert card.collection.per_keyword_cap == 220


def test_the_import_knows_collector_licence_keywords_counts_hashes_and_times(corpus: Path) -> None:
    card = known_card(corpus)
    assert card.collector.names == ("mediacrawler",)
    assert "no commercial use" in str(card.collector.licence)
    assert card.collection.keywords_met == ("TikTok refugee",)
    assert card.collection.how == "keyword search"
    assert (card.counts["read"], card.counts["kept"]) == (6, 6)
    assert len(card.sha256) == 2
    assert all(len(digest) == 64 for digest in card.sha256.values())
    assert card.span.first is not None
    assert card.span.first < card.span.last


def test_what_the_researcher_wrote_stands(corpus: Path) -> None:
    write_card(corpus, Card(collection=Finding(how="hashtag"), collector=Collector(licence="ours")))
    card = known_card(corpus)
    assert (card.collection.how, card.collector.licence) == ("hashtag", "ours")


def test_counts_and_hashes_are_those_of_the_import() -> None:
    known = Card(counts={"read": 9}, sha256={"b.csv": "1"})
    assert merge_cards(FULL, known).counts == {"read": 9}
    assert merge_cards(FULL, known).sha256 == {"b.csv": "1"}


def test_a_study_takes_the_card() -> None:
    fields = collection_fields(FULL)
    study = Collection.model_validate(fields)
    assert study.how == "keyword search"
    assert study.keywords == ("cat tax", "猫税")
    assert study.legal_basis == "GDPR Art. 6(1)(e)"
    assert "kept until 2030-01-01" in str(study.note)
    assert collection_fields(Card()) == {}


def test_a_corpus_shows_fields_and_sections(corpus: Path) -> None:
    write_card(corpus, FULL)
    shown = card_dict(corpus, {"how": "given"})
    assert shown["how"] == "keyword search"
    assert shown["hidden"]["deletion"] == "what was deleted before February"


def test_the_card_names_nobody(corpus: Path, key: bytes) -> None:
    text = write_card(corpus, known_card(corpus)).read_text(encoding="utf-8")
    assert key.hex() not in text
    assert "a-" not in text.replace("a-z", "")


@pytest.mark.parametrize("content", ["a = " + "[" * 10_000, "version = " + "9" * 5_000])
def test_a_card_of_brackets_or_digits_without_end_is_refused_in_words(tmp_path: Path, content: str) -> None:
    (tmp_path / "card.toml").write_text(content, encoding="utf-8")
    with pytest.raises(InputError, match="card cannot be read"):
        read_card(tmp_path)
