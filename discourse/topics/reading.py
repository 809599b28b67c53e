"""How posts are read for a topic model: kept with the model, so that new posts are read alike."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd

from discourse.errors import ParameterError
from discourse.text.dictionary import lemma
from discourse.text.given import refuse_table
from discourse.text.token_lists import WordLists
from discourse.text.tokens import Tokens, tokenize
from discourse.topics.vocabulary import LANGUAGES, content_words

if TYPE_CHECKING:
    from discourse.corpus.corpus import Corpus


@dataclass(frozen=True)
class Reading:
    """Settings of the way from texts to content words.

    Attributes
    ----------
    languages : tuple of str
        Languages whose words are kept.
    stop_words : tuple of str
        Words to leave out beside the shipped stop words.
    words : tuple of str
        The researcher's own words, kept in one piece by the segmenter.
    min_length : int
        Shortest word kept, in characters.
    hashtags : bool
        Whether the words of hashtags count too.
    forms : mapping of str to str or None
        The form that stands for all forms of an English word, by lemma; None leaves words as they are.
    """

    languages: tuple[str, ...] = LANGUAGES
    stop_words: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    min_length: int = 2
    hashtags: bool = False
    forms: Mapping[str, str] | None = None

    def content(
        self, texts: Sequence[str] | pd.Series | Corpus | Tokens
    ) -> dict[str, Sequence[Sequence[str]]]:
        """Read texts into content words by language.

        Parameters
        ----------
        texts : list of str, Series, Corpus or Tokens
            The posts; a missing text is read as an empty one.

        Returns
        -------
        dict of str to list of list of str
            For each language one list of words a post.
        """
        tokens = texts if isinstance(texts, Tokens) else tokenize(as_texts(texts), words=self.words)
        found = content_words(
            tokens, stop_words=self.stop_words, min_length=self.min_length, hashtags=self.hashtags
        )
        return self.in_common_forms({lang: found[lang] for lang in self.languages})

    def in_common_forms(self, docs: dict[str, Sequence[Sequence[str]]]) -> dict[str, Sequence[Sequence[str]]]:
        """Put one form for all forms of an English word.

        Parameters
        ----------
        docs : dict of str to list of list of str
            Content words of each post, by language.

        Returns
        -------
        dict of str to list of list of str
            The same posts.
        """
        if self.forms is None or "en" not in docs:
            return docs
        english = WordLists.of(docs["en"])
        return docs | {"en": english.renamed([self.forms.get(lemma(word), word) for word in english.types])}


def as_texts(texts: Sequence[str] | pd.Series | Corpus) -> list[str]:
    """Give posts as a list of str.

    Parameters
    ----------
    texts : list of str, Series or Corpus
        The posts; of a corpus, titles are read too.

    Returns
    -------
    list of str
        One text a post, empty where it is missing.

    Raises
    ------
    ParameterError
        If a single str or a table is given, or something that is no text.

    Examples
    --------
    >>> as_texts(pd.Series(["hello", None]))
    ['hello', '']
    """
    if isinstance(texts, str):
        raise ParameterError("one text is no list of texts", hint="put it into a list")
    refuse_table(texts)
    if hasattr(texts, "to_pandas"):
        frame = texts.to_pandas()
        title = frame["title"].fillna("") + "\n"
        return [t + x for t, x in zip(title, frame["text"].fillna(""), strict=True)]
    return [_as_text(text, i) for i, text in enumerate(texts)]


def _as_text(text: Any, i: int) -> str:
    if isinstance(text, str):
        return text
    if text is None or pd.isna(text):
        return ""
    raise ParameterError(f"text {i} is {type(text).__name__}, not str", where=f"texts[{i}]")
