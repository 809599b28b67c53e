"""What the table of corrected parts says in fixed words."""

# ruff: noqa: E501  (sentences of a catalogue are read whole)

from __future__ import annotations

from typing import Final

from discourse.report.catalogue.chapter import Chapter

EN: Final = Chapter(
    words={
        "section.split_versions": "What gaps and changes are made of, in three versions",
        "of_what_column": "Gap or change",
    },
    notes={
        "split_gap": "{pair}",
        "split_change": "{group}: {later} minus {earlier}",
        "split_note": "Parts of differences in mean stance, with {level} intervals; in every version they add up to the gap or change above them. Gaps are split by {n} topics, small ones being one; "
        "topics with few codes are taken together, so that labels alone may be split more finely elsewhere.",
        "split_who": "Who stayed, came or went is told here by all posts of an author, for labels may miss mentions; the split of labels alone elsewhere goes by mentions.",
        "split_changed": "Of {n} parts, {outside} lie outside their corrected interval when labels alone are used.",
    },
    how={
        "split_versions": "Each part is made of the corrected totals of its cells: labels of all posts, and the weighted errors that people found in the coded ones (Angelopoulos, Duchi and Zrnic 2023; Egami et "
        "al. 2023), split by Kitagawa (1955) and Griliches and Regev (1995). Intervals by the delta method, clustered by author and thread. Topics are as the model says.",
    },
)

ZH: Final = Chapter(
    words={
        "section.split_versions": "差异与变化由什么构成（三个版本）",
        "of_what_column": "差异或变化",
    },
    notes={
        "split_gap": "{pair}",
        "split_change": "{group}：{later}减{earlier}",
        "split_note": "平均立场之差的各部分，附 {level} 区间；在每个版本中，各部分相加恰为其上方的差异或变化。差异按 {n} 个主题分解，小主题合为一个；编码少的主题合并计算，因此别处仅用标签时可能分得更细。",
        "split_who": "此处依作者的全部帖子判断谁留下、到来或离开，因为标签可能漏掉提及；别处仅用标签的分解则以提及为准。",
        "split_changed": "{n} 个部分中，有 {outside} 个若只用自动标签便落在校正区间之外。",
    },
    how={
        "split_versions": "各部分由其单元的校正总量得出：全部帖子的标签，加上人在已编码帖子中发现的加权误差（Angelopoulos、Duchi 与 Zrnic 2023；Egami 等 2023），"
        "依 Kitagawa（1955）以及 Griliches 与 Regev（1995）分解。区间由 delta 法得出，按作者与讨论串聚类。主题以模型所判为准。",
    },
    tables={
        "part_estimates": "平均立场的差异或变化由什么构成，三个版本：仅人工编码、仅自动标签、校正后。",
    },
    meanings={
        "part_estimates.split": "topics 两个群体之差 | authors 两个阶段之间的变化",
        "part_estimates.id": "主题的语言；或后一阶段与前一阶段，以 vs 连接",
        "part_estimates.group": "群体；两个群体以 vs 连接",
        "part_estimates.part": "gap 差异 | topics 谈论什么 | stance 怎么谈；或 change 变化 | same authors 同一批作者写法不同 | activity 发帖多寡 | arrivals 仅见于后一阶段 | departures 仅见于前一阶段",
        "part_estimates.version": "human 仅人工编码 | naive 仅自动标签 | corrected 校正后",
        "part_estimates.n": "自动标签判为提及目标的帖子数，两边合计",
        "part_estimates.n_coded": "人工编码的帖子数，包括其中未提及目标的",
        "part_estimates.n_topics": "所区分的主题数，小主题合为一个；变化则为空",
    },
)
