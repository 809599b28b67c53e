"""What the page on checked group rules says in fixed words."""

# ruff: noqa: E501  (sentences of a catalogue are read whole)

from __future__ import annotations

from typing import Final

from discourse.report.catalogue.chapter import Chapter

EN: Final = Chapter(
    words={
        "section.group_rules": "How good the group rules are",
        "section.group_shares": "How large the groups are, corrected for authors in the wrong one",
        "coded_authors": "Coded authors",
        "of_column": "Share of",
    },
    notes={
        "rule_of": "{group}: {rule}",
        "rule_all": "{conditions}",
        "rule_any": "one of: {conditions}",
        "rule_not": "and not: {conditions}",
        "rule_join_all": ", and ",
        "rule_join_any": "; or ",
        "rule_join_not": "; nor ",
        "rule_and": " with ",
        "rule_merchant": "gives contact details",
        "rule_no_merchant": "gives no contact details",
        "rule_lang": "at least {share} of the posts in {language}",
        "rule_ip": "place shown {places}",
        "rule_phrase": "says {phrases}",
        "rule_more": " and {n} more",
        "group_rules_claim": "The rules give {value} of authors the group that people give them",
        "group_rules_note": "Precision: of those whom the rules put into a group, the share that people put there. Recall: of those whom people put "
        "there, the share that the rules find. In brackets: {level} intervals.",
        "group_shares_note": "Codes alone, the rules alone (uncorrected), and corrected, with {level} intervals. Figures of groups toward a coded target are "
        "corrected for this in “{section}”, where coded authors are enough. All others are of the groups that the rules make: whoever is misplaced draws the figures "
        "of two groups together, or apart if the misplaced speak unlike both.",
    },
    how={
        "group_rules": "Authors were drawn by group with known probabilities and coded from permitted evidence, blind to the rules; all figures are "
        "weighted by one over the probability of being drawn and coded. Sizes of groups are corrected as shares are, with the group of the rule as the prediction "
        "(Angelopoulos, Duchi and Zrnic 2023; Egami et al. 2023).",
    },
    methods={
        "groups_corrected": (
            "Errors of the group rules",
            "Authors drawn with known probabilities were coded into groups. Authors coded by hand take the group that people give them; all others that of "
            "the rules, less its weighted errors (difference estimator: Cassel, Särndal and Wretman 1976).",
        ),
    },
)

ZH: Final = Chapter(
    words={
        "section.group_rules": "分组规则有多好",
        "section.group_shares": "各群体的规模（已就归错组的作者校正）",
        "coded_authors": "已编码作者",
        "of_column": "占比对象",
    },
    notes={
        "rule_of": "{group}：{rule}",
        "rule_all": "{conditions}",
        "rule_any": "符合其一：{conditions}",
        "rule_not": "且不得：{conditions}",
        "rule_join_all": "，且",
        "rule_join_any": "，或",
        "rule_join_not": "，亦不得",
        "rule_and": "并且",
        "rule_merchant": "留有联系方式",
        "rule_no_merchant": "未留联系方式",
        "rule_lang": "至少 {share} 的帖子为{language}",
        "rule_ip": "显示的属地为{places}",
        "rule_phrase": "自述{phrases}",
        "rule_more": "等，另有 {n} 项",
        "group_rules_claim": "规则给出的群体与人工编码相同者占作者的 {value}",
        "group_rules_note": "查准率：规则归入某群体者中，人工也归入该群体的占比。查全率：人工归入某群体者中，规则也找到的占比。方括号内为 {level} 区间。",
        "group_shares_note": "依次为仅人工编码、仅规则（未经校正）、校正后，附 {level} 区间。对已编码目标的群体数字，在已编码作者足够之处已就此校正，见“{section}”。"
        "其余数字以规则所分的群体为准：归错组的人会使两个群体的数字彼此接近；若他们与两组都不同，则会使之相远。",
    },
    how={
        "group_rules": "按群体以已知概率抽取作者，由编码员依据允许的证据、在不知规则结果的情况下编码；所有数字以抽中并编码的概率之倒数加权。"
        "群体规模与其他占比一样校正，以规则所分的群体为预测（Angelopoulos、Duchi 与 Zrnic 2023；Egami 等 2023）。",
    },
    methods={
        "groups_corrected": (
            "分组规则的误差",
            "以已知概率抽取作者，由人编码其群体。由人编码的作者以人给出的群体为准；其余作者以规则所分的群体为准，并扣除规则的加权误差（差分估计量：Cassel、Särndal 与 Wretman 1976）。",
        ),
    },
    tables={
        "group_rules": "分组规则与人工编码相同的程度，逐群体。",
        "group_shares": "各群体规模的三个版本：依人工编码、依规则、校正后。",
    },
    meanings={
        "group_shares.group": "群体名称",
        "group_shares.of": "占比对象：authors 作者 | posts 帖子",
        "group_shares.n": "作者数",
        "group_shares.n_coded": "其中由人编码的作者数",
        "group_rules.group": "群体名称；all 为全部",
        "group_rules.measure": "accuracy 正确率 | precision 查准率 | recall 查全率",
        "group_rules.n": "数值背后的已编码作者数",
    },
)
