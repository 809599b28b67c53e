"""Learn what posts are about."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pandas as pd

from discourse.errors import NotMeasurable, ParameterError
from discourse.text.token_lists import WordLists
from discourse.topics.engine import Engine, make_engine
from discourse.topics.learning import Learning, as_keys
from discourse.topics.model import TopicModel, place_in
from discourse.topics.reading import Reading
from discourse.topics.space import Space, fit_space
from discourse.topics.vocabulary import LANGUAGES, Limits, common_forms

if TYPE_CHECKING:
    from discourse.corpus.corpus import Corpus
    from discourse.text.tokens import Tokens

#: A language with a smaller share of the content words gets no topics of its own.
MIN_LANGUAGE_SHARE = 0.1
GRID = (5, 10, 15, 20)


def fit_topics(
    texts: Sequence[str] | pd.Series | Corpus | Tokens,
    n_topics: int | str = 20,
    *,
    languages: str = "joint",
    lang: str | None = None,
    engine: str | Engine | None = None,
    seed: int = 0,
    stop_words: Iterable[str] | None = None,
    words: Iterable[str] = (),
    min_posts: int | None = None,
    max_share: float = 0.5,
    min_length: int = 2,
    hashtags: bool = True,
    pool: Sequence[Any] | pd.Series | None = None,
    sample: int | None = None,
    grid: Sequence[int] = GRID,
    authors: Sequence[Any] | pd.Series | None = None,
) -> TopicModel:
    """Fit a topic model.

    Parameters
    ----------
    texts : list of str, Series, Corpus or Tokens
        The posts, of any language; a missing text is an empty one.
    n_topics : int or "auto", default 20
        How many topics in all; ``auto`` tries the grid and takes the best, see
        :func:`discourse.topics.choose.choose_k`.
    languages : {"joint", "separate"}
        ``joint``: one topic space for Chinese and English, whose words are linked by a dictionary and by
        the posts that hold both; prevalences are comparable across languages.  ``separate``, as a check:
        one model a language; where Chinese and English each hold at least a tenth of the
        content words, they share the topics out in proportion to their words, at least two each, and a post
        in both is placed in both.
    lang : {"zh", "en"}, optional
        Read the words of this language only.
    engine : str or Engine, optional
        Name of an engine, or one; ``lsa`` by default, beside it ``lda`` (gensim), ``nmf`` (scikit-learn),
        ``tomotopy`` and ``embeddings`` (extras).
    seed : int, default 0
        Seed.
    stop_words : iterable of str, optional
        Words to leave out, beside the shipped stop words.
    words : iterable of str, optional
        The researcher's own words, kept in one piece by the segmenter.
    min_posts : int, optional
        Least number of posts with a word; by default 5 from 1,000 posts on, 2 from 100, else 1.
    max_share : float, default 0.5
        Words in more than this share of the posts are left out (not under 100 posts).
    min_length : int, default 2
        Shortest word kept, in characters.
    hashtags : bool, default True
        Whether the words of hashtags count.
    pool : sequence, optional
        Key of each post, such as its thread or author, or a list of keys, such as its hashtags: topics are
        learned from the posts of a key put together, and each post is then placed on its own.
    sample : int, optional
        Learn from at most so many posts, drawn by the seed; all posts are placed.
    grid : sequence of int
        Numbers of topics that ``auto`` tries.
    authors : sequence, optional
        Author of each post; ``auto`` then judges by samples of authors, else of posts.

    Returns
    -------
    TopicModel
        Topics from the most to the least talked of.  The order of the posts changes nothing.

    Raises
    ------
    ParameterError
        If a parameter is out of range.
    NotMeasurable
        If no post has a content word.

    Notes
    -----
    Stickers, emoji, urls, mentions, numbers, punctuation and stop words are no content words; Chinese is
    read in Simplified characters, English in lower case, all forms of a word as its commonest one.  Pooling
    short posts: Mehrotra et al. (2013, doi:10.1145/2484028.2484166).  State these choices beside a result
    (Maier et al. 2018, doi:10.1080/19312458.2018.1430754): :attr:`TopicModel.instrument` and
    :attr:`TopicModel.reading` have them.

    Examples
    --------
    >>> posts = ["cats sleep, kittens purr", "kittens and cats purr", "courts ban apps", "the app ban"]
    >>> model = fit_topics(posts, n_topics=2, seed=1)
    >>> model.prevalence.shape, model.engine, model.lang
    ((4, 2), 'lsa', 'en')
    """
    if languages not in ("joint", "separate"):
        raise ParameterError(f"languages is {languages!r}", expected="joint or separate")
    if lang is not None and lang not in LANGUAGES:
        raise ParameterError(f"lang is {lang!r}", expected="zh, en, or nothing for both")
    reading = Reading(
        LANGUAGES if lang is None else (lang,),
        tuple(stop_words or ()),
        tuple(words),
        int(min_length),
        hashtags,
    )
    reading, docs = read_alike(texts, reading)
    how = Learning(languages == "joint", Limits(min_posts, max_share), as_keys(pool, docs), sample)
    if n_topics == "auto":
        from discourse.topics.choose import choose_from

        return choose_from(docs, grid, reading, engine, seed, how, authors)
    if not isinstance(n_topics, int) or n_topics < 2:
        raise ParameterError(f"n_topics is {n_topics!r}", expected="a whole number from 2 on, or 'auto'")
    return fit_docs(docs, n_topics, reading, engine, seed, how)


def read_alike(
    texts: Sequence[str] | pd.Series | Corpus | Tokens, reading: Reading
) -> tuple[Reading, dict[str, Sequence[Sequence[str]]]]:
    """Read posts, and learn which form stands for all forms of an English word.

    Parameters
    ----------
    texts : list of str, Series, Corpus or Tokens
        The posts.
    reading : Reading
        How to read.

    Returns
    -------
    (Reading, dict of str to sequence of sequence of str)
        The reading with its forms, and the content words of each post by language.
    """
    docs = reading.content(texts)
    reading = replace(reading, forms=common_forms(docs.get("en", [])))
    return reading, reading.in_common_forms(docs)


def fit_docs(
    docs: Mapping[str, Sequence[Sequence[str]]],
    n_topics: int,
    reading: Reading,
    engine: str | Engine | None,
    seed: int,
    how: Learning | None = None,
) -> TopicModel:
    """Fit a topic model to content words that were already read.

    Parameters
    ----------
    docs : mapping of str to sequence of sequence of str
        Content words of each post, by language.
    n_topics : int
        How many topics in all.
    reading : Reading
        How the words were read.
    engine : str or Engine or None
        The engine.
    seed : int
        Seed.
    how : Learning
        One space or several, limits of the vocabulary, pools, sample.

    Returns
    -------
    TopicModel
        The fitted model.

    Raises
    ------
    NotMeasurable
        If no word is left.
    """
    how = how or Learning()
    learned_from = how.learned_from(docs, seed)
    fitted: list[Space | None]
    if how.joint:
        if not any(WordLists.of(rows).numbers.size for rows in docs.values()):
            raise no_content_word()
        fitted = [fit_space(learned_from, list(docs), make_engine(engine), n_topics, seed, how.limits)]
    else:
        shares = share_out(docs, n_topics)
        if len(shares) > 1 and engine is not None and not isinstance(engine, str):
            raise ParameterError(
                "one engine cannot learn two models",
                hint="give the engine by name, or fit one language with lang=",
            )
        fitted = [
            fit_space(learned_from, [lang], make_engine(engine), k, seed, how.limits)
            for lang, k in shares.items()
        ]
    spaces = tuple(space for space in fitted if space is not None)
    if not spaces:
        raise NotMeasurable(
            "no post has a content word that is neither too rare nor too common",
            hint="lower min_posts, or look at what the texts hold",
        )
    used = tuple(lang for space in spaces for lang in space.read)
    kept = {lang: docs[lang] for lang in used}
    reading = replace(reading, languages=used)
    return TopicModel(place_in(spaces, docs), seed, spaces, reading, kept, stated=how.stated)


def no_content_word() -> NotMeasurable:
    """Say that there is nothing to learn from."""
    return NotMeasurable("no post has a content word", hint="are the texts in Chinese or English?")


def share_out(docs: Mapping[str, Sequence[Sequence[str]]], n_topics: int) -> dict[str, int]:
    """Share topics out among languages, in proportion to their content words.

    Parameters
    ----------
    docs : mapping of str to sequence of sequence of str
        Content words of each post, by language.
    n_topics : int
        How many topics in all.

    Returns
    -------
    dict of str to int
        Topics of each language that has at least a tenth of the words, at least two each; with two or three
        topics in all, at least one each.

    Raises
    ------
    NotMeasurable
        If there is no word at all.

    Examples
    --------
    >>> share_out({"zh": [["猫"] * 30], "en": [["cat"] * 10]}, 20)
    {'zh': 15, 'en': 5}
    >>> share_out({"zh": [["猫"] * 30], "en": [["cat"]]}, 20)
    {'zh': 20}
    """
    sizes = {lang: len(WordLists.of(docs[lang]).numbers) for lang in docs}
    total = sum(sizes.values())
    if total == 0:
        raise no_content_word()
    large = [lang for lang in sizes if sizes[lang] >= MIN_LANGUAGE_SHARE * total]
    if len(large) == 1:
        return {large[0]: n_topics}
    first, second = large
    share = round(n_topics * sizes[first] / (sizes[first] + sizes[second]))
    least = 2 if n_topics >= 4 else 1  # no language stays without a topic of its own
    share = min(max(share, least), n_topics - least)
    return {first: share, second: n_topics - share}
