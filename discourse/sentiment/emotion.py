"""What is felt toward a target: pride, praise, contempt, anger, curiosity, joy, sadness, fear, surprise."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pandas as pd

from discourse.errors import InputError, ParameterError
from discourse.sentiment.nearness import Reach, reach_of
from discourse.sentiment.phrases import Hit, Phrase, PhraseFinder, read_phrases
from discourse.tables import Column, Table

if TYPE_CHECKING:
    from discourse.corpus.corpus import Corpus
    from discourse.sentiment.frame_classifier import FrameClassifier
    from discourse.sentiment.target import Target

EMOTIONS = ("pride", "praise", "contempt", "anger", "curiosity", "joy", "sadness", "fear", "surprise")
"""The categories, in the order of the columns."""

_FOLDER = Path(__file__).resolve().parent / "emotion_lexicons"
#: How well somebody is disposed who shows it; the others go with either.
VALENCE = {"pride": 1, "praise": 1, "joy": 1, "contempt": -1, "anger": -1}

EMOTION_CODES = Table(
    "emotion_codes",
    "Which emotions a post shows toward a target.",
    (
        Column("kind", "str", "how the post refers to the target, as in scores; NA where absent"),
        *(Column(name, "boolean", f"whether it shows {name}; NA where absent or self") for name in EMOTIONS),
        Column("emotion", "str", "the one with most evidence, the later one in a tie; NA if none"),
        Column("evidence", "str", "emotion and words behind it"),
    ),
)


class EmotionLexicon(NamedTuple):
    """Phrases with the emotion that each shows, and a name of the instrument."""

    finder: PhraseFinder
    instrument: str


@lru_cache(maxsize=8)
def load_emotions(extra: tuple[Path, ...] = ()) -> EmotionLexicon:
    """Load the emotion lexicons that ship with discourse, and the researcher's own.

    Parameters
    ----------
    extra : tuple of pathlib.Path
        TSV files with the columns language, form, category, note, source and, if wanted, role (``state``:
        felt by somebody, ``toward``: said of somebody).  Their entries replace shipped ones of the same form.

    Returns
    -------
    EmotionLexicon
        The finder and the name of the instrument.

    Raises
    ------
    InputError
        If a file cannot be used, or an entry has a category that is none of :data:`EMOTIONS`.

    Examples
    --------
    >>> load_emotions().instrument[:16]
    'emotion lexicon '
    """
    shipped = [phrase for path in sorted(_FOLDER.glob("*.tsv")) for phrase in read_phrases(path)]
    own = [phrase for path in extra for phrase in read_phrases(path)]
    for phrase in own:
        if phrase.category not in EMOTIONS and phrase.note != "exception":
            raise InputError(
                f"the form {phrase.form!r} has the unknown category {phrase.category!r}",
                expected=", ".join(EMOTIONS),
            )
    replaced = {(phrase.language, phrase.form) for phrase in own}
    phrases = [p for p in shipped if (p.language, p.form) not in replaced] + own
    lines = "\n".join(f"{p.language}\t{p.form}\t{p.category}\t{p.role}\t{p.note}" for p in phrases)
    return EmotionLexicon(
        PhraseFinder(phrases), f"emotion lexicon {hashlib.sha256(lines.encode()).hexdigest()[:8]}"
    )


def emotions(
    texts: Sequence[str] | pd.Series[Any] | Corpus,
    target: str | Path | Target | None = "refugees",
    *,
    scorer: str = "lexicon",
    parents: Sequence[str | None] | None = None,
    spans: Sequence[tuple[int, int] | None] | None = None,
    lexicons: Sequence[str | Path] = (),
    classifier: FrameClassifier | None = None,
) -> pd.DataFrame:
    """Say which emotions each post shows toward a target.

    Parameters
    ----------
    texts : list of str, Series or Corpus
        The posts.
    target : str, pathlib.Path, Target or None
        What the emotions are about, as in :func:`discourse.score`; None for the tone of the whole post,
        toward nothing in particular.
    scorer : str
        The instrument that finds the target and says whether the post is well or ill disposed.
    parents : list of str or None, optional
        The post that each text answers.
    spans : list of (int, int), optional
        Where the target stands in each text, if known.
    lexicons : sequence of path, optional
        The researcher's own emotion lexicons (:func:`load_emotions`).
    classifier : FrameClassifier, optional
        Trained on hand codes toward this target, with emotions as frames; it takes the place of the lexicons.
        An emotion that it has not learned is NA.

    Returns
    -------
    DataFrame
        :data:`EMOTION_CODES`, one row a text, in order: one boolean column an emotion, several may be true;
        NA where the target is absent or the post speaks of its author as one of them.  With a corpus also
        ``post_id``, first.

    Raises
    ------
    InputError
        If the target or a lexicon cannot be used.
    ParameterError
        If a list is not as long as the texts, or the classifier has learned something that is no emotion.

    Notes
    -----
    A word counts if its clause does not deny it; if it stands in a sentence that names the target, or in the
    clause after one, or anywhere where only the context names it; and if it does not contradict the scorer's
    judgment (anger in a post that is well disposed is at something else).  In a post judged neutral it must
    stand in the very clause.  What the target feels is not what is felt toward it.  The categories
    are those of studies of the event (Li and others 2025, arXiv:2507.14623; Ekman 1992,
    doi:10.1080/02699939208411068); the lexicons are ours.  Check them on hand codes before a
    figure is printed.

    Examples
    --------
    >>> frame = emotions(["I am so proud of these refugees", "The refugees are angry", "I hate Mondays"])
    >>> frame["emotion"].tolist()
    ['pride', nan, nan]
    """
    from discourse.sentiment.score import score

    lexicon = load_emotions(tuple(Path(path) for path in lexicons))
    if target is None:
        posts, ids = _texts(texts)
        kinds: list[Any] = [None] * len(posts)
        rows = [_row(None, _tone(lexicon.finder, text), text) for text in posts]
    else:
        judged = score(texts, target, scorer, parents=parents, spans=spans)
        posts, ids = _texts(texts)
        kinds = [None if pd.isna(kind) else kind for kind in judged["kind"]]
        rows = _toward(posts, judged, target, spans, lexicon)
    if classifier is not None:
        rows = _trained(posts, kinds, [row[1] is not None for row in rows], classifier)
    frame = EMOTION_CODES.conform(pd.DataFrame(rows, columns=EMOTION_CODES.names))
    if ids is not None:
        frame.insert(0, "post_id", pd.Series(ids, dtype="str"))
    return frame


def _texts(texts: Any) -> tuple[list[str], list[str] | None]:
    from discourse.sentiment.frames import _posts

    posts, ids = _posts(texts)
    return [text or "" for text in posts], ids


def _toward(posts: list[str], judged: pd.DataFrame, target: Any, spans: Any, lexicon: EmotionLexicon) -> Any:
    from discourse.sentiment.target import load_target

    reach = reach_of(load_target(target))
    rows = []
    judgments = zip(judged["label"], judged["score"], judged["mixed"], judged["kind"], strict=True)
    for number, (label, score, mixed, kind) in enumerate(judgments):
        if pd.isna(label) or pd.isna(score):
            rows.append(_row(kind, None, ""))
            continue
        span = None if spans is None else spans[number]
        sign = {"positive": 1, "negative": -1}.get(label, 0)
        found = lexicon.finder.find(posts[number])
        kept = _counted(found, posts[number], sign, bool(mixed), reach, span) if found else []
        rows.append(_row(kind, kept, posts[number]))
    return rows


def _trained(
    posts: list[str], kinds: list[Any], speaks: list[bool], classifier: FrameClassifier
) -> list[list[Any]]:
    """Ask a classifier about the posts that speak of the target."""
    strange = sorted(set(classifier.frames_) - set(EMOTIONS))
    if strange:
        raise ParameterError(f"the classifier has learned {strange[0]!r}", expected=", ".join(EMOTIONS))
    rows = []
    shares = classifier.predict_proba(posts).to_dict("records")
    for kind, asked, share in zip(kinds, speaks, shares, strict=True):
        found = {name: share[name] for name in EMOTIONS if name in share and share[name] >= 0.5}
        if not asked:
            rows.append(_row(kind, None, ""))
            continue
        main = max(found, key=found.__getitem__) if found else None
        words = "; ".join(f"{name}: {value:.2f}" for name, value in found.items())
        codes = [name in found if name in share else None for name in EMOTIONS]
        rows.append([kind, *codes, main, f"trained {classifier.digest} {words}".strip()])
    return rows


def _tone(finder: PhraseFinder, text: str) -> list[Hit]:
    return [hit for hit in finder.find(text) if not hit.negated]


def _counted(found: list[Hit], text: str, sign: int, mixed: bool, reach: Reach, span: Any) -> list[Hit]:
    """Keep what is near the target, not denied, and not against the judgment of the post."""
    nearness = reach.nearness(text, span)
    least = 2 if sign == 0 and not mixed else 1
    return [
        hit
        for hit in found
        if not hit.negated
        and (mixed or VALENCE.get(hit.phrase.category, 0) * sign >= 0)
        and nearness.of(hit.start) >= least
        and not (hit.phrase.role == "state" and nearness.is_theirs(hit.start, hit.stop))
    ]


def _row(kind: Any, kept: list[Hit] | None, text: str) -> list[Any]:
    if kept is None:
        return [None if pd.isna(kind) else kind, *[None] * len(EMOTIONS), None, ""]
    counts = dict.fromkeys(EMOTIONS, 0)
    last = dict.fromkeys(EMOTIONS, -1)
    for hit in kept:
        counts[hit.phrase.category] += 1
        last[hit.phrase.category] = hit.start
    rank: Callable[[str], tuple[int, int]] = lambda name: (counts[name], last[name])  # noqa: E731
    main = max(EMOTIONS, key=rank) if kept else None
    words = "; ".join(f"{hit.phrase.category}: {text[hit.start : hit.stop]}" for hit in kept)
    return [None if pd.isna(kind) else kind, *(counts[name] > 0 for name in EMOTIONS), main, words]


def phrases_of(emotion: str) -> list[Phrase]:
    """List the shipped phrases of one emotion, for a reader who wants to judge them.

    Parameters
    ----------
    emotion : str
        One of :data:`EMOTIONS`.

    Returns
    -------
    list of Phrase
        In the order of the files.

    Examples
    --------
    >>> len(phrases_of("pride")) > 100
    True
    """
    found = [phrase for path in sorted(_FOLDER.glob("*.tsv")) for phrase in read_phrases(path)]
    return [phrase for phrase in found if phrase.category == emotion]
