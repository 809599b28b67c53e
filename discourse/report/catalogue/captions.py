"""What tables are called where the heading above them names the section: what stands in their cells."""

from __future__ import annotations

from typing import Final

from discourse.report.catalogue.chapter import Chapter

EN: Final = Chapter(
    words={
        "caption.choosing_k": "Quality of the model at each number of topics",
        "caption.codes_three": "Shares of frames and emotions by group",
        "caption.coefficients": "Coefficients of stance",
        "caption.corpus": "Posts, authors, languages and places by group",
        "caption.difference": "Mean stance, first group minus second",
        "caption.families": "Tests of each family, and how they are adjusted",
        "caption.influence": "High and low influence by group",
        "caption.keyness": "Keywords",
        "caption.kinds": "Mean stance by kind of mention",
        "caption.language": "Mean stance by language of the post",
        "caption.likes": "Ratios of likes by trait of the post",
        "caption.parts": "Mean stance in each part",
        "caption.phases": "Stance in each phase",
        "caption.places": "Mean stance by place",
        "caption.plan": "Questions, comparisons and settings beside the plan",
        "caption.robustness": "Each question over all combinations of choices",
        "caption.targets": "Mean stance toward each of them",
        "caption.three": "Shares and balance of each group in three versions",
        "caption.topic_covariates": "Differences of topic shares by trait of the post",
        "caption.topic_stance": "Stance by main topic and group",
        "caption.topics": "Topics",
        "caption.validation": "Labels against human codes",
    },
)

ZH: Final = Chapter(
    words={
        "caption.choosing_k": "不同主题数下的模型质量",
        "caption.codes_three": "各群体中框架与情感的占比",
        "caption.coefficients": "立场的系数",
        "caption.corpus": "各群体的帖子、作者、语言与地点",
        "caption.difference": "平均立场，前一群体减后一群体",
        "caption.families": "各检验族的检验数与校正方法",
        "caption.influence": "各群体中影响力的高低",
        "caption.keyness": "关键词",
        "caption.kinds": "各种提及方式的平均立场",
        "caption.language": "各语言帖子的平均立场",
        "caption.likes": "点赞数随帖子特征的比值",
        "caption.parts": "各部分的平均立场",
        "caption.phases": "各阶段的立场",
        "caption.places": "各地的平均立场",
        "caption.plan": "问题、比较与设置同计划对照",
        "caption.robustness": "各问题在所有选择组合下的结果",
        "caption.targets": "对各目标的平均立场",
        "caption.three": "各群体占比与正负差的三个版本",
        "caption.topic_covariates": "主题占比随帖子特征的差异",
        "caption.topic_stance": "按首要主题与群体的立场",
        "caption.topics": "主题",
        "caption.validation": "自动标签与人工编码对照",
    },
)
