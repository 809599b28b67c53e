"""What an import cannot know about its corpus, and asks the researcher on a terminal."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from discourse.corpus.card import Card, known_card, write_card
from discourse.errors import ParameterError

Kind = Literal["text", "list", "number", "yes-no", "date"]
_FORMS: dict[Kind, str] = {
    "text": "",
    "list": "separated by commas",
    "number": "a number",
    "yes-no": "yes or no",
    "date": "YYYY-MM-DD",
}
_YES, _NO = (
    frozenset({"yes", "y", "true", "1", "是", "对", "有"}),
    frozenset({"no", "n", "false", "0", "否", "没有", "无"}),
)
TRIES = 3


@dataclass(frozen=True, slots=True)
class Question:
    """One thing to ask.

    Parameters
    ----------
    key : str
        Section and key of the card.
    text : str
        The question.
    kind : {"text", "list", "number", "yes-no", "date"}
        What an answer looks like.
    """

    key: str
    text: str
    kind: Kind = "text"

    @property
    def prompt(self) -> str:
        """The question with the form of its answer."""
        form = _FORMS[self.kind]
        return f"{self.text} ({form}; empty: unknown) " if form else f"{self.text} (empty: unknown) "


QUESTIONS = (
    Question("collection.how", "How were the posts found: keyword search, hashtag, accounts, chosen posts?"),
    Question("collection.keywords", "Which keywords or hashtags were searched?", "list"),
    Question("collection.sorted", "How were the results sorted: popular, newest, default?"),
    Question("collection.per_keyword_cap", "At most how many posts per keyword?", "number"),
    Question("collection.per_post_cap", "At most how many comments per post?", "number"),
    Question("collection.sub_comments", "Were replies to comments collected?", "yes-no"),
    Question("collection.collected", "First day of collecting?", "date"),
    Question("collection.collected_until", "Last day of collecting?", "date"),
    Question("hidden.moderation", "What does moderation hide, as far as you know?"),
    Question("hidden.deletion", "What was deleted or hidden before it could be collected?"),
    Question("law.legal_basis", "On what legal basis are the posts kept?"),
    Question("law.retention_until", "Until when will they be kept?", "date"),
    Question("law.responsible", "Who is responsible for them (office or role)?"),
    Question("collector.licence", "Under which licence was the collecting tool used?"),
)


def questions(card: Card) -> list[Question]:
    """List what a card does not say yet.

    Parameters
    ----------
    card : Card
        As far as it is known.

    Returns
    -------
    list of Question
        In the order in which they are asked.  Keywords that the exports name are not asked for.

    Examples
    --------
    >>> from discourse.corpus.card import Finding
    >>> len(questions(Card())) - len(questions(Card(collection=Finding(how="hashtag", sub_comments=False))))
    2
    """
    open_ones = [q for q in QUESTIONS if _value(card, q.key) in (None, ())]
    met = bool(card.collection.keywords_met)
    return [q for q in open_ones if not (met and q.key == "collection.keywords")]


def _value(card: Card, key: str) -> Any:
    section, name = key.split(".")
    return getattr(getattr(card, section), name)


def parse_answer(question: Question, answer: str) -> Any:
    """Turn an answer into a value of the card.

    Parameters
    ----------
    question : Question
        What was asked.
    answer : str
        What was typed.

    Returns
    -------
    object
        None if nothing was typed.

    Raises
    ------
    ParameterError
        If it is not of the form asked for.

    Examples
    --------
    >>> parse_answer(Question("collection.sub_comments", "?", "yes-no"), "是")
    True
    >>> parse_answer(Question("collection.keywords", "?", "list"), "cat tax，猫税")
    ('cat tax', '猫税')
    """
    text = answer.encode("utf-8", "replace").decode("utf-8").strip()
    if not text:
        return None
    if question.kind == "list":
        return tuple(
            part.strip() for part in text.replace("，", ",").replace("、", ",").split(",") if part.strip()
        )
    if question.kind == "yes-no":
        if text.casefold() in _YES | _NO:
            return text.casefold() in _YES
    elif question.kind == "number":
        digits = text.replace(",", "")
        if digits.isdecimal() and int(digits) >= 1:
            return int(digits)
    elif question.kind == "date":
        try:
            return dt.date.fromisoformat(text)
        except ValueError:
            pass
    else:
        return text
    raise ParameterError(f"{text!r} is no answer to this", expected=_FORMS[question.kind])


def ask_card(card: Card, ask: Callable[[str], str], say: Callable[[str], None] = lambda text: None) -> Card:
    """Ask for what a card does not say.

    Parameters
    ----------
    card : Card
        As far as it is known.
    ask : callable
        Shows a prompt and gives the line typed, like :func:`input`.
    say : callable, optional
        Shows why an answer was not understood.

    Returns
    -------
    Card
        With the answers; an end of the input ends the asking and loses nothing.
    """
    answers: dict[str, dict[str, Any]] = {}
    for question in questions(card):
        try:
            value = _ask_one(question, ask, say)
        except EOFError:
            break
        if value is not None:
            section, name = question.key.split(".")
            answers.setdefault(section, {})[name] = value
    update = {
        section: getattr(card, section).model_copy(update=values) for section, values in answers.items()
    }
    return card.model_copy(update=update)


def _ask_one(question: Question, ask: Callable[[str], str], say: Callable[[str], None]) -> Any:
    for _ in range(TRIES):
        try:
            return parse_answer(question, ask(question.prompt))
        except ParameterError as error:
            say(str(error))
    return None


def update_card(
    folder: str | Path,
    ask: Callable[[str], str] | None = None,
    say: Callable[[str], None] = lambda text: None,
) -> Card:
    """Write the card of an imported corpus, with what the import knows and what is answered.

    Parameters
    ----------
    folder : path
        The corpus folder.
    ask : callable, optional
        Like :func:`input`, on a terminal; without one nothing is asked, and what is unknown stays unknown.
    say : callable, optional
        Shows why an answer was not understood.

    Returns
    -------
    Card
        As written.

    Raises
    ------
    InputError
        If the corpus or its card cannot be read or written.
    """
    card = known_card(folder)
    if ask is not None:
        card = ask_card(card, ask, say)
    write_card(folder, card)
    return card
