"""What was planted and what came out: the gold sheet, one row a post, and its summary."""

from __future__ import annotations

import csv
import io
import math
from collections import Counter
from typing import Any

from meanings import EMOTIONS, FRAMES, emotions_of, frames_of
from posts import Post
from schedule import BEIJING

GOLD = (
    *("post_id", "group", "day", "lang", "topic", "label", "kind", "stance"),
    *("label_hosts", "label_tiktok_ban", "label_xiaohongshu", "copied", "frames", "emotions"),
)
LABELS = ("positive", "neutral", "negative")


def gold_sheet(posts: list[Post]) -> bytes:
    """Write the truth about every post, under the id it has before damage."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(GOLD)
    for p in posts:
        row = [p.post_id, p.author.group, day_of(p), p.lang, p.topic, p.label, p.kind]
        row.append("" if p.stance is None else f"{p.stance:.3f}")
        row += [p.others.get(t, "absent") for t in ("hosts", "tiktok-ban", "xiaohongshu")]
        held, shown = frames_of(p.said), emotions_of(p.said, p.label, p.kind)
        writer.writerow([*row, p.copied, " ".join(held), " ".join(shown)])
    return out.getvalue().encode("utf-8")


def day_of(post: Post) -> str:
    """Return the day in Beijing."""
    return post.moment.astimezone(BEIJING).strftime("%Y-%m-%d")


def summarise(posts: list[Post], planted: dict[str, Any]) -> dict[str, Any]:
    """Compute realised means and shares by group, day and topic."""
    groups = {g: [p for p in posts if p.author.group == g] for g in planted["groups"]}
    shift = f"2025-01-{planted['shift_day']}"
    hosts = _mentions(groups["hosts"])
    return {
        "counts": {
            "posts": len(posts),
            "notes": sum(p.opens for p in posts),
            "threads": len({p.thread_id for p in posts}),
            "authors": len({p.author.user_id for p in posts}),
            "languages": dict(sorted(Counter(p.lang for p in posts).items())),
            "picture_only": sum(p.pictures for p in posts),
            "copies": sum(bool(p.copied) for p in posts),
            "by_day": dict(sorted(Counter(day_of(p) for p in posts).items())),
        },
        "refugees": {g: _toward(members) for g, members in groups.items()},
        "hosts": {g: _other(members, "hosts") for g, members in groups.items()},
        "tiktok-ban": {g: _other(members, "tiktok-ban") for g, members in groups.items()},
        "xiaohongshu": {g: _other(members, "xiaohongshu") for g, members in groups.items()},
        "topics": {g: _shares(Counter(p.topic for p in members)) for g, members in groups.items()},
        "frames": {g: _held(members) for g, members in groups.items()},
        "emotions": {g: _shown(members) for g, members in groups.items()},
        "shift": {
            "day": shift,
            "hosts_before": _figures([p for p in hosts if day_of(p) < shift]),
            "hosts_after": _figures([p for p in hosts if day_of(p) >= shift]),
            "volume_before": sum(day_of(p) == f"2025-01-{planted['shift_day'] - 1}" for p in posts),
            "volume_on_day": sum(day_of(p) == shift for p in posts),
        },
    }


def _mentions(posts: list[Post]) -> list[Post]:
    return [p for p in posts if p.kind and p.kind != "self"]


def _toward(posts: list[Post]) -> dict[str, Any]:
    mentions = _mentions(posts)
    kinds = ("named", "pronoun", "addressed", "reply")
    return {
        "posts": len(posts),
        "authors": len({p.author.user_id for p in posts}),
        "coverage": round(len(mentions) / len(posts), 4),
        "coverage_by_kind": {
            k: round(sum(p.kind == k for p in posts) / len(posts), 4) for k in (*kinds, "self")
        },
        **_figures(mentions),
        "without_replies": _figures([p for p in mentions if p.kind != "reply"]),
        "by_kind": {k: _figures([p for p in mentions if p.kind == k]) for k in kinds},
    }


def _figures(mentions: list[Post]) -> dict[str, Any]:
    n = len(mentions)
    if not n:
        return {"n": 0}
    stances = [p.stance or 0.0 for p in mentions]
    shares = {label: round(sum(p.label == label for p in mentions) / n, 4) for label in LABELS}
    return {
        "n": n,
        "n_authors": len({p.author.user_id for p in mentions}),
        "n_threads": len({p.thread_id for p in mentions}),
        "mean": round(math.fsum(stances) / n, 4),
        **shares,
        "balance": round(shares["positive"] - shares["negative"], 4),
    }


def _held(posts: list[Post]) -> dict[str, float]:
    """Share of the posts with words that hold each frame."""
    found = [frames_of(p.said) for p in posts if p.text]
    return {name: round(sum(name in held for held in found) / len(found), 4) for name in FRAMES}


def _shown(posts: list[Post]) -> dict[str, float]:
    """Share of the mentions that show each emotion."""
    found = [emotions_of(p.said, p.label, p.kind) for p in _mentions(posts)]
    return {name: round(sum(name in shown for shown in found) / len(found), 4) for name in EMOTIONS}


def _other(posts: list[Post], target: str) -> dict[str, Any]:
    labels = [p.others[target] for p in posts if target in p.others]
    shares = {label: round(labels.count(label) / len(labels), 4) if labels else None for label in LABELS}
    return {"n": len(labels), "coverage": round(len(labels) / len(posts), 4), **shares}


def _shares(counts: Counter[str]) -> dict[str, float]:
    total = counts.total()
    return {topic: round(n / total, 4) for topic, n in sorted(counts.items())}
