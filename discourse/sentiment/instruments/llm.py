"""A language model behind an endpoint, off by default: texts leave the machine."""

from __future__ import annotations

import tomllib
import warnings
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from discourse.errors import InputError, ParameterError
from discourse.sentiment.instruments.endpoint import Endpoint, Reply
from discourse.sentiment.instruments.presence import Span, checked
from discourse.sentiment.instruments.prompt import (
    hash_of,
    judgment,
    read_answer,
    system_prompt,
    unanswered,
    user_prompt,
)
from discourse.sentiment.instruments.record import Record
from discourse.sentiment.judgment import Judgment
from discourse.sentiment.target import Target, load_target

_SETTINGS: dict[str, type | tuple[type, ...]] = {
    "url": str,
    "model": str,
    "recipient": str,
    "legal_basis": str,
    "temperature": (int, float),
    "key_env": str,
    "record": str,
    "concurrency": int,
    "price": (int, float),
    "timeout": (int, float),
    "tries": int,
    "pause": (int, float),
}


class TextsLeaveTheMachine(UserWarning):
    """Post texts are sent to somebody else."""


@dataclass(frozen=True)
class Plan:
    """What a run would send, before anything is sent.

    ``tokens`` is an estimate: a token for each Chinese character and for each 4 others, the instruction with
    every post, and 60 for each answer.  ``cost`` is in the unit of the price, None where none was given.
    """

    texts: int
    answered: int
    to_send: int
    characters: int
    tokens: int
    cost: float | None
    host: str
    model: str
    recipient: str
    legal_basis: str

    def __str__(self) -> str:
        cost = "not known: give price, per million tokens" if self.cost is None else f"about {self.cost:.2f}"
        return (
            f"{self.to_send:,} of {self.texts:,} texts would be sent ({self.answered:,} answered already): "
            f"{self.characters:,} characters, about {self.tokens:,} tokens\n"
            f"to {self.recipient} ({self.host}, model {self.model}), on the legal basis: {self.legal_basis}\n"
            f"cost: {cost}"
        )


