"""What is written: each post with what its author means by it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from draws import Draws
from meanings import Said
from people import Author
from schedule import Slot, Thread
from writing import Phrasebook, to_traditional

EXPLICIT = ("named", "pronoun", "addressed", "self")
_YOU = re.compile(r"你|您|\b(?:you|your|yours|y'all)\b", re.IGNORECASE)
_BOOKS = {"zh": Phrasebook("zh"), "en": Phrasebook("en")}


@dataclass
class Post:
    """A written post and the truth about it; a label is absent where the target is not spoken of."""

    post_id: str
    thread: Thread
    author: Author
    moment: datetime
    parent: Post | None
    lang: str
    topic: str
    text: str = ""
    title: str = ""
    tags: list[str] = field(default_factory=list)
    kind: str = ""
    label: str = "absent"
    stance: float | None = None
    others: dict[str, str] = field(default_factory=dict)
    pictures: bool = False
    copied: str = ""
    said: list[Said] = field(default_factory=list)

    @property
    def thread_id(self) -> str:
        """The id of the post that opened the thread."""
        top = self
        while top.parent is not None:
            top = top.parent
        return top.post_id

    @property
    def opens(self) -> bool:
        """Whether it opened its thread."""
        return self.parent is None


class Writer:
    """Writes the posts of one thread after another, and remembers what was said."""

    def __init__(self, planted: dict[str, Any]) -> None:
        self.planted = planted
        self.draw = Draws(planted["seed"], "texts")
        self.seen: set[str] = set()
        self._declared: set[str] = set()

    def thread(self, slots: list[Slot]) -> list[Post]:
        """Write a thread: the opening post, then comments that answer it or one another."""
        written: list[Post] = []
        for slot in slots:
            parent = None
            if written:
                answers = self.draw.chance(0.3) and len(written) > 1
                parent = self.draw.one(written[-12:]) if answers else written[0]
            written.append(self._post(slot, parent))
        return written

    def _post(self, slot: Slot, parent: Post | None) -> Post:
        assert slot.author is not None
        assert slot.moment is not None
        draw, author = self.draw, slot.author
        lang = draw.weighted(self.planted["languages"][author.habit])
        post_id = f"{int(slot.moment.timestamp()):08x}" + draw.hexadecimal(16)
        post = Post(post_id, slot.thread, author, slot.moment, parent, lang, self._topic(slot))
        if draw.chance(0.015 if parent else 0.03):
            return self._picture_only(post)
        self._decide(post)
        for _ in range(15):
            for book in _BOOKS.values():
                book.said.clear()
            text = self._compose(post, slot.day)
            if text not in self.seen:
                break
        self.seen.add(text)
        post.text = text
        self._take_from_parent(post)
        self._dress(post, slot.day)
        post.said = [said for book in _BOOKS.values() for said in book.said]
        return post

    def _topic(self, slot: Slot) -> str:
        topics: dict[str, Any] = self.planted["topics"]
        stays = slot.opens or (slot.group != "merchants" and slot.thread.topic != "traffic")
        if stays and (slot.opens or self.draw.chance(topics["stay"])):
            return slot.thread.topic
        chances: dict[str, float] = topics[slot.group]
        return self.draw.weighted(chances)

    def _picture_only(self, post: Post) -> Post:
        post.lang, post.topic, post.pictures = "none", "none", True
        return post

    # -- what the author means ------------------------------------------------------------------------------

    def _decide(self, post: Post) -> None:
        given = self.planted["groups"][post.author.group]
        draw = self.draw
        if post.author.group == "newcomers":
            self._decide_newcomer(post, given)
        elif post.moment.day >= self.planted["newcomers_from"] and draw.chance(given["mention"]):
            post.kind = self._kind(post)
            self._feel(post, given)
        if post.author.group == "hosts" and not post.kind and draw.chance(0.05):
            post.others["hosts"] = draw.weighted({"positive": 0.6, "negative": 0.4})
        if post.author.group != "merchants" and draw.chance(0.04):
            post.others["xiaohongshu"] = draw.weighted({"positive": 0.6, "negative": 0.4})

    def _decide_newcomer(self, post: Post, given: dict[str, Any]) -> None:
        draw, author = self.draw, post.author
        first = author.user_id not in self._declared
        declares = author.habit in ("both", "translated") and first
        if declares or draw.chance(given["self_post"] if post.opens else given["self_comment"]):
            post.kind, post.label = "self", "neutral"
            self._declared.add(author.user_id)
        elif draw.chance(given["mention"]):
            post.kind = "reply" if _speaks_of_them(post.parent) and draw.chance(0.25) else "named"
            self._feel(post, given)
        if draw.chance(given["thanks"]) and post.kind in ("", "self"):
            post.others["hosts"] = draw.weighted({"positive": 0.86, "negative": 0.10, "neutral": 0.04})
        if draw.chance(given["anger"] + 0.35 * (post.topic == "ban")):
            post.others["tiktok-ban"] = draw.weighted({"negative": 0.82, "neutral": 0.16, "positive": 0.02})

    def _kind(self, post: Post) -> str:
        if post.opens:
            return self.draw.weighted({"named": 0.75, "addressed": 0.25})
        chances = {"named": 0.90 if post.author.group != "newcomers" else 1.0}
        if post.parent and post.parent.author.group == "newcomers":
            chances = {"named": 0.36, "addressed": 0.32}
            if _speaks_of_them(post.parent):
                chances |= {"reply": 0.24, "pronoun": 0.08}
        elif _speaks_of_them(post.parent):
            chances |= {"pronoun": 0.20}
        return self.draw.weighted(chances)

    def _feel(self, post: Post, given: dict[str, Any]) -> None:
        draw, planted = self.draw, self.planted
        shift = given["shift"] * (post.moment.day >= planted["shift_day"])
        own = draw.normal(planted["effects"]["residual_sd"])
        stance = given["mean"] + shift + post.author.effect + post.thread.effect + own
        stance = 0.0 if draw.chance(given["informative"]) else round(max(-1.0, min(1.0, stance)), 3)
        post.stance = stance
        window = planted["self_window"]
        post.label = "positive" if stance >= window else "negative" if stance <= -window else "neutral"
        if post.label == "neutral" and post.kind in ("pronoun", "reply"):
            post.kind = "named" if draw.chance(0.5) or post.kind == "pronoun" else "reply"
        if post.label == "negative" and post.author.group == "hosts" and draw.chance(0.3):
            post.topic = "feed"

    def _take_from_parent(self, post: Post) -> None:
        """A reply that names nobody takes the target of what it answers; a newcomer's "you" is the target."""
        if post.kind or post.others or post.author.group == "merchants" or post.opens:
            return
        addressed = post.parent and post.parent.author.group == "newcomers" and _YOU.search(post.text)
        if addressed or _speaks_of_them(post.parent):
            post.kind, post.label, post.stance = ("addressed" if addressed else "reply"), "neutral", 0.0

    # -- how it is said -------------------------------------------------------------------------------------

    def _compose(self, post: Post, day: int) -> str:
        draw = self.draw
        parts = [c for c in (self._self, self._stance, self._others) if (c(post, "zh", day, dry=True))]
        clauses: list[tuple[str, str]] = []
        langs = self._languages(post, len(parts))
        for part, lang in zip(parts, langs, strict=False):
            clauses += [(lang, text) for text in part(post, lang, day)]
        short = post.kind and post.label != "neutral" and not post.opens and draw.chance(0.22)
        used: list[str] = []
        for i in range(0 if short else draw.integer(2, 4) if post.opens else 1 + draw.chance(0.45)):
            lang = langs[(len(parts) + i) % len(langs)]
            clauses.append((lang, self._about(post, lang, day, used)))
        if post.lang == "mixed" and len({lang for lang, _ in clauses}) < 2:
            other = "en" if clauses[0][0] == "zh" else "zh"
            clauses.append(
                (other, _BOOKS[other].clause(_BOOKS[other].voice["general"], "phrases", draw, day))
            )
        return self._finish(post, clauses)

    def _languages(self, post: Post, parts: int) -> list[str]:
        if post.lang == "mixed":
            return ["en", "zh"] * (parts + 2) if self.draw.chance(0.5) else ["zh", "en"] * (parts + 2)
        return ["en" if post.lang == "en" else "zh"] * (parts + 2)

    def _self(self, post: Post, lang: str, day: int, dry: bool = False) -> list[str]:
        if post.kind != "self" or dry:
            return ["self"] if post.kind == "self" else []
        return [_BOOKS[lang].clause(_BOOKS[lang].voice["self"], "phrases", self.draw, day)]

    def _stance(self, post: Post, lang: str, day: int, dry: bool = False) -> list[str]:
        if dry or post.kind in ("", "self"):
            return [post.kind] if post.kind not in ("", "self") else []
        book, draw = _BOOKS[lang], self.draw
        if post.author.group == "newcomers" and post.kind == "named":
            return [book.clause(book.voice[f"solidarity_{post.label}"], "phrases", draw, day)]
        section = book.stance[post.label]
        if post.kind == "reply" and post.label == "neutral":
            return []
        if post.kind == "named" and post.topic != "none" and draw.chance(0.5):
            return [self._deed(post, lang, day)]
        if post.kind == "named" and "oblique" in section and draw.chance(0.12):
            return [book.clause(section, "oblique", draw, day)]
        return [book.clause(section, post.kind, draw, day)]

    def _deed(self, post: Post, lang: str, day: int) -> str:
        """Say what they do here, and what one thinks of it."""
        book, draw = _BOOKS[lang], self.draw
        who = book.fill("{who}", draw)
        topic = "cat_tax" if post.topic == "feed" and post.label == "positive" else post.topic
        deed = book.clause(book.topics[topic], "deed", draw, day)
        if post.label == "neutral":
            frames = (
                ["{when}看到", "听说", "据说", ""]
                if lang == "zh"
                else ["saw that ", "apparently ", "I read that "]
            )
            return book.fill(draw.one(frames), draw) + who + (" " if lang == "en" else "") + deed
        section = book.stance[post.label]
        strength = "strong" if abs(post.stance or 0.0) >= 0.55 else "mild"
        judgment = book.clause(section, strength, draw, day)
        if lang == "zh":
            return f"{who}{deed}{draw.one(['，', '，', '，说实话', '，我觉得', ' '])}{judgment}"
        return draw.one([f"{who} who {deed} {judgment}", f"{who} {deed} and they {judgment}"])

    def _others(self, post: Post, lang: str, day: int, dry: bool = False) -> list[str]:
        if dry:
            return list(post.others)
        book, out = _BOOKS[lang], []
        for target, label in post.others.items():
            section = {"hosts": "hosts", "tiktok-ban": "ban", "xiaohongshu": "platform"}[target] + f"_{label}"
            if target == "hosts" and post.author.group == "hosts":
                section = f"host_of_hosts_{label}"
            sections = book.voice if section in book.voice else _BOOKS["en"].voice
            out.append(book.clause(sections.get(section, book.voice["general"]), "phrases", self.draw, day))
        return out

    def _about(self, post: Post, lang: str, day: int, used: list[str]) -> str:
        book = _BOOKS[lang]
        voice = {"newcomers": "newcomer", "onlookers": "onlooker"}.get(post.author.group, "host")
        section = book.topics[post.topic]
        placeless = post.topic in ("cat_tax", "homework", "names", "translation", "feed")
        if voice == "onlooker" and placeless and self.draw.chance(0.6):
            voice = "host"
        if post.topic == "traffic":
            voice = "host"
        return book.clause(section, voice, self.draw, day, used)

    def _finish(self, post: Post, clauses: list[tuple[str, str]]) -> str:
        draw = self.draw
        runs: list[tuple[str, list[str]]] = []
        for lang, clause in clauses:
            if runs and runs[-1][0] == lang:
                runs[-1][1].append(clause)
            else:
                runs.append((lang, [clause]))
        first, last = _BOOKS[runs[0][0]], _BOOKS[runs[-1][0]]
        if draw.chance(0.14):
            runs[-1][1].append(draw.one(last.voice["closer"]))
        text = draw.one([" ", "\n"]).join(_BOOKS[lang].join(parts, draw) for lang, parts in runs)
        if post.kind not in ("self", "reply") and draw.chance(0.22):
            text = draw.one(first.voice["opener"]) + text
        if post.author.group == "merchants" and post.topic == "traffic":
            contact = last.fill(
                draw.one(last.topics["traffic"]["contact"]), draw, {"wx": [post.author.contact]}
            )
            text += draw.one(["，", " ", "\n"]) + contact
        elif draw.chance(0.34):
            text += draw.one(last.voice[self._mood(post)])
        if first.lang == "en" and draw.chance(0.5):
            text = text[0].upper() + text[1:]
        return to_traditional(text) if post.lang == "zh-Hant" else text

    def _mood(self, post: Post) -> str:
        if post.label in ("positive", "negative") and self.draw.chance(0.6):
            return "merry" if post.label == "positive" else "sour"
        return self.draw.one(["sticker", "emoji"])

    def _dress(self, post: Post, day: int) -> None:
        """Give an opening post its title and hashtags; the refugees' only if they are spoken of."""
        if not post.opens or not post.text:
            return
        draw = self.draw
        book = _BOOKS["en" if post.lang == "en" else "zh"]
        if draw.chance(0.85):
            post.title = book.clause(book.topics[post.topic], "title", draw, day)
            post.title = to_traditional(post.title) if post.lang == "zh-Hant" else post.title
        tags = draw.shuffled(book.voice["tags"][post.topic])[: draw.integer(0, 2)]
        if post.kind:
            tags += draw.shuffled(book.voice["tags"]["refugee"])[: draw.integer(0, 2)]
        post.tags = tags


def _speaks_of_them(post: Post | None) -> bool:
    return post is not None and post.kind in EXPLICIT
