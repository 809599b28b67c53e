"""What the page about topics and stance says, in English and in Chinese."""

# ruff: noqa: E501  (sentences of a catalogue are read whole)

from __future__ import annotations

from typing import Final

from discourse.report.catalogue.chapter import Chapter

EN: Final = Chapter(
    words={
        "section.topic_stance": "What is spoken of how",
        "section.gap_parts": "What a gap is made of",
        "elsewhere": "Other topics",
        "residual": "Residual",
        "positive_negative": "Positive / negative",
        "axis.topic_stance": "mean stance by topic",
        "gap_part": "Part",
        "gap.gap": "gap of mean stance",
        "gap.topics": "what is talked about",
        "gap.stance": "how, within topics",
        "pair": "Groups",
        "masked": "too few authors",
    },
    notes={
        "topic_stance_claim_lower": "{group} speak of {target} more coldly under “{topic}” than in their other topics: {here} against {elsewhere}",
        "topic_stance_claim_higher": "{group} speak of {target} more warmly under “{topic}” than in their other topics: {here} against {elsewhere}",
        "topic_stance_claim_none": "Mean stance toward {target} does not differ between topics, as far as can be told",
        "topic_stance_caption": "Mean stance toward {target} by topic and group. Bold, with a frame: departs from the group’s other topics after adjustment (Benjamini–Hochberg, 5%). Hatched: fewer than {least} authors, or hidden beside such a cell.",
        "topic_stance_note": "A post counts for the topic that leads in it. Residual: difference from the group’s other topics over its clustered standard error. p adjusted by Benjamini–Hochberg over all cells of the target.",
        "topic_stance_even": "No mean of a topic and group departs from the group’s other topics after adjustment (Benjamini–Hochberg, 5%). The means are in tables/topic_stance.csv.",
        "topic_stance_shares": "{n} of {of} shares positive, neutral or negative with a figure do, in topics with {low} to {high} mentions: too few to read one by one; they are listed there.",
        "gap_parts_note": "First minus second group. Topics of one language model; small topics are one. The two parts add up to the gap. They describe: a topic is chosen by those who write.",
    },
    how={
        "topic_stance": "Mean stance and shares in each topic and group among posts that mention the target, intervals clustered by author and thread. Residuals as adjusted residuals of a contingency table (Haberman 1973), with clustered standard errors.",
        "gap_parts": "The gap between two groups is split by topics after Kitagawa (1955), symmetric form, within posts whose topic has one language.",
    },
    methods={
        "topic_stance": (
            "Topics and stance",
            "Posts were sorted by the topic that leads in them. Mean stance by topic and group has intervals clustered by author and thread; a cell is given from {min_cell} authors, below the floor of means of whole groups, and is to be read with its interval. Cells are compared with the other topics of the same group (adjusted residuals, Haberman 1973), adjusted by Benjamini and Hochberg (1995). Gaps between groups were split into what is talked about and how, within topics (Kitagawa 1955).",
        )
    },
)

ZH: Final = Chapter(
    words={
        "section.topic_stance": "谈什么、怎么谈",
        "section.gap_parts": "差距由什么构成",
        "elsewhere": "其他主题",
        "residual": "残差",
        "positive_negative": "正面 / 负面",
        "axis.topic_stance": "各主题的平均立场",
        "gap_part": "部分",
        "gap.gap": "平均立场之差",
        "gap.topics": "谈论什么",
        "gap.stance": "同一主题内怎么谈",
        "pair": "群体",
        "masked": "作者太少",
    },
    notes={
        "topic_stance_claim_lower": "{group}在“{topic}”之下谈{target}，比在其他主题中冷淡：{here}，其他主题 {elsewhere}",
        "topic_stance_claim_higher": "{group}在“{topic}”之下谈{target}，比在其他主题中友善：{here}，其他主题 {elsewhere}",
        "topic_stance_claim_none": "就目前所能判断，对{target}的平均立场在各主题之间没有差异",
        "topic_stance_caption": "各主题、各群体对{target}的平均立场。粗体加框：经校正（Benjamini–Hochberg，5%）仍异于该群体的其他主题。斜线：不足 {least} 位作者，或为保护此类单元格而一并隐去。",
        "topic_stance_note": "一条帖子计入其中占比最大的主题。残差：与该群体其他主题之差除以聚类标准误。p 在该目标的全部单元格内按 Benjamini–Hochberg 校正。",
        "topic_stance_even": "校正后（Benjamini–Hochberg，5%），没有任何主题与群体的均值偏离该群体的其他主题。各均值见 tables/topic_stance.csv。",
        "topic_stance_shares": "在有数值的 {of} 项正面、中性或负面占比中，有 {n} 项偏离，所在主题各有 {low} 至 {high} 次提及：太少，不宜逐项解读；亦列于该表。",
        "gap_parts_note": "前一群体减后一群体。主题来自同一语言的模型，小主题合并为一。两部分相加即为差距。这只是描述：谈什么由写的人自己选择。",
    },
    how={
        "topic_stance": "在提及目标的帖子中，按主题与群体计算平均立场与占比，区间按作者与讨论串聚类。残差即列联表的调整残差（Haberman，1973），采用聚类标准误。",
        "gap_parts": "两群体之差按主题作 Kitagawa（1955）对称分解，限于主题属同一语言的帖子。",
    },
    methods={
        "topic_stance": (
            "主题与立场",
            "帖子按其中占比最大的主题归类。各主题、各群体的平均立场附按作者与讨论串聚类的区间；单元格自 {min_cell} 位作者起给出，低于整个群体均值的下限，须连同区间解读。单元格与同一群体的其他主题比较（调整残差，Haberman，1973），按 Benjamini 与 Hochberg（1995）校正。群体之间的差距分解为谈论什么，以及在同一主题内怎么谈（Kitagawa，1955）。",
        )
    },
    tables={
        "topic_stance": "P4、P7：各主题、各群体对目标的立场；帖子计入其中占比最大的主题。",
        "gap_parts": "两个群体平均立场之差，分解为谈论什么与怎么谈。",
    },
    meanings={
        "topic_stance.lang": "主题的语言",
        "topic_stance.measure": "mean 平均立场 | positive 正面 | neutral 中性 | negative 负面",
        "topic_stance.elsewhere": "该群体在同语言其他主题中的同一数值",
        "topic_stance.residual": "与其他主题之差除以其聚类标准误",
        "topic_stance.p": "与其他主题没有差异的 p 值",
        "topic_stance.p_adjusted": "在检验族内按 Benjamini-Hochberg 校正后",
        "topic_stance.instrument": "评分程序与版本；主题引擎",
        "gap_parts.lang": "主题的语言，亦即其所主导帖子的语言",
        "gap_parts.part": "gap 差距 | topics 谈论什么 | stance 同一主题内怎么谈",
        "gap_parts.n_topics": "区分的主题数；小主题合并为一",
        "gap_parts.instrument": "评分程序与版本；主题引擎",
    },
)