class LlmScorer:
    """Judge posts by a language model behind an OpenAI-compatible endpoint.

    Parameters
    ----------
    target : str, pathlib.Path or Target
        What the sentiment is about.
    neutral : float, optional
        Scores nearer to zero than this are neutral; the model's weak, clear and strong are 0.4, 0.7 and 1.
    replies : bool
        Whether the model is shown the post that a post answers.
    endpoint : Endpoint or None
        Where texts go.
    recipient : str
        Who receives the texts (the operator of the endpoint), for the record and the report.
    legal_basis : str
        On which ground they may be sent (consent, ethics approval, a processing agreement, own machine).
    record : str or pathlib.Path, optional
        File of JSON lines that keeps prompt hash, model, temperature and every answer; with it a run that was
        stopped goes on where it was, and an answered post is never paid for twice.
    concurrency : int
        Questions under way at once, 1 to 32.
    price : float, optional
        Price of a million tokens, for :meth:`plan`.

    Raises
    ------
    ParameterError
        If the endpoint, the recipient or the legal basis is not given, or a number is out of range.

    Notes
    -----
    A post without a usable answer has label NA, score NA, and the reason as evidence; it is asked
    again on the next run.  It is never counted as neutral.  Annotations by language models need a
    check on hand codes and a corrected estimate (Egami and others 2023, arXiv:2306.04746; Baumann
    and others 2025, arXiv:2509.08825).
    """

    def __init__(
        self,
        target: str | Path | Target = "refugees",
        *,
        neutral: float | None = None,
        replies: bool = True,
        endpoint: Endpoint | None = None,
        recipient: str = "",
        legal_basis: str = "",
        record: str | Path | None = None,
        concurrency: int = 4,
        price: float | None = None,
    ) -> None:
        if endpoint is None:
            raise ParameterError(
                "the llm scorer needs an endpoint",
                hint='write its settings in a file and name it: scorer "llm:settings.toml"',
            )
        for name, value in (("recipient", recipient), ("legal_basis", legal_basis)):
            if not str(value).strip():
                raise ParameterError(
                    f"post texts would leave this machine, and {name} is not given",
                    expected="recipient: who receives them; legal_basis: on which ground they may be sent",
                )
        if not 1 <= concurrency <= 32:
            raise ParameterError(f"concurrency is {concurrency}", expected="1 to 32")
        self.target = load_target(target)
        self.neutral = checked(neutral)
        self.replies = replies
        self.endpoint, self.recipient, self.legal_basis = endpoint, recipient, legal_basis
        self.concurrency, self.price = concurrency, price
        self.record = Record(record)
        self._system = system_prompt(self.target)
        self._warned = False

    @property
    def instrument(self) -> str:
        """Model, temperature, hash of the prompt, and who received the texts."""
        prompt = hash_of(self._system)[:8]
        where = f"{self.endpoint.model} temperature {self.endpoint.temperature:g} prompt {prompt}"
        return f"llm {where} by {self.recipient}"

    def plan(
        self,
        texts: Sequence[str],
        parents: Sequence[str | None] | None = None,
        spans: Sequence[Span | None] | None = None,
    ) -> Plan:
        """Say what would be sent, to whom and at what cost; sends nothing.

        Parameters
        ----------
        texts, parents, spans : sequences
            As in :meth:`score`.

        Returns
        -------
        Plan
            Print it before you decide.
        """
        asked = self._questions(texts, parents, spans)
        new = {key: user for key, user in asked if self._answer(key) is None}
        each = _tokens(self._system) + 60
        tokens = sum(_tokens(user) + each for user in new.values())
        return Plan(
            texts=len(texts),
            answered=sum(key not in new for key, _ in asked),
            to_send=len(new),
            characters=sum(len(user) for user in new.values()),
            tokens=tokens,
            cost=None if self.price is None else tokens * self.price / 1e6,
            host=self.endpoint.host,
            model=self.endpoint.model,
            recipient=self.recipient,
            legal_basis=self.legal_basis,
        )

    def score(
        self,
        texts: Sequence[str],
        parents: Sequence[str | None] | None = None,
        spans: Sequence[Span | None] | None = None,
    ) -> list[Judgment]:
        """Judge posts, one judgment a post, in order; posts answered before are not sent again.

        Parameters
        ----------
        texts : sequence of str
            The posts.
        parents : sequence of str or None, optional
            The post that each one answers.
        spans : sequence of (int, int), optional
            Where the target stands in each post, if known.

        Returns
        -------
        list of Judgment
            One a post; label None with the reason as evidence where there is no usable answer.

        Raises
        ------
        EndpointRefused
            If the endpoint answers nothing at all; what was answered is kept.

        Warns
        -----
        TextsLeaveTheMachine
            When the first text is sent, with the plan.
        """
        asked = self._questions(texts, parents, spans)
        new = {key: user for key, user in asked if user and self._answer(key) is None}
        if new:
            self._warn(texts, parents, spans)
            self._send(new)
        judged = []
        for row, (key, user) in enumerate(asked):
            parent = parents[row] if parents and self.replies else None
            judged.append(self._judged(key, user, texts[row], parent))
        return judged

    def _questions(self, texts: Any, parents: Any, spans: Any) -> list[tuple[str, str]]:
        """Key and wording of the question about each post; no wording where there is nothing to ask."""
        settings = (self.endpoint.model, f"{self.endpoint.temperature:g}", hash_of(self._system))
        asked = []
        for row, text in enumerate(texts):
            parent = parents[row] if parents and self.replies else None
            user = user_prompt(text, parent, spans[row] if spans else None) if text.strip() else ""
            asked.append((hash_of(*settings, user), user))
        return asked

    def _answer(self, key: str) -> dict[str, Any] | None:
        entry = self.record.get(key)
        return entry if entry is not None and not entry["reason"] else None

    def _judged(self, key: str, user: str, text: str, parent: str | None) -> Judgment:
        if not user:
            return unanswered("the post has no words")
        entry = self.record.get(key)
        told, reason = read_answer(entry["answer"] or "") if entry else (None, "not asked")
        if entry is None or told is None or entry["reason"]:
            return unanswered(entry["reason"] if entry and entry["reason"] else reason)
        return judgment(told, text, parent, self.neutral)

    def _warn(self, *asked: Any) -> None:
        if not self._warned:
            self._warned = True
            warnings.warn(f"post texts leave this machine.\n{self.plan(*asked)}", TextsLeaveTheMachine, 3)

    def _send(self, new: dict[str, str]) -> None:
        """Ask with a bounded number under way; the first refusal stops the rest."""
        with ThreadPoolExecutor(self.concurrency, thread_name_prefix="discourse-llm") as pool:
            under_way = [pool.submit(self._ask, key, user) for key, user in new.items()]
            try:
                for future in under_way:
                    future.result()
            except BaseException:
                for future in under_way:
                    future.cancel()
                raise

    def _ask(self, key: str, user: str) -> None:
        """Ask until an answer can be read; garbage is asked again once."""
        for _ in range(2):
            reply = self.endpoint.ask(self._system, user)
            reason = reply.reason if reply.words is None else read_answer(reply.words)[1]
            if not reason or reply.words is None:
                break
        self.record.add(self._entry(key, user, reply, reason))

    def _entry(self, key: str, user: str, reply: Reply, reason: str) -> dict[str, Any]:
        return {
            "answer": reply.words,
            "key": key,
            "model": self.endpoint.model,
            "prompt": hash_of(self._system),
            "reason": reason,
            "recipient": self.recipient,
            "target": self.target.name,
            "temperature": self.endpoint.temperature,
            "text": hash_of(user),
            "tokens": reply.tokens,
            "tries": reply.tries,
        }


