"""From one ``[[codes]]`` of a study to what codes it: a list of phrases, a trained model, or people."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from discourse.errors import ParameterError
from discourse.sentiment.frame_classifier import FrameClassifier
from discourse.sentiment.frames import FrameCoder, HandCodes, frame_names, load_frame


def load_code(
    name: str,
    *,
    lexicon: str | Path | None = None,
    trained: str | Path | None = None,
    values: Sequence[Any] | None = None,
    base: str | Path | None = None,
) -> FrameCoder:
    """Make what codes one frame of a study.

    Parameters
    ----------
    name : str
        The name of the frame in the study.
    lexicon : str or pathlib.Path, optional
        The researcher's TSV, or the name of a shipped frame.
    trained : str or pathlib.Path, optional
        Folder of a saved :class:`FrameClassifier` that has learned ``name``.
    values : sequence, optional
        Hand codes, one a post: a column of the posts table.
    base : str or pathlib.Path, optional
        Folder that relative paths start from.

    Returns
    -------
    FrameCoder
        For :func:`discourse.sentiment.frames.code_frames`.  With nothing but a name, the shipped frame of
        that name.

    Raises
    ------
    ParameterError
        If more than one way is given, or none and no frame of that name ships.
    InputError
        If the file or folder cannot be used.

    Examples
    --------
    >>> load_code("protest").name, load_code("why", lexicon="protest").name
    ('protest', 'why')
    """
    given = [way for way in (lexicon, trained, values) if way is not None]
    if len(given) > 1:
        raise ParameterError(
            f"the code {name!r} has {len(given)} ways of coding", expected="one of lexicon, trained, values"
        )
    if values is not None:
        return HandCodes(name, values)
    if trained is not None:
        return FrameClassifier.load(_below(base, trained)).frame(name)
    if lexicon is not None:
        return load_frame(lexicon if str(lexicon) in frame_names() else _below(base, lexicon), name)
    if name in frame_names():
        return load_frame(name)
    raise ParameterError(
        f"the code {name!r} has no way of coding",
        expected="a lexicon, a trained model or hand codes",
        hint=f"frames that ship: {', '.join(frame_names())}",
    )


def _below(base: str | Path | None, path: str | Path) -> Path:
    return Path(path) if base is None else Path(base, path)
