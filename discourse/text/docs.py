"""Posts as spaCy documents, in both languages, without any download."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import TYPE_CHECKING, Literal

from discourse.errors import ParameterError
from discourse.text.segment import Word
from discourse.text.tokens import tokenize

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc


@cache
def _pipeline(lang: str) -> Language:
    import spacy

    return spacy.blank(lang)


def docs(texts: Iterable[str], lang: Literal["zh", "en"], *, words: Iterable[Word] = ()) -> list[Doc]:
    """Make spaCy documents of posts.

    Parameters
    ----------
    texts : iterable of str
        The posts.
    lang : {"zh", "en"}
        For ``en`` spaCy's own blank English pipeline; for ``zh`` the tokens of :func:`tokenize` on its blank
        Chinese vocabulary (spaCy by itself would cut Chinese into characters).
    words : iterable of str or tuple, optional
        Words of the researcher's own, for ``zh``.

    Returns
    -------
    list of spacy.tokens.Doc
        One a post; ``doc.text`` is the post, and ``token.idx`` counts its code points.

    Raises
    ------
    ParameterError
        If the language is another one.

    Notes
    -----
    Nothing is trained: no tags, no entities.  A pipeline that you install yourself can be run over them:
    ``nlp(doc)``.  Honnibal, Montani, Van Landeghem and Boyd (2020). spaCy. doi:10.5281/zenodo.1212303

    Examples
    --------
    >>> [token.text for token in docs(["欢迎TikTok难民[doge]"], "zh")[0]]
    ['欢迎', 'TikTok', '难民', '[doge]']
    >>> [token.text for token in docs(["We love it"], "en")[0]]
    ['We', 'love', 'it']
    """
    if lang == "en":
        return list(_pipeline("en").pipe(texts))
    if lang != "zh":
        raise ParameterError(f"no documents for language {lang!r}", expected="zh or en")
    rows = list(texts)
    return [_doc(text, spans) for text, spans in zip(rows, tokenize(rows, words=words).spans, strict=True)]


def _doc(text: str, spans: list[tuple[int, int]]) -> Doc:
    """Build one document; what stands between tokens is a space behind one, or a token of its own."""
    from spacy.tokens import Doc

    words: list[str] = []
    spaces: list[bool] = []
    at = 0
    for start, stop in [*spans, (len(text), len(text))]:
        gap = text[at:start]
        if gap.startswith(" ") and words:
            spaces[-1], gap = True, gap[1:]
        for piece in (gap, text[start:stop]):
            if piece:
                words.append(piece)
                spaces.append(False)
        at = stop
    return Doc(_pipeline("zh").vocab, words=words, spaces=spaces)
