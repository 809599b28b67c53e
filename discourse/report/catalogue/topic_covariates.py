"""What the page about topics and traits of posts says, in English and in Chinese."""

# ruff: noqa: E501  (sentences of a catalogue are read whole)

from __future__ import annotations

from typing import Final

from discourse.report.catalogue.chapter import Chapter

EN: Final = Chapter(
    words={
        "section.topic_covariates": "What goes with a topic",
        "trait": "Trait",
        "term.kind": "Kind",
        "term.platform": "Platform",
        "kind.opening": "opening post",
        "kind.comment": "comment",
        "number.likes": "Likes (log)",
        "number.length": "Length (log characters)",
        "axis.topic_covariates": "difference of the mean share, percentage points",
    },
    notes={
        "topic_covariates_claim": "With the other traits in the model equal, more talk of “{topic}”: {value}",
        "topic_covariates_claim_less": "With the other traits in the model equal, less talk of “{topic}”: {value}",
        "topic_covariates_claim_none": "With the other traits in the model equal, no trait of the posts goes with a topic, as far as can be told",
        "topic_covariates_caption": "Difference of the mean share of a topic that goes with a trait of the posts, the others equal, in percentage points. Bold, with a frame: after adjustment (Benjamini–Hochberg, 5%).",
        "topic_covariates_note": "Difference of mean shares in percentage points, against {reference}; of a number, for one unit. p adjusted by Benjamini–Hochberg over the topics, trait by trait. Posts of groups and values with fewer than {least} authors are not in the model.",
        "topic_covariates_model": "{share} of the variance comes from the topic model, in the mean.",
        "topic_covariates_left": "Rows shown: the {n} whose intervals lie furthest from no difference.",
    },
    how={
        "topic_covariates": "Least squares of the shares of topics in each post on all traits at once, intervals clustered by author and thread. The topic model was fitted again to bootstrap samples of the authors, and the spread of each coefficient over these fits was added by Rubin’s rules. Associations: nobody was assigned what to write about.",
    },
    methods={
        "topic_covariates": (
            "Traits that go with topics",
            "The share of each topic in a post was regressed by least squares on the group, the language, the time and further traits that the study names, with standard errors clustered by author and thread (Cameron, Gelbach and Miller 2011). The uncertainty of the topic model was carried through by fits to bootstrap samples of the authors and Rubin’s rules (Rubin 1987). p-values are adjusted over the topics, trait by trait (Benjamini and Hochberg 1995).",
        )
    },
)

ZH: Final = Chapter(
    words={
        "section.topic_covariates": "什么与主题相伴",
        "trait": "特征",
        "term.kind": "类型",
        "term.platform": "平台",
        "kind.opening": "主帖",
        "kind.comment": "评论",
        "number.likes": "点赞（对数）",
        "number.length": "长度（字符数的对数）",
        "axis.topic_covariates": "平均占比之差（百分点）",
    },
    notes={
        "topic_covariates_claim": "其他特征相同时，更多谈“{topic}”：{value}",
        "topic_covariates_claim_less": "其他特征相同时，更少谈“{topic}”：{value}",
        "topic_covariates_claim_none": "其他特征相同时，就目前所能判断，没有特征与某一主题相伴",
        "topic_covariates_caption": "其他特征相同时，主题平均占比随帖子特征的差别，单位为百分点。粗体加框：经校正（Benjamini–Hochberg，5%）。",
        "topic_covariates_note": "平均占比之差（百分点），参照为{reference}；数值型特征为每一单位之差。p 按 Benjamini–Hochberg 逐个特征在各主题间校正。作者不足 {least} 位的群体与取值，其帖子不在模型之内。",
        "topic_covariates_model": "方差中平均有{share}来自主题模型。",
        "topic_covariates_left": "列出区间离“无差别”最远的 {n} 行。",
    },
    how={
        "topic_covariates": "以全部特征对每条帖子的主题占比作最小二乘回归，区间按作者与讨论串聚类。主题模型对作者的自助抽样重新拟合，各系数在各次拟合之间的差异按 Rubin 规则加入。这只是相关：谁写什么并非指派。",
    },
    methods={
        "topic_covariates": (
            "与主题相伴的特征",
            "以群体、语言、时间以及研究所列的其他特征，对每条帖子中各主题的占比作最小二乘回归，标准误按作者与讨论串聚类（Cameron、Gelbach 与 Miller 2011）。主题模型的不确定性通过对作者自助抽样的重新拟合与 Rubin 规则（Rubin 1987）带入。p 值逐个特征在各主题间校正（Benjamini 与 Hochberg 1995）。",
        )
    },
    tables={"topic_covariates": "与主题相伴的特征：其他特征相同时平均占比之差。"},
    meanings={
        "topic_covariates.lang": "主题的语言",
        "topic_covariates.term": "帖子的特征：group 群体、language 语言、kind 类型、week 周数等",
        "topic_covariates.level_of": "特征的取值；数值型为空",
        "topic_covariates.reference": "参照的取值；数值型为空",
        "topic_covariates.se": "标准误；模型经重新拟合时，含模型的不确定性",
        "topic_covariates.p": "没有差别的 p 值",
        "topic_covariates.p_adjusted": "在检验族内按 Benjamini-Hochberg 校正后",
        "topic_covariates.n": "具有该取值的帖子；数值型为模型中的全部帖子",
        "topic_covariates.n_authors": "其作者数",
        "topic_covariates.n_threads": "其讨论串数",
    },
)
