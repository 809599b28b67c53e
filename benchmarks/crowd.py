"""A crowd of posts of any size, resampled from real short posts, as the CSV files that MediaCrawler writes.

Each post is drawn from the benchmark texts (or, where those are absent, from the demo corpus); a post that
was drawn before gets a fifth of its words replaced by other words of its language, so that exact copies stay
under 3 % and near-duplicates under 5 %.  One post in three names the refugees.  100,000 authors and 2,000
threads stand behind 400,000 posts; a third of the comments answer another comment of their thread.
"""

from __future__ import annotations

import csv
import gzip
import os
from collections.abc import Iterator
from pathlib import Path

import numpy as np

HERE = Path(__file__).resolve().parent
POSTS_PER_THREAD = 200
AUTHORS_PER_POST = 0.25
BLOCK = 20_000
NAMED = {
    "zh": ("TikTok难民", "tiktok难民", "这些难民", "TikTok refugee", "美国难民"),
    "en": ("TikTok refugees", "the refugees", "tiktok refugee", "these refugees", "#tiktokrefugee"),
}
PLACES = {
    "zh": ("广东", "北京", "上海", "浙江", "四川", "江苏", "湖北", "河南", "山东", "中国台湾", "美国"),
    "en": ("美国", "美国", "美国", "英国", "加拿大", "澳大利亚", "法国", "德国"),
}
CONTENTS = (
    *("note_id", "type", "title", "desc", "video_url", "time", "last_update_time", "user_id", "nickname"),
    *(
        "avatar",
        "liked_count",
        "collected_count",
        "comment_count",
        "share_count",
        "ip_location",
        "image_list",
    ),
    *("tag_list", "last_modify_ts", "note_url", "source_keyword", "xsec_token"),
)
COMMENTS = (
    *("comment_id", "create_time", "ip_location", "note_id", "content", "user_id", "nickname", "avatar"),
    *("sub_comment_count", "pictures", "last_modify_ts", "parent_comment_id", "like_count"),
)
FIRST_SECOND = 1_736_697_600  # 13 January 2025 in Beijing
DAYS = 14


def bench_texts() -> dict[str, list[str]]:
    """Read the texts by language; those of the demo corpus where the benchmark is absent."""
    folder = Path(os.environ.get("DISCOURSE_SHARED", HERE.parents[1] / "shared")) / "bench"
    if not folder.is_dir():
        return _demo_texts()
    found = {}
    for lang, name in (("zh", "zh-short.csv.gz"), ("en", "en-tweets.csv.gz")):
        with gzip.open(folder / name, "rt", encoding="utf-8", newline="") as handle:
            found[lang] = [row["text"] for row in csv.DictReader(handle) if row["text"].strip()]
    return found


def _demo_texts() -> dict[str, list[str]]:
    from discourse.corpus.read import read_posts
    from discourse.shipped import shipped_path

    corpus = read_posts(shipped_path("corpora", "tiktok-refugees-demo", "exports"), key=b"scale")
    posts = corpus.to_pandas(["text", "lang"])
    languages = {"zh": posts["lang"].str.startswith("zh"), "en": posts["lang"] == "en"}
    return {lang: posts.loc[rows, "text"].tolist() for lang, rows in languages.items()}


