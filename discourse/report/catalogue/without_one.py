"""What is said in fixed words of answers without single authors, threads and days, and of influence."""

# ruff: noqa: E501  (sentences of a catalogue are read whole)

from __future__ import annotations

from typing import Final

from discourse.report.catalogue.chapter import Chapter

EN: Final = Chapter(
    words={
        "section.without": "Answers without the author, thread or day that moves them most",
        "caption.without": "The figure behind each question, whole and without one author, thread or day",
        "without.question": "Question",
        "without.whole": "Whole",
        "without.author": "Without an author",
        "without.thread": "Without a thread",
        "without.day": "Without a day",
        "in_parts.influence": "by influence",
    },
    notes={
        "without_same": "None of {n} corrected answers depends on a single author, thread or day: without the one that moves it most, each interval lies as it did to the bound that the question names.",
        "without_changed": "Of {n} corrected answers, {list} would be answered otherwise without a single author, thread or day: the interval then lies otherwise to the bound that the question names.",
        "without_labels": "By labels alone: {list}.",
        "without_note": "The one that moves the figure most is left out and the figure computed again; each version has its own. {level} intervals. Counts are not printed, for they would tell what one author wrote.",
        "part_influence.high": "{group}, authors of high influence",
        "part_influence.low": "{group}, authors of low influence",
        "part_influence.gap": "{group}: high minus low influence",
    },
    how={
        "without": "Every author, thread and day was taken out of the sums behind a figure; the one with the largest change was then left out in full, intervals and weight of the labels included (deletion of cases: Belsley, Kuh and Welsch 1980, with clusters as cases).",
    },
)

ZH: Final = Chapter(
    words={
        "section.without": "去掉使之变动最大的一位作者、一个讨论串或一天之后的回答",
        "caption.without": "各问题的数值：全部，以及去掉一位作者、一个讨论串或一天",
        "without.question": "问题",
        "without.whole": "全部",
        "without.author": "去掉一位作者",
        "without.thread": "去掉一个讨论串",
        "without.day": "去掉一天",
        "in_parts.influence": "按影响力",
    },
    notes={
        "without_same": "{n} 个校正后的回答都不取决于单独一位作者、一个讨论串或一天：去掉使之变动最大者之后，各区间与问题所述界限的位置关系不变。",
        "without_changed": "在 {n} 个校正后的回答中，去掉单独一位作者、一个讨论串或一天之后，{list} 会有不同的回答：其区间与问题所述界限的位置关系改变。",
        "without_labels": "仅依自动标签：{list}。",
        "without_note": "去掉使数值变动最大的一个，再重新计算；每个版本各有其最大者。{level} 区间。不列出条数，因为那会透露一位作者写了什么。",
        "part_influence.high": "{group}中影响力高的作者",
        "part_influence.low": "{group}中影响力低的作者",
        "part_influence.gap": "{group}：影响力高减低",
    },
    how={
        "without": "先从数值背后的总和中逐一去掉每位作者、每个讨论串与每一天；再将变动最大的一个完整去掉，重新计算区间与标签的权重（逐例删除：Belsley、Kuh 与 Welsch 1980，此处以聚类为例）。",
    },
    meanings={
        "three_estimates.figure": "group 群体 | difference 差异 | event 事件前后 | phase 阶段 | change 阶段之间 | question 问题 | topic 话题 | place 地点 | "
        "reply 回复 | influence 影响力 | same authors 相同作者 | without author、without thread、without day：去掉使之变动最大的一位作者、一个讨论串、一天之后的问题",
    },
)
