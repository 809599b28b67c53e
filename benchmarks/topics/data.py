"""What topics are measured on: read where it lies, never kept."""

from __future__ import annotations

import csv
import gzip
import io
import os
import re
from pathlib import Path

import pandas as pd

from discourse.corpus.read import read_posts
from discourse.shipped import shipped_path
from discourse.text.script import simplify
from discourse.text.segment import segment_many

SHARED = Path(os.environ.get("DISCOURSE_SHARED", Path(__file__).resolve().parents[3] / "shared"))
_HAN, _LATIN = re.compile("[\u4e00-\u9fff]"), re.compile("[A-Za-z]+")
_NO_CLAUSE = re.compile(r"#[^#\s]*\[话题\]#|#\S+|@\S+|https?://\S+")
# Ends of sentences and clauses, and borders between a stretch of one script and one of the other.
_CUT = re.compile(
    r"[。！？!?\n|/;；,，.]+|(?<=[\u4e00-\u9fff])\s*(?=[A-Za-z][A-Za-z' ]{12,})"
    r"|(?<=[A-Za-z.,!?')])\s+(?=[\u4e00-\u9fff]{4,})"
)


def rows_of(*parts: str) -> list[dict[str, str]]:
    path = SHARED.joinpath(*parts)
    raw = path.read_bytes()
    text = (gzip.decompress(raw) if path.suffix == ".gz" else raw).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def posts(lang: str) -> list[str]:
    return [row["text"] for row in rows_of("bench", {"zh": "zh-short", "en": "en-tweets"}[lang] + ".csv.gz")]


def themes() -> tuple[list[str], list[str]]:
    rows = rows_of("corpora", "rednote-aigc-topics.csv")
    return [f"{row['title']}\n{row['desc']}" for row in rows], [row["topic"] for row in rows]


def newcomers() -> list[str]:
    rows = rows_of("corpora", "tiktok-refugee-posts.csv")
    return [f"{row['title']}\n{row['content']}" for row in rows]


def clauses(text: str) -> tuple[list[str], list[str]]:
    """Cut a post into its Chinese and its English clauses."""
    chinese, english = [], []
    for piece in _CUT.split(_NO_CLAUSE.sub(" ", text)):
        n_han, n_latin = len(_HAN.findall(piece)), len(_LATIN.findall(piece))
        if n_han >= 2 and n_han > 2 * n_latin:
            chinese.append(piece)
        elif n_latin >= 2 and n_latin > n_han:
            english.append(piece)
    return chinese, english


def halves() -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """Split posts that say all twice into a Chinese and an English half, others into every other clause."""
    translated, same = [], []
    for text in newcomers():
        chinese, english = clauses(text)
        n_han = sum(len(_HAN.findall(piece)) for piece in chinese)
        n_words = sum(len(_LATIN.findall(piece)) for piece in english)
        if n_han >= 8 and n_words >= 5 and 0.4 < n_han / n_words < 4:
            translated.append(("。".join(chinese), ". ".join(english)))
        elif n_words >= 10 and n_han < 4 and len(english) >= 2:
            same.append((". ".join(english[::2]), ". ".join(english[1::2])))
        elif n_han >= 16 and n_words < 2 and len(chinese) >= 2:
            same.append(("。".join(chinese[::2]), "。".join(chinese[1::2])))
    return translated, same


def sentences() -> tuple[list[set[str]], list[set[str]]]:
    """Read the parallel sentences as sets of words; both sides in the same order."""
    path = SHARED / "reference" / "parallel-en-zh-dev.tsv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    chinese = segment_many([simplify(row["zh"]) for row in rows])
    english = [re.findall(r"[a-z]+(?:'[a-z]+)?", row["en"].lower().replace("’", "'")) for row in rows]
    return [set(words) for words in chinese], [set(words) for words in english]


def demo() -> pd.DataFrame:
    """Read the made-up corpus that ships with the package."""
    exports = shipped_path("corpora", "tiktok-refugees-demo", "exports")
    return read_posts(exports, timezone="Asia/Shanghai", key=b"benchmark").to_pandas()
