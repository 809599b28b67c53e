"""Every phenomenon, as a table of posts of our own making (tests/sentiment/promises/)."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest
from opencc import OpenCC

from discourse.sentiment.score import score

FOLDER = Path(__file__).resolve().parent / "promises"


def read(name: str) -> list[dict[str, str]]:
    with (FOLDER / f"{name}.tsv").open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle, delimiter="\t", quoting=csv.QUOTE_NONE))


def labels(rows: list[dict[str, str]]) -> list[str]:
    frame = score([row["text"] for row in rows], parents=[row["parent"] or None for row in rows])
    return frame["label"].tolist()


def macro_f1(truth: list[str], found: list[str]) -> float:
    pairs = Counter(zip(truth, found, strict=True))
    scores = []
    for label in sorted(set(truth)):
        hits = pairs[label, label]
        wanted = sum(n for (t, _), n in pairs.items() if t == label)
        given = sum(n for (_, f), n in pairs.items() if f == label)
        scores.append(2 * hits / (wanted + given))
    return sum(scores) / len(scores)


DEV = read("dev")
KINDS = [*read("kinds"), *read("phenomena")]
PHENOMENA = sorted({row["phenomenon"] for row in [*DEV, *KINDS]})
# Who is meant, and what is said of them: each has a table of ten posts or more in either language.
TABLES = [
    "nickname", "hashtag", "singular", "anaphora", "addressed", "reply", "self", "absent", "lookalike", "several",
    "other target", "negation", "double negation", "distant negation", "expectation", "quoted and rejected",
    "degree", "complement", "litotes", "contrast", "concession", "change of mind", "comparison",
    "before and after", "hypothetical", "question", "rhetorical", "reported", "welcoming", "thanking", "inviting",
    "defence", "telling off", "wishing away", "displacement", "filter", "sympathy", "sarcasm", "ironic emoji",
    "emoji", "slang", "advertisement", "speech-act", "plain", "vocabulary",
    "implied", "taken over",
]  # fmt: skip


@pytest.mark.parametrize("phenomenon", TABLES)
def test_a_phenomenon_has_ten_posts_in_either_language(phenomenon: str) -> None:
    langs = Counter(row["lang"] for row in [*DEV, *KINDS] if row["phenomenon"] == phenomenon)
    assert min(langs["zh"], langs["en"]) >= 10


def test_mixed_and_traditional_names_have_ten_posts() -> None:
    kinds = Counter(row["phenomenon"] for row in [*DEV, *KINDS])
    assert min(kinds["code-mixed"], kinds["traditional"]) >= 10


@pytest.mark.parametrize("phenomenon", PHENOMENA)
def test_a_phenomenon_is_read_in_nine_of_ten_posts(phenomenon: str) -> None:
    rows = [row for row in [*DEV, *KINDS] if row["phenomenon"] == phenomenon]
    wrong = [
        (row["text"], row["label"], found)
        for row, found in zip(rows, labels(rows), strict=True)
        if found != row["label"]
    ]
    assert len(wrong) <= max(1, len(rows) // 10), wrong


@pytest.mark.parametrize(
    ("name", "floor"), [("held", 0.88), ("held2", 0.82), ("held3", 0.9), ("held4", 0.9), ("fresh", 0.95)]
)
def test_further_posts_are_read(name: str, floor: float) -> None:
    rows = read(name)
    assert macro_f1([row["label"] for row in rows], labels(rows)) >= floor


@pytest.mark.parametrize("name", ["dev", "kinds", "phenomena", "held", "held2", "held3", "held4", "fresh"])
def test_other_refugees_and_lookalikes_are_absent(name: str) -> None:
    rows = [row for row in read(name) if row["label"] == "absent"]
    assert labels(rows).count("absent") >= 0.92 * len(rows)


def test_a_traditional_twin_has_the_same_label() -> None:
    rows = [row for row in [*DEV, *KINDS] if row["lang"] == "zh"]
    to_traditional = OpenCC("s2t")
    twins = [{**row, "text": to_traditional.convert(row["text"])} for row in rows]
    differing = [
        (row["text"], a, b) for row, a, b in zip(rows, labels(rows), labels(twins), strict=True) if a != b
    ]
    assert len(differing) <= 0.02 * len(rows), differing


NAMES = {
    "zh": ["难民", "洋抖难民", "TikTok难民", "老外", "歪果仁", "外国网友", "refugees"],
    "en": ["refugees", "TikTok refugees", "newcomers", "foreigners", "TikTok users"],
}


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_label_does_not_hang_on_the_name(lang: str) -> None:
    frames = {
        "zh": ["{}真的很有礼貌", "{}太没素质了", "我很喜欢{}", "{}不吵", "别再给我推{}了", "{}住在哪里？"],
        "en": [
            "the {} are so kind",
            "I can't stand the {}",
            "the {} are not rude",
            "Welcome, {}!",
            "Where do {} live?",
        ],
    }[lang]
    for frame in frames:
        found = {name: labels([{"text": frame.format(name), "parent": ""}])[0] for name in NAMES[lang]}
        assert len(set(found.values())) == 1, (frame, found)


# With and without the negation; each adjective and verb in both.
TURNED_ZH = ["可爱", "真诚", "有礼貌", "友好", "有趣", "烦", "讨厌", "虚伪", "傲慢", "吵"]
TURNED_EN = [
    "kind",
    "funny",
    "polite",
    "friendly",
    "generous",
    "rude",
    "annoying",
    "arrogant",
    "boring",
    "selfish",
]


@pytest.mark.parametrize("word", TURNED_ZH)
def test_negation_turns_a_chinese_post(word: str) -> None:
    plain, denied = score([f"难民很{word}", f"难民一点都不{word}"])["score"]
    assert plain * denied < 0


@pytest.mark.parametrize("word", TURNED_EN)
def test_negation_turns_an_english_post(word: str) -> None:
    plain, denied = score([f"the refugees are {word}", f"the refugees are not {word}"])["score"]
    assert plain * denied < 0


@pytest.mark.parametrize("word", TURNED_EN)
def test_what_is_said_of_others_is_not_said_of_the_target(word: str) -> None:
    assert score([f"The senators are {word}, the refugees moved here"])["label"][0] == "neutral"


@pytest.mark.parametrize("word", TURNED_ZH)
def test_what_is_said_of_others_is_not_said_of_the_target_in_chinese(word: str) -> None:
    assert score([f"那些议员真{word}，难民们都搬来了"])["label"][0] == "neutral"


@pytest.mark.parametrize(
    "text",
    [
        "受难民众得到救助", "这家避难民宿不错", "灾难民间故事", "老外婆做的饭真香", "老外套还能穿",
        "困难民众领到补贴", "苦难民族的历史", "外国人民币业务", "遇难民警的追悼会", "月老外传真好看",
        "wildlife refuge", "refuge from the rain", "a refugee camp in Chad", "refugee status was denied",
        "foreignersville", "Syrian refugees", "the UN's refugee agency", "climate refugees", "World Refugee Day",
        "war refugees crossed the border",
    ],
)  # fmt: skip
def test_does_not_find_a_name_in_another_word_or_sense(text: str) -> None:
    assert score([text])["label"][0] == "absent"


@pytest.mark.parametrize(
    ("with_it", "without"),
    [
        ("难民没有大家说的那么可爱", "难民可爱"), ("难民不是没有礼貌", "难民没有礼貌"), ("不许欺负难民", "难民欺负我"),
        ("难民真聪明🙄", "难民真聪明"), ("谁不喜欢难民", "不喜欢难民"), ("难民来之前这里好无聊", "难民好无聊"),
        ("The refugees are not as nice as people say", "The refugees are nice"), ("I disagree with mocking the refugees", "I mock the refugees"),
        ("Locals are kinder than the refugees", "The refugees are kinder than locals"),
        ("another genius refugee 🙄", "another genius refugee"), ("nobody hates the refugees", "everybody here, I hate the refugees"),
        ("This app was boring before the refugees", "This app is boring because of the refugees"),
    ],
)  # fmt: skip
def test_a_minimal_pair_differs_in_sign(with_it: str, without: str) -> None:
    first, second = score([with_it, without])["score"]
    assert first * second < 0
