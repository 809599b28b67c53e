"""What a notebook hands over where texts are wanted: refuse what would be read as something else."""

from __future__ import annotations

from typing import Any

from discourse.errors import ParameterError


def refuse_table(texts: Any) -> None:
    """Refuse a table where its column of texts is wanted.

    Going through a DataFrame gives the names of its columns, so that ten texts would be read that nobody
    wrote, without a word.

    Parameters
    ----------
    texts : object
        What was given as texts.

    Raises
    ------
    ParameterError
        If it is a table.

    Examples
    --------
    >>> refuse_table(["a", "b"])
    """
    if not hasattr(texts, "columns"):
        return
    raise ParameterError(
        "a table was given where texts are wanted",
        where=f"columns: {', '.join(map(str, texts.columns))[:300]}",
        expected="one column of it, or a list of texts",
        hint='name the column that holds the posts, for instance posts["text"]',
    )


def refuse_one_text(texts: Any) -> None:
    """Refuse a single text where several are wanted: it would be read letter by letter.

    Parameters
    ----------
    texts : object
        What was given as texts.

    Raises
    ------
    ParameterError
        If it is one text.

    Examples
    --------
    >>> refuse_one_text(["a", "b"])
    """
    if isinstance(texts, str):
        raise ParameterError("one text was given", expected="a list of texts", hint="write [text]")


def refuse_several(text: Any, function: str) -> None:
    """Refuse anything but one text, and say how to take several.

    Parameters
    ----------
    text : object
        What was given as a text.
    function : str
        The name of the function, for the message.

    Raises
    ------
    ParameterError
        If it is no str.

    Examples
    --------
    >>> refuse_several("one text", "segment_zh")
    """
    if not isinstance(text, str):
        raise ParameterError(
            f"{function} takes one text, and was given {type(text).__name__}",
            expected="a str",
            hint=f"for several texts write [{function}(text) for text in texts]",
        )
