"""What the page on words in their context says in fixed words."""

# ruff: noqa: E501  (sentences of a catalogue are read whole)

from __future__ import annotations

from typing import Final

from discourse.report.catalogue.chapter import Chapter

EN: Final = Chapter(
    words={
        "section.concordance": "Words in their context",
        "context_left": "Before",
        "context_node": "Word",
        "context_right": "Behind",
    },
    notes={
        "concordance_claim": "{n} places where a word looked for stands in its context",
        "concordance_one": "One place where a word looked for stands in its context",
        "concordance": "One line a place, in the order of the posts; names, numbers and addresses were masked when the export was read.",
        "concordance_paper": "The first {shown} of {n} lines; the page for the browser and tables.xlsx hold all.",
    },
    how={
        "concordance": "A concordance (key word in context) of the posts that were analysed, with what stands before and behind each place.",
    },
)

ZH: Final = Chapter(
    words={
        "section.concordance": "语境中的词语",
        "context_left": "前文",
        "context_node": "词语",
        "context_right": "后文",
    },
    notes={
        "concordance_claim": "所查词语出现于 {n} 处，附上下文",
        "concordance_one": "所查词语出现于一处，附上下文",
        "concordance": "每处一行，按帖子次序排列；姓名、号码与地址在读入时已遮蔽。",
        "concordance_paper": "此处列出 {n} 行中的前 {shown} 行；网页版与 tables.xlsx 载有全部。",
    },
    how={
        "concordance": "对所分析的帖子作语境检索（KWIC），列出每处前后的文字。",
    },
)
