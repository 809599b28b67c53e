"""What the page on checked group rules says in fixed words."""

# ruff: noqa: E501  (sentences of a catalogue are read whole)

from __future__ import annotations

from typing import Final

from discourse.report.catalogue.chapter import Chapter

EN: Final = Chapter(
    words={"section.group_rules": "How good the group rules are", "coded_authors": "Coded authors"},
    notes={
        "group_rules_claim": "The rules give {value} of authors the group that people give them",
        "group_rules_note": "Precision: of those whom the rules put into a group, the share that people put there. Recall: of those whom people put "
        "there, the share that the rules find. In brackets: {level} intervals. Figures of groups are those of the rules and are not corrected "
        "for this.",
    },
    how={
        "group_rules": "Authors were drawn by group with known probabilities and coded from permitted evidence, blind to the rules; all figures are "
        "weighted by one over the probability of being drawn and coded.",
    },
)

ZH: Final = Chapter(
    words={"section.group_rules": "分组规则有多好", "coded_authors": "已编码作者"},
    notes={
        "group_rules_claim": "规则给出的群体与人工编码相同者占作者的 {value}",
        "group_rules_note": "查准率：规则归入某群体者中，人工也归入该群体的占比。查全率：人工归入某群体者中，规则也找到的占比。方括号内为 {level} 区间。"
        "各群体的数字以规则所分为准，未就此校正。",
    },
    how={
        "group_rules": "按群体以已知概率抽取作者，由编码员依据允许的证据、在不知规则结果的情况下编码；所有数字以抽中并编码的概率之倒数加权。",
    },
    tables={"group_rules": "分组规则与人工编码相同的程度，逐群体。"},
    meanings={
        "group_rules.group": "群体名称；all 为全部",
        "group_rules.measure": "accuracy 正确率 | precision 查准率 | recall 查全率",
        "group_rules.n": "数值背后的已编码作者数",
    },
)
