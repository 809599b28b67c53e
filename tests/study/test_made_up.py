"""A card speaks of the files that it lists, and of no other."""

from __future__ import annotations

import hashlib

import pytest

from discourse.study.load import load_study

STUDY = """
version = 1
[study]
title = "T"
question = "?"
[[sources]]
path = "corpus/exports"
"""


@pytest.fixture
def corpus(tmp_path):
    exports = tmp_path / "corpus" / "exports"
    exports.mkdir(parents=True)
    (exports / "posts.csv").write_bytes(b"post_id,text\n1,hello\n")
    digest = hashlib.sha256(b"post_id,text\n1,hello\n").hexdigest()
    (exports.parent / "card.toml").write_text(
        'synthetic = true\nkey = "made-up"\ncodes = "codes"\n[collection]\nhow = "by a program"\n'
        f'[sha256]\n"exports/posts.csv" = "{digest}"\n',
        encoding="utf-8",
    )
    (tmp_path / "study.toml").write_text(STUDY, encoding="utf-8")
    return tmp_path


def loaded(folder, more=""):
    (folder / "study.toml").write_text(STUDY + more, encoding="utf-8")
    return load_study(folder / "study.toml")


def test_listed_files_are_made_up(corpus):
    study = loaded(corpus)
    assert study.study.synthetic
    assert study.sources[0].key == "made-up"
    assert study.sources[0].collection.how == "by a program"
    assert study.validation.folders == (str(corpus / "corpus" / "codes"),)


def test_what_the_study_says_goes_before_the_card(corpus):
    study = loaded(corpus, '[sources.collection]\nhow = "mine"\n[validation]\ncodes = "other"\n')
    assert study.sources[0].collection.how == "mine"
    assert study.validation.folders == (str(corpus / "other"),)


@pytest.mark.parametrize("change", ["another file", "another byte", "a real source beside it"])
def test_posts_of_people_beside_made_up_ones_are_posts_of_people(corpus, change):
    exports, more = corpus / "corpus" / "exports", ""
    if change == "another file":
        (exports / "mine.csv").write_text("post_id,text\n2,hi\n", encoding="utf-8")
    elif change == "another byte":
        (exports / "posts.csv").write_bytes(b"post_id,text\n1,hallo\n")
    else:
        (corpus / "mine.csv").write_text("post_id,text\n2,hi\n", encoding="utf-8")
        more = '[[sources]]\npath = "mine.csv"\n'
    study = loaded(corpus, more)
    assert not study.study.synthetic
    assert all(source.key is None for source in study.sources)
    assert study.validation is None


def test_a_damaged_card_says_nothing(corpus):
    (corpus / "corpus" / "card.toml").write_text("synthetic = ", encoding="utf-8")
    assert not loaded(corpus).study.synthetic
