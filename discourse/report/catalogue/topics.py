"""What the pages on topics say beside the fixed texts of words and topics."""

# ruff: noqa: E501  (sentences of a catalogue are read whole)

from __future__ import annotations

from typing import Final

from discourse.report.catalogue.chapter import Chapter

EN: Final = Chapter(
    words={
        "section.choosing_k": "How many topics",
        "axis.n_topics": "Topics",
        "grid.held_out": "Held-out likelihood",
        "grid.npmi": "NPMI",
        "grid.coherence": "c_v",
        "grid.exclusivity": "Exclusivity",
        "grid.stability": "Stability",
        "grid.best": "Recommended",
        "grid.used": "Used here",
        "grid.ranks": "Ranks",
        "grid.yes": "yes",
    },
    notes={
        "grid_claim": "Of the numbers of topics that were fitted, {n} has the best mean rank",
        "grid_claim_fixed": "Of the numbers of topics that were fitted, {n} has the best mean rank; the study fixed {used}",
        "grid_caption": "Each number of topics that was fitted; filled: recommended; dashed: used in this report. Higher is better in every panel; the scales differ.",
        "grid_fixed": "The tables of topics hold {used}, the number that the study file fixed before the measures were seen; what the measures prefer is printed beside it, and does not change it.",
        "grid_best": "The tables of topics hold the recommended number, as the study file asks.",
        "grid_note": "Recommended: best mean rank over held-out likelihood, NPMI, exclusivity and stability, whose ranks are given in that order; c_v is printed beside them. Such measures do not track people’s judgment very well: look at the topics.",
    },
    how={
        "topic_uncertainty": "The intervals also hold the spread over fits to bootstrap samples of the authors (Rubin 1987). Exclusivity: how far its top words are a topic’s own; stability: Jaccard similarity of its top words in those fits; both from 0 to 1.",
        "topic_grid": "Each number was fitted to all posts and to bootstrap samples of the authors. Held-out likelihood: half of the words of posts by authors left out, predicted from the other half, in nats a word. Stability: Jaccard similarity of the top ten words of matched topics (Kuhn 1955). Exclusivity: how far the top words of a topic are its own. Coherence c_v and NPMI (Röder et al. 2015).",
    },
    methods={
        "topic_uncertainty": (
            "Uncertainty of topics",
            "Where the table says so, topics were fitted again to bootstrap samples of the authors and matched to those of the model (Kuhn 1955); the spread of a group’s mean over these fits was added to its clustered variance by Rubin’s rules (Rubin 1987; degrees of freedom: Satterthwaite 1946). p-values over topics are adjusted by Benjamini and Hochberg (1995).",
        ),
    },
)

ZH: Final = Chapter(
    words={
        "section.choosing_k": "主题数的选择",
        "axis.n_topics": "主题数",
        "grid.held_out": "留出似然",
        "grid.npmi": "NPMI",
        "grid.coherence": "c_v",
        "grid.exclusivity": "独有性",
        "grid.stability": "稳定性",
        "grid.best": "建议",
        "grid.used": "本报告采用",
        "grid.ranks": "名次",
        "grid.yes": "是",
    },
    notes={
        "grid_claim": "在拟合过的主题数中，{n} 的平均名次最好",
        "grid_claim_fixed": "在拟合过的主题数中，{n} 的平均名次最好；研究方案固定为 {used}",
        "grid_caption": "拟合过的各个主题数；实心者为建议，虚线为本报告采用者。各图均以高者为佳，刻度各异。",
        "grid_fixed": "主题各表采用 {used} 个主题，此数在看到各项指标之前已由研究文件固定；指标的偏好并列于此，不改变此数。",
        "grid_best": "按研究文件的要求，主题各表采用所建议的主题数。",
        "grid_note": "建议：留出似然、NPMI、独有性、稳定性四项的平均名次最好者，名次依此顺序列出；c_v 并列供参考。此类指标与人的判断并不十分一致，请直接查看主题。",
    },
    how={
        "topic_uncertainty": "区间还包含对作者的自助抽样重新拟合之间的差异（Rubin 1987）。独有性：最高的词在多大程度上为该主题独有；稳定性：其最高的词在各次拟合中的 Jaccard 相似度；均介于 0 与 1 之间。",
        "topic_grid": "每个主题数都对全部帖子以及作者的自助抽样作了拟合。留出似然：以未抽中作者的帖子的一半词预测另一半词，单位为奈特每词。稳定性：对应主题前十个词的 Jaccard 相似度（Kuhn 1955）。独有性：主题的最高词在多大程度上为其独有。一致性 c_v 与 NPMI（Röder 等 2015）。",
    },
    methods={
        "topic_uncertainty": (
            "主题的不确定性",
            "凡表中注明者，主题均对作者的自助抽样重新拟合，并与模型的主题一一对应（Kuhn 1955）；群体均值在各次拟合之间的差异，按 Rubin 规则（Rubin 1987；自由度：Satterthwaite 1946）加入其聚类方差。各主题的 p 值按 Benjamini 与 Hochberg（1995）校正。",
        ),
    },
    tables={
        "topic_rankings": "P5：每个主题的词，按概率、FREX 与提升度排列。",
        "topic_grid": "拟合过的各个主题数及其优劣。",
        "topic_contrasts": "P6：两个群体之间每个主题平均占比之差。",
    },
    meanings={
        "topics.label": "研究者给出的标签；未给出时为其最具代表性的词",
        "exclusivity": "最高的词在多大程度上为该主题独有，0 至 1",
        "stability": "对作者抽样重新拟合时最高词的平均 Jaccard 相似度，0 至 1；未重新拟合时为空",
        "suggested": "最具代表性的词（FREX），尚未由人命名",
        "topic_words.gloss": "在另一种语言中的释义；词典未收则为空",
        "topic_rankings.gloss": "在另一种语言中的释义；词典未收则为空",
        "topic_rankings.by": "排列依据：probability 概率 | frex 频率与独有性 | lift 提升度",
        "topic_rankings.lang": "词语的语言：zh 中文 | en 英文",
        "n_topics": "主题数",
        "held_out": "未参与拟合的作者的帖子中每个词的对数似然",
        "npmi": "平均一致性 NPMI",
        "topic_grid.coherence": "平均一致性 c_v（Röder 等 2015）",
        "topic_grid.exclusivity": "最高词的平均独有性，0 至 1",
        "chosen": "是否为建议的主题数",
        "used": "本报告的主题各表是否采用此数",
        "topic_grid.reason": "在各项指标中的名次",
        "topic_contrasts.outcome": "主题编号及其最具代表性的词",
        "topic_contrasts.p_adjusted": "在检验族内按 Benjamini–Hochberg 校正",
        "topic_contrasts.target": "目标名称；此处为空",
        "topic_contrasts.lang": "主题的语言",
        "topic_prevalence.se": "标准误；模型经重新拟合时，含模型的不确定性",
        "topic_contrasts.se": "标准误；模型经重新拟合时，含模型的不确定性",
        "model_share": "方差中来自模型的部分；未重新拟合时为空",
    },
    units={"topics": "个主题", "nats a word": "奈特每词"},
)
