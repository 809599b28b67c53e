"""What the pages on topics say beside the fixed texts of words and topics."""

# ruff: noqa: E501  (sentences of a catalogue are read whole)

from __future__ import annotations

from typing import Final

from discourse.report.catalogue.chapter import Chapter

EN: Final = Chapter(
    methods={
        "topic_uncertainty": (
            "Uncertainty of topics",
            "Where the table says so, topics were fitted again to bootstrap samples of the authors and matched to those of the model (Kuhn 1955); the spread of a group’s mean over these fits was added to its clustered variance by Rubin’s rules (Rubin 1987; Barnard and Rubin 1999). p-values over topics are adjusted by Benjamini and Hochberg (1995).",
        ),
    },
)

ZH: Final = Chapter(
    methods={
        "topic_uncertainty": (
            "主题的不确定性",
            "凡表中注明者，主题均对作者的自助抽样重新拟合，并与模型的主题一一对应（Kuhn 1955）；群体均值在各次拟合之间的差异，按 Rubin 规则（Rubin 1987；Barnard 与 Rubin 1999）加入其聚类方差。各主题的 p 值按 Benjamini 与 Hochberg（1995）校正。",
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
        "topic_grid.reason": "在各项指标中的名次；其余为空",
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