def _tokens(text: str) -> int:
    """Estimate the tokens of a text."""
    wide = sum(character > "\u2e7f" for character in text)
    return wide + (len(text) - wide + 3) // 4


def read_settings(path: str | Path) -> dict[str, Any]:
    """Read the settings of an endpoint from a TOML file.

    Parameters
    ----------
    path : str or pathlib.Path
        A file with ``url``, ``model``, ``recipient`` and ``legal_basis``, and if wanted ``temperature``,
        ``key_env``, ``record`` (beside the file), ``concurrency``, ``price``, ``timeout``,
        ``tries``, ``pause``.

    Returns
    -------
    dict
        Keywords of :class:`LlmScorer`.

    Raises
    ------
    InputError
        If the file cannot be read, a key is unknown or missing, or a value is of the wrong kind.
    """
    path = Path(path)
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InputError(f"the settings cannot be read: {error}", where=str(path)) from error
    for key, value in data.items():
        if key not in _SETTINGS:
            raise InputError(f"unknown key {key!r}", where=str(path), expected=", ".join(sorted(_SETTINGS)))
        if not isinstance(value, _SETTINGS[key]) or isinstance(value, bool):
            raise InputError(f"{key} cannot be {value!r}", where=f"{path}, key {key}")
    missing = [key for key in ("url", "model", "recipient", "legal_basis") if not data.get(key)]
    if missing:
        raise InputError(f"{missing[0]} is missing", where=str(path), hint=f'add {missing[0]} = "..."')
    of_endpoint = ("url", "model", "temperature", "key_env", "timeout", "tries", "pause")
    endpoint = Endpoint(**{key: data[key] for key in of_endpoint if key in data})
    others = ("recipient", "legal_basis", "concurrency", "price")
    rest: dict[str, Any] = {key: data[key] for key in others if key in data}
    record = path.parent / data.get("record", f"{path.stem}-answers.jsonl")
    return {"endpoint": endpoint, "record": record, **rest}
