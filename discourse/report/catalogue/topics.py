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
        "topic_contrasts": "P6：两个群体之间每个主题平均占比之差。",
    },
    meanings={
        "topic_contrasts.outcome": "主题编号及其最具代表性的词",
        "topic_contrasts.p_adjusted": "在检验族内按 Benjamini–Hochberg 校正",
        "topic_contrasts.target": "目标名称；此处为空",
        "topic_contrasts.lang": "主题的语言",
        "topic_prevalence.se": "标准误；模型经重新拟合时，含模型的不确定性",
        "topic_contrasts.se": "标准误；模型经重新拟合时，含模型的不确定性",
        "model_share": "方差中来自模型的部分；未重新拟合时为空",
    },
)
