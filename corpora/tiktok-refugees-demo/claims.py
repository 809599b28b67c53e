"""What each question of the recipe is answered with, by what was planted.

Where the planted posts hold the figure itself, it is computed from them; frames are phrases in planted texts,
so that of those it is only said whether they were planted at all.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from posts import Post

SUPPORTED, UNMEASURABLE = "supported", "not measurable"
#: The place that the platform shows, for codes in the recipe.
PLACES = {"US": "美国", "GB": "英国", "FR": "法国", "DE": "德国"}

Realised = dict[str, Any]
Figure = Callable[[list[Post], Realised], float]


def claims(posts: list[Post], realised: Realised) -> dict[str, dict[str, Any]]:
    """List the answers: id to answer, the planted figure where there is one, and why."""
    planted = {
        name: {"answer": SUPPORTED, "figure": round(figure(posts, realised), 4)}
        for name, figure in FIGURES.items()
    }
    phrased = {name: {"answer": SUPPORTED, "why": why} for name, why in PHRASED.items()}
    missing = {name: {"answer": UNMEASURABLE, "why": why} for name, why in MISSING.items()}
    everything = planted | phrased | missing
    return dict(sorted(everything.items(), key=lambda item: (item[0][0] != "H", int(item[0][1:]))))


def _balance(target: str, group: str) -> Figure:
    def figure(_: list[Post], realised: Realised) -> float:
        found = realised[target][group]
        return float(found["positive"] - found["negative"])

    return figure


def _refugees(measure: str, group: str, minus: str = "") -> Figure:
    def figure(_: list[Post], realised: Realised) -> float:
        found = realised["refugees"]
        return float(found[group][measure] - (found[minus][measure] if minus else 0.0))

    return figure


def _language(lang: str, group: str = "") -> Figure:
    def figure(posts: list[Post], _: Realised) -> float:
        written = [p for p in posts if not group or p.author.group == group]
        return sum(p.lang == lang for p in written) / len(written)

    return figure


def _place(code: str) -> Figure:
    def figure(posts: list[Post], _: Realised) -> float:
        people = {p.author.user_id: p.author.place for p in posts if p.author.group == "newcomers"}
        return sum(place == PLACES[code] for place in people.values()) / len(people)

    return figure


def _named_difference(_: list[Post], realised: Realised) -> float:
    """Whoever writes of themselves as refugees names them, too."""
    hosts, newcomers = (realised["refugees"][group] for group in ("hosts", "newcomers"))
    named = [found["coverage"] + found["coverage_by_kind"]["self"] for found in (hosts, newcomers)]
    return float(named[0] - named[1])


def _sellers(posts: list[Post], _: Realised) -> float:
    people = {p.author.user_id: p.author.group for p in posts}
    return sum(group == "merchants" for group in people.values()) / len(people)


FIGURES: dict[str, Figure] = {
    "H1": _refugees("balance", "hosts"),
    # people answer in three steps: their mean is positive minus negative
    "H2": _refugees("balance", "hosts"),
    "H3": _refugees("negative", "hosts"),
    "H4": _refugees("balance", "hosts", "onlookers"),
    "H5": _balance("hosts", "newcomers"),
    "H6": _balance("tiktok-ban", "newcomers"),
    "H7": _named_difference,
    "H8": _language("en"),
    "H9": _language("mixed", "newcomers"),
    **{name: _place(code) for name, code in zip(("C10", "C11", "C12", "C13"), PLACES, strict=True)},
    "C14": _sellers,
}

#: Phrases were written into posts of these.
PHRASED = {
    "C1": "a minority of hosts ask for their page back",
    "C2": "a minority of hosts find posts dull",
    "C3": "newcomers write against the ban",
    "C4": "newcomers thank for the welcome",
    "C7": "newcomers write of translators",
    "C8": "hosts help with homework and languages",
    "C9": "newcomers ask for help with homework and languages",
    "C18": "newcomers come back, as heavy writers do",
    "C19": "translation is asked for until it comes",
}
#: Nothing of these was written.
MISSING = {
    "H10": "60 merchants are too few for a mean",
    "C5": "nobody writes that registering is easy",
    "C6": "nobody writes that friends came first",
    "C15": "the exports have no mark of verified accounts",
    "C16": "the exports have no kind of account",
    "C17": "the exports have no kind of account",
}