class Crowd:
    """Posts in a fixed order, block by block; the same seed gives the same bytes, whatever is asked for."""

    def __init__(self, n: int, seed: int = 1) -> None:
        self.n, self.seed = n, seed
        self.texts = bench_texts()
        self.words = {lang: _vocabulary(texts, lang) for lang, texts in self.texts.items()}
        self.n_threads = max(1, n // POSTS_PER_THREAD)
        self.n_authors = max(2, int(n * AUTHORS_PER_POST))

    def rows(self) -> Iterator[tuple[bool, dict[str, object]]]:
        """Give each post as (opens a thread, row), thread by thread as a crawler meets them."""
        order = np.random.default_rng([self.seed, 0])
        pools = {lang: order.permutation(len(texts)) for lang, texts in self.texts.items()}
        drawn = dict.fromkeys(pools, 0)
        for start in range(0, self.n, BLOCK):
            rng = np.random.default_rng([self.seed, 1, start // BLOCK])
            for i in range(start, min(start + BLOCK, self.n)):
                lang = "zh" if rng.random() < 0.5 else "en"
                at = drawn[lang]
                drawn[lang] += 1
                text = self.texts[lang][pools[lang][at % len(pools[lang])]]
                if at >= len(pools[lang]):
                    text = self._substituted(text, lang, rng)
                if rng.random() < 1 / 3:
                    text = _naming(text, NAMED[lang][int(rng.integers(len(NAMED[lang])))], lang, rng)
                yield self._row(i, text, lang, rng)

    def _substituted(self, text: str, lang: str, rng: np.random.Generator) -> str:
        """Replace every fifth word or so, and two at least, by others of the language."""
        pieces = _pieces(text, lang)
        places = np.flatnonzero(rng.random(len(pieces)) < 0.2)
        if len(places) < 2:
            places = rng.integers(len(pieces), size=2)
        words = self.words[lang]
        for place in places:
            pieces[place] = words[int(rng.integers(len(words)))]
        return ("" if lang == "zh" else " ").join(pieces)

    def _row(self, i: int, text: str, lang: str, rng: np.random.Generator) -> tuple[bool, dict[str, object]]:
        thread, place = divmod(i, POSTS_PER_THREAD)
        # a few write much: squares of uniform draws lean to small numbers
        author = int(self.n_authors * rng.random() ** 2)
        author_lang = lang
        where = PLACES[author_lang][author % len(PLACES[author_lang])]
        at = FIRST_SECOND + int(rng.random() ** 1.5 * DAYS * 86_400)
        user = f"{author:024x}"
        likes = int(rng.pareto(1.2))
        note = f"{0x6780_0000 + thread:08x}{thread:016x}"
        if place == 0:
            return True, {
                "note_id": note, "type": "normal", "desc": text, "time": at * 1000, "user_id": user,
                "nickname": f"用户{author}", "liked_count": likes, "comment_count": POSTS_PER_THREAD - 1,
                "ip_location": where, "last_modify_ts": at * 1000, "source_keyword": "TikTok refugee",
            }  # fmt: skip
        parent = "0"
        if place > 1 and rng.random() < 1 / 3:
            parent = _comment_id(thread * POSTS_PER_THREAD + int(rng.integers(1, place)))
        return False, {
            "comment_id": _comment_id(i), "create_time": at * 1000, "ip_location": where, "note_id": note,
            "content": text, "user_id": user, "nickname": f"用户{author}", "sub_comment_count": 0,
            "last_modify_ts": at * 1000, "parent_comment_id": parent, "like_count": likes,
        }  # fmt: skip


def _comment_id(i: int) -> str:
    return f"{0x6790_0000 + i % 0x0FFF_FFFF:08x}{i:016x}"


def _pieces(text: str, lang: str) -> list[str]:
    if lang == "en":
        return text.split() or [text]
    from discourse.text.segment import segment_zh

    return segment_zh(text)


def _vocabulary(texts: list[str], lang: str) -> list[str]:
    """Words as often as they occur in some of the texts, so that a draw follows their frequencies."""
    return [word for text in texts[:20_000] for word in _pieces(text, lang) if word.strip()]


def _naming(text: str, name: str, lang: str, rng: np.random.Generator) -> str:
    """Put a name before the text or behind it, as a part of it."""
    gap = " " if lang == "en" else ""
    return f"{name}{gap}{text}" if rng.random() < 0.5 else f"{text}{gap or '，'}{name}"


def write_crowd(n: int, folder: Path, seed: int = 1) -> None:
    """Write ``contents.csv`` and ``comments.csv`` of `n` posts; what is there already is kept."""
    folder.mkdir(parents=True, exist_ok=True)
    done = folder / f"{n}-{seed}.done"
    if done.exists():
        return
    with (
        (folder / "contents.csv").open("w", encoding="utf-8-sig", newline="") as first,
        (folder / "comments.csv").open("w", encoding="utf-8-sig", newline="") as second,
    ):
        opening, answers = csv.DictWriter(first, CONTENTS), csv.DictWriter(second, COMMENTS)
        opening.writeheader()
        answers.writeheader()
        for opens, row in Crowd(n, seed).rows():
            (opening if opens else answers).writerow(row)
    done.touch()
