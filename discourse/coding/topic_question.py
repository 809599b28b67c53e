"""The main topic of a post as a question to people: which of the topics of a model, or none of them."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Final

from discourse.coding.codebook import Category, Words
from discourse.coding.further import TOPIC, Question

if TYPE_CHECKING:
    import pandas as pd

    from discourse.topics.model import TopicModel

#: The answer of people who find no topic of the list in a post; no model gives it.
NONE: Final = "none"
_NAME: Final = {"en": "main topic", "zh": "主要话题"}
_LISTED, _DEFINED, _LONGEST = 5, 10, 90
_COMMA = {"en": ", ", "zh": "、"}
_WORDS = {"en": "Said in it, for example: {words}.", "zh": "其中常见的词，例如：{words}。"}
_NONE = Category(
    NONE,
    {"en": "none of these", "zh": "都不是"},
    {
        "en": "No topic of the list fits, or it cannot be told what the post is about.",
        "zh": "列表中没有合适的话题，或看不出帖文在说什么。",
    },
)


def topic_question(model: TopicModel) -> Question:
    """Ask which topic of a model a post is mainly about.

    Parameters
    ----------
    model : TopicModel
        The fitted model, with the labels of people where there are any.

    Returns
    -------
    Question
        One question whose answers are the topics, by number from 1 as reports print them, each shown with its
        label and its first words in both languages, and "none of these".

    Notes
    -----
    One list to choose from, where frames are a question of yes or no each: a post has one main topic, and
    nobody would answer twenty questions a post.  People judge a main topic, so what they measure is the share
    of posts that a topic leads, and not its mean proportion in posts.

    Examples
    --------
    >>> from discourse.topics.fit import fit_topics
    >>> asked = topic_question(fit_topics(["cats purr", "courts ban apps"] * 3, 2))
    >>> [category.name for category in asked.categories], asked.categories[1].label["en"][:4]
    (['1', '2', 'none'], '2 · ')
    """
    listed, defined = (_top_words(model, n) for n in (_LISTED, _DEFINED))
    answers = []
    for topic in range(model.n_topics):
        name, own = model.named.get(topic), listed[topic]
        label = {lang: _label(topic, name, own, lang) for lang in _NAME}
        said = {lang: text.format(words=_both(defined[topic], lang)) for lang, text in _WORDS.items()}
        answers.append(Category(as_answer(topic), label, said))
    stamp = f"{model.instrument}, words {model_hash(model)[:12]}"
    return Question(TOPIC, _NAME, stamp, (*answers, _NONE))


def as_answer(topic: int) -> str:
    """Name a topic as sheets do: numbers begin with 1, as in the report.

    Examples
    --------
    >>> as_answer(0)
    '1'
    """
    return str(topic + 1)


def model_hash(model: TopicModel) -> str:
    """Hash what a model found: engine, seed, and the first ten words of each topic in each language.

    Parameters
    ----------
    model : TopicModel
        The fitted model.

    Returns
    -------
    str
        SHA-256, 64 hexadecimal digits.  Weights are not in it, for their last digits differ between
        machines; nor are the labels that people give.

    Examples
    --------
    >>> from discourse.topics.fit import fit_topics
    >>> texts = ["cats purr", "courts ban apps"] * 3
    >>> model_hash(fit_topics(texts, 2)) == model_hash(fit_topics(texts, 2))
    True
    """
    words = [{lang: sorted(own) for lang, own in topic.items()} for topic in _top_words(model, _DEFINED)]
    text = json.dumps([model.instrument, words], ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def _top_words(model: TopicModel, n: int) -> list[dict[str, list[str]]]:
    top: pd.DataFrame = model.top_words(n)
    found: list[dict[str, list[str]]] = [{} for _ in range(model.n_topics)]
    for topic, lang, word in top[["topic", "lang", "word"]].itertuples(index=False):
        found[int(topic)].setdefault(str(lang), []).append(str(word))
    return found


def _both(words: Words | dict[str, list[str]], reader: str) -> str:
    """Write the words of both languages, those of the reader's first."""
    order = sorted(words, key=lambda lang: lang != reader)
    return " / ".join(_COMMA.get(lang, ", ").join(words[lang]) for lang in order)


def _label(topic: int, name: str | None, words: dict[str, list[str]], reader: str) -> str:
    colon = "：" if reader == "zh" else ": "
    said = (f"{name}{colon}" if name else "") + _both(words, reader)
    return f"{as_answer(topic)} · {said if len(said) <= _LONGEST else said[: _LONGEST - 1] + '…'}"
