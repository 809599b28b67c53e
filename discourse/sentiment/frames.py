"""Frames and codes: what posts say, in as many categories at once as the researcher needs.

A frame is a list of phrases (shipped, or the researcher's own TSV), a classifier trained on hand codes
(:mod:`discourse.sentiment.frame_classifier`), or a column of codes given by people.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, runtime_checkable

import pandas as pd

from discourse.errors import InputError, ParameterError
from discourse.sentiment.phrases import Phrase, PhraseFinder, fold, read_phrases
from discourse.tables import Column, Table

if TYPE_CHECKING:
    from discourse.corpus.corpus import Corpus

_FOLDER = Path(__file__).resolve().parent / "frame_lexicons"
FOLDED = 4096  # posts that are folded ahead of the lists of phrases looked for in them

FRAME_CODES = Table(
    "frame_codes",
    "Which frames a post holds, and the words behind it.",
    (
        Column("row", "Int64", "number of the text, from 0"),
        Column("frame", "str", "name of the frame"),
        Column("present", "boolean", "whether the post holds it; NA where there are no words or no code"),
        Column("probability", "Float64", "of a trained frame; NA for others", required=False),
        Column("hits", "Int64", "phrases that count; NA for other methods", "phrases", required=False),
        Column("spans", "list[tuple[int, int]]", "where they stand", "code points"),
        Column("evidence", "str", "the phrases, and those that do not count because they are denied"),
        Column("method", "str", "lexicon <hash8> | trained <hash8> | hand"),
    ),
)


class FrameCode:
    """One judgment of one frame in one text."""

    __slots__ = ("evidence", "hits", "present", "probability", "spans")

    def __init__(
        self,
        present: bool | None,
        *,
        probability: float | None = None,
        hits: int | None = None,
        spans: Sequence[tuple[int, int]] = (),
        evidence: str = "",
    ) -> None:
        self.present = present
        self.probability = probability
        self.hits = hits
        self.spans = list(spans)
        self.evidence = evidence


@runtime_checkable
class FrameCoder(Protocol):
    """What codes one frame: a lexicon, a trained model, or people."""

    @property
    def name(self) -> str:
        """The name of the frame."""

    @property
    def method(self) -> str:
        """How it codes, with a hash of what it learned or lists."""

    def code(self, texts: Sequence[str | None]) -> list[FrameCode]:
        """Code the texts, one code each, in order."""


@dataclass(frozen=True)
class Frame:
    """A frame that is a list of phrases.

    Parameters
    ----------
    name : str
        Its name, as the study calls it.
    phrases : tuple of Phrase
        The forms, from :func:`discourse.sentiment.phrases.read_phrases`.

    Examples
    --------
    >>> load_frame("protest").code(["We are not here to boycott anything", "boycott Meta"])[1].present
    True
    """

    name: str
    phrases: tuple[Phrase, ...] = field(repr=False)

    @cached_property
    def _finder(self) -> PhraseFinder:
        return PhraseFinder(self.phrases)

    @cached_property
    def method(self) -> str:
        """Return ``lexicon`` and eight digits of a hash of the phrases."""
        lines = "\n".join(f"{p.language}\t{p.form}\t{p.note}" for p in self.phrases)
        return f"lexicon {hashlib.sha256(lines.encode()).hexdigest()[:8]}"

    def code(self, texts: Sequence[str | None]) -> list[FrameCode]:
        """Code the texts.

        Parameters
        ----------
        texts : sequence of str or None
            The texts; None or one without words has no code.

        Returns
        -------
        list of FrameCode
            One a text, in order.
        """
        return self.code_folded(texts, _folded(texts))

    def code_folded(self, texts: Sequence[str | None], lows: Sequence[str]) -> list[FrameCode]:
        """Code texts that were folded before, as :func:`code_frames` does once for all lists of phrases."""
        return [
            FrameCode(None) if text is None else self._code(text, low)
            for text, low in zip(texts, lows, strict=True)
        ]

    def _code(self, text: str, low: str) -> FrameCode:
        found = self._finder.find(text, low)
        counted = [hit for hit in found if not hit.negated]
        words = [
            f"not counted, denied: {text[h.start : h.stop]}" if h.negated else text[h.start : h.stop]
            for h in found
        ]
        spans = [(hit.start, hit.stop) for hit in counted]
        return FrameCode(bool(counted), hits=len(counted), spans=spans, evidence="; ".join(words))


@dataclass(frozen=True)
class HandCodes:
    """A frame coded by people.

    Parameters
    ----------
    name : str
        Its name.
    values : sequence of bool or None
        One a text; None, NaN or NA where nobody coded.

    Examples
    --------
    >>> [code.present for code in HandCodes("protest", [1, None]).code(["a", "b"])]
    [True, None]
    """

    name: str
    values: Sequence[Any] = field(repr=False)
    method: str = field(default="hand", init=False)

    def code(self, texts: Sequence[str | None]) -> list[FrameCode]:
        """Hand out the codes.

        Parameters
        ----------
        texts : sequence of str or None
            The texts, of which only the number counts.

        Returns
        -------
        list of FrameCode
            One a text, in order.

        Raises
        ------
        ParameterError
            If there are not as many codes as texts, or a code is not 0, 1, true or false.
        """
        values = list(self.values)
        if len(values) != len(texts):
            raise ParameterError(
                f"the frame {self.name!r} has {len(values)} hand codes for {len(texts)} texts",
                expected="one a text",
            )
        return [FrameCode(_yes_or_no(value, f"{self.name}, row {row}")) for row, value in enumerate(values)]


_WORDS = {"1": True, "true": True, "yes": True, "0": False, "false": False, "no": False}


def _yes_or_no(value: Any, where: str) -> bool | None:
    if value is None or pd.isna(value) or (isinstance(value, str) and not value.strip()):
        return None
    word = str(value).strip().lower().removesuffix(".0")
    if word not in _WORDS:
        raise ParameterError(
            f"{value!r} is no code", where=where, expected="0 or 1, or empty where not coded"
        )
    return _WORDS[word]


def frame_names() -> list[str]:
    """List the frames that ship with discourse.

    Examples
    --------
    >>> frame_names()
    ['atmosphere', 'cultural-exchange', 'displacement', 'easy-registration', 'following-friends', 'protest']
    """
    return sorted(path.stem for path in _FOLDER.glob("*.tsv"))


def load_frame(frame: str | Path, name: str | None = None) -> Frame:
    """Load a frame by its shipped name, or from the researcher's own file.

    Parameters
    ----------
    frame : str or pathlib.Path
        A name of :func:`frame_names`, or the path of a TSV with the columns language, form, note, source.
    name : str, optional
        What to call it; by default the name of the file without its ending.

    Returns
    -------
    Frame
        The frame.

    Raises
    ------
    InputError
        If there is no such frame or the file cannot be used; the message names file and line.

    Examples
    --------
    >>> load_frame("displacement").name
    'displacement'
    """
    text = str(frame)
    shipped = text in frame_names()
    if not shipped and not text.lower().endswith((".tsv", ".txt")):
        raise InputError(
            f"no frame is called {text!r}",
            expected=", ".join(frame_names()),
            hint="or give the path of a .tsv with the columns language, form, note, source",
        )
    path = _FOLDER / f"{text}.tsv" if shipped else Path(text)
    called = name or path.stem
    return Frame(called, tuple(read_phrases(path, called)))


FrameLike = str | Path | FrameCoder


def code_frames(
    texts: Sequence[str | None] | pd.Series[Any] | Corpus,
    frames: Sequence[FrameLike] | None = None,
    *,
    wide: bool = False,
) -> pd.DataFrame:
    """Say which frames each post holds, and by which words.

    Parameters
    ----------
    texts : sequence of str or None, Series or Corpus
        The posts.  In a corpus a title is read before its text.
    frames : sequence, optional
        Names of shipped frames, paths of the researcher's own TSV files, and anything with ``name``,
        ``method`` and ``code``: a :class:`Frame`, :class:`HandCodes`, or one frame of a trained
        :class:`discourse.sentiment.frame_classifier.FrameClassifier` (``classifier.frame("protest")``).  By
        default all shipped frames.
    wide : bool, default False
        One row a text and one column a frame, without the evidence.

    Returns
    -------
    DataFrame
        Long: :data:`FRAME_CODES`, one row a text and frame, in the order of both.  Wide:
        one boolean column a frame.  With a corpus also ``post_id``, first.  A post may hold several frames
        or none; ``present`` is NA where a post has no words or, for hand codes, nobody coded.

    Raises
    ------
    InputError
        If a frame cannot be loaded.
    ParameterError
        If two frames have one name, or hand codes are not one a text.

    Notes
    -----
    A lexicon frame is present if at least one of its phrases stands in the post and its clause does not deny
    it.  Dictionary codes must be checked against people before they are printed (Grimmer and Stewart 2013,
    *Political Analysis* 21(3), 267-297, doi:10.1093/pan/mps028):
    :func:`discourse.sentiment.frame_quality.frame_quality`.

    Examples
    --------
    >>> posts = ["My homepage is full of refugees", "Not here to protest, just here for the cat tax"]
    >>> code_frames(posts, ["displacement", "protest", "cultural-exchange"], wide=True).astype(int)
       displacement  protest  cultural-exchange
    0             1        0                  0
    1             0        0                  1
    """
    posts, ids = _posts(texts)
    coders = [load_frame(f) if isinstance(f, (str, Path)) else f for f in _given(frames)]
    names = [coder.name for coder in coders]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise ParameterError(f"two frames are called {twice[0]!r}", expected="one name a frame")
    columns = _columns(coders, posts)
    frame = _wide(columns, names, len(posts)) if wide else _long(columns, coders, len(posts))
    if ids is not None:
        repeated = ids if wide else [post for post in ids for _ in coders]
        frame.insert(0, "post_id", pd.Series(repeated, dtype="str"))
    return frame


def _folded(texts: Sequence[str | None]) -> list[str]:
    return ["" if text is None else fold(text) for text in texts]


def _columns(coders: Sequence[FrameCoder], posts: list[str | None]) -> list[list[FrameCode]]:
    """Let each coder code the posts; a text is folded once for all lists, some posts at a time."""
    lists = [coder for coder in coders if type(coder) is Frame]
    coded: dict[str, list[FrameCode]] = {coder.name: [] for coder in lists}
    for first in range(0, len(posts), FOLDED) if lists else ():
        some = posts[first : first + FOLDED]
        lows = _folded(some)
        for coder in lists:
            coded[coder.name] += coder.code_folded(some, lows)
    return [coded[coder.name] if coder.name in coded else list(coder.code(posts)) for coder in coders]


def _given(frames: Any) -> list[FrameLike]:
    if frames is None:
        return list(frame_names())
    if isinstance(frames, (str, Path)) or hasattr(frames, "code"):
        return [frames]
    return list(frames)


def _posts(texts: Any) -> tuple[list[str | None], list[str] | None]:
    if isinstance(texts, str):
        raise ParameterError("texts is one string", expected="a list of strings", hint="put it in a list")
    if hasattr(texts, "to_pandas") and not isinstance(texts, (pd.Series, list)):
        frame = texts.to_pandas()
        titles = frame["title"] if "title" in frame else [None] * len(frame)
        joined = [_joined(title, text) for title, text in zip(titles, frame["text"], strict=True)]
        return joined, [str(value) for value in frame["post_id"]]
    posts = []
    for number, text in enumerate(texts):
        if not isinstance(text, str) and not pd.isna(text):
            raise ParameterError(f"text {number} is not a string: {text!r}", expected="strings")
        posts.append(text if isinstance(text, str) and text.strip() else None)
    return posts, None


def _joined(title: Any, text: Any) -> str | None:
    parts = [part for part in (title, text) if isinstance(part, str) and part.strip()]
    return "\n".join(parts) or None


def _long(columns: list[list[FrameCode]], coders: list[Any], n: int) -> pd.DataFrame:
    rows = [
        (
            row,
            coder.name,
            code.present,
            code.probability,
            code.hits,
            code.spans,
            code.evidence,
            coder.method,
        )
        for row in range(n)
        for coder, column in zip(coders, columns, strict=True)
        for code in (column[row],)
    ]
    data = pd.DataFrame(rows, columns=FRAME_CODES.names).astype({"probability": "Float64"})
    return FRAME_CODES.conform(data)


def _wide(columns: list[list[FrameCode]], names: list[str], n: int) -> pd.DataFrame:
    data = {
        name: pd.array([code.present for code in column], dtype="boolean")
        for name, column in zip(names, columns, strict=True)
    }
    return pd.DataFrame(data, index=range(n))
