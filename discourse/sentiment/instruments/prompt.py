"""What a language model is asked about a post, and how its answer is read."""

from __future__ import annotations

import hashlib
import json
import math
import re
from pathlib import Path
from typing import Any

from discourse.sentiment.instruments.local_model import sendable
from discourse.sentiment.instruments.presence import label_of
from discourse.sentiment.judgment import Judgment
from discourse.sentiment.target import Target

_FILE = Path(__file__).resolve().parent / "stance_prompt.txt"
_STRENGTH = {"weak": 0.4, "clear": 0.7, "strong": 1.0}
_CONFIDENCE = {"weak": 0.5, "clear": 0.7, "strong": 0.9}
_SIGN = {"positive": 1.0, "negative": -1.0, "neutral": 0.0}
LABELS = ("positive", "negative", "neutral", "self", "absent")
NAMES = 12  # namings of the target that the prompt lists, a language


def system_prompt(target: Target) -> str:
    """Write the instruction for one target.

    Parameters
    ----------
    target : Target
        What the sentiment is about.

    Returns
    -------
    str
        The codebook, in English and Chinese, with the namings of the target.

    Examples
    --------
    >>> "Target / 目标: cats" in system_prompt(Target("cats"))
    True
    """
    names = [name for language in ("en", "zh") for name in target.names.get(language, ())[:NAMES]]
    listed = dict.fromkeys([target.name, *names])
    return _FILE.read_text(encoding="utf-8").format(names=", ".join(listed))


def user_prompt(text: str, parent: str | None, span: tuple[int, int] | None) -> str:
    """Write one post as data: JSON, so that nothing in it can pass for the instruction.

    Examples
    --------
    >>> user_prompt("hi", None, None)
    '{"post": "hi"}'
    """
    data = {"post": sendable(text)}
    if parent:
        data = {"answers_the_post": sendable(parent), **data}
    if span is not None:
        data["target_in_post"] = sendable(text[span[0] : span[1]])
    return json.dumps(data, ensure_ascii=False)


def hash_of(*parts: str) -> str:
    """Hash strings: 64 hexadecimal digits.

    Examples
    --------
    >>> hash_of("a", "b") == hash_of("ab")
    False
    """
    digest = hashlib.sha256()
    for part in parts:
        data = part.encode("utf-8", "surrogatepass")
        digest.update(len(data).to_bytes(8, "big") + data)
    return digest.hexdigest()


def read_answer(answer: str) -> tuple[dict[str, Any] | None, str]:
    """Read what a model answered.

    Parameters
    ----------
    answer : str
        Its words.

    Returns
    -------
    (dict or None, str)
        ``label``, ``strength``, ``mixed`` and ``words``, and "" ; or None and what is wrong.

    Examples
    --------
    >>> read_answer('Sure: {"label": "positive", "strength": "clear"}')[0]["label"]
    'positive'
    >>> read_answer("I cannot help with that")
    (None, 'no JSON object in the answer')
    """
    for start in (match.start() for match in re.finditer(r"\{", answer)):
        try:
            data, _ = json.JSONDecoder().raw_decode(answer, start)
        except (json.JSONDecodeError, RecursionError):
            continue
        return _checked(data)
    return None, "no JSON object in the answer"


def _checked(data: dict[str, Any]) -> tuple[dict[str, Any] | None, str]:
    label = str(data.get("label", "")).strip().lower()
    if label not in LABELS:
        return None, f"unknown label {label[:40]!r}"
    strength = str(data.get("strength", "clear")).strip().lower()
    if strength not in _STRENGTH:
        return None, f"unknown strength {strength[:40]!r}"
    words = data.get("words")
    return {
        "label": label,
        "strength": strength,
        "mixed": data.get("mixed") is True,
        "words": words if isinstance(words, str) else "",
    }, ""


def unanswered(reason: str) -> Judgment:
    """Judge nothing, and say why: unknown is NA, never neutral.

    Examples
    --------
    >>> unanswered("HTTP 500").label is None
    True
    """
    nothing: Any = None
    return Judgment(nothing, math.nan, math.nan, False, None, f"no answer: {reason}")


def judgment(answer: dict[str, Any], text: str, parent: str | None, neutral: float) -> Judgment:
    """Turn an answer into a judgment; words that are not in the post are not evidence.

    Examples
    --------
    >>> told = {"label": "negative", "strength": "strong", "mixed": False, "words": "so rude"}
    >>> judgment(told, "They are so rude", None, 0.15)
    Judgment(label='negative', score=-1.0, confidence=0.9, mixed=False, kind='named', evidence='llm: so rude')
    """
    label, strength = answer["label"], answer["strength"]
    words = answer["words"] if answer["words"] and answer["words"] in text else ""
    evidence = f"llm: {words or label}"
    if label == "absent":
        return Judgment("absent", math.nan, _CONFIDENCE[strength], False, None, evidence)
    if label == "self":
        return Judgment("neutral", math.nan, _CONFIDENCE[strength], False, "self", evidence)
    score = _SIGN[label] * _STRENGTH[strength]
    kind = "reply" if parent else "named"
    return Judgment(label_of(score, neutral), score, _CONFIDENCE[strength], answer["mixed"], kind, evidence)
