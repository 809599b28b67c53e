"""What the pages on coefficients and phases in three versions say in fixed words."""

# ruff: noqa: E501  (sentences of a catalogue are read whole)

from __future__ import annotations

from typing import Final

from discourse.report.catalogue.chapter import Chapter

EN: Final = Chapter(
    words={
        "section.coefficients": "Trends and coefficients in three versions",
        "section.like_coefficients": "What goes with likes, in three versions",
        "section.phase_versions": "Phases in three versions",
        "number.comment": "Comment, against opening post",
        "number.week": "Each week",
        "number.level": "Jump at the event",
        "number.slope": "Change of slope, per week",
        "axis.three.ratio": "times the likes (log scale)",
        "uncoded.frames": "frames",
        "uncoded.frames_some": "the frames that were not coded",
        "uncoded.topics": "topics",
        "uncoded.emotions": "emotions",
        "uncoded.emotions_some": "the emotions that were not coded",
        "nothing_named": "none",
    },
    notes={
        "coefficients_claim": "Corrected, the intervals of {n} of {all} coefficients leave out “no difference”; by labels alone, of {naive}",
        "coefficients_none": "No coefficient could be corrected: too few codes",
        "coefficients_changed": "By labels alone but not when corrected: {lost}. Corrected but not by labels alone: {won}. The intervals are not adjusted for the number of coefficients.",
        "coefficients_same": "The same coefficients in both versions. The intervals are not adjusted for the number of coefficients.",
        "coefficients_caption": "Stance toward {target} (+1, 0, −1) by who wrote, in which language, where and when; in three "
        "versions. Trends: change from week to week within a group.",
        "coefficients_note": "In percentage points of positive minus negative. Compared with {reference}. In brackets: {level} intervals, "
        "clustered by author and thread. Associations, not effects.",
        "like_versions_note": "Times the likes, all else in the model equal; without frames, since not all of them were coded. Compared with {reference}.",
        "phase_versions_note": "Positive minus negative among mentions. Days hold too few codes to be corrected one by one; phases stand for the "
        "series, and single days stay labels alone.",
        "trend_of": "Trend, {group}: each week",
        "jump_of": "{event}: {term}",
        "unlabelled": "No machine label is in these, so there is nothing to correct: counts of posts and authors, languages, places, return, who "
        "answers whom, contact details, attention. Labelled but coded by nobody, so uncorrected: {list}.",
        "later_minus": "{later} − {earlier}",
    },
    how={
        "coefficients": "Stance: least squares among mentions, of the labels, of the codes weighted by one over their probability, and corrected "
        "({method}). Likes: negative binomial regression with the labelled stance as regressor, corrected by fitting it three times (predict-"
        "then-debias, Kluger et al. 2025). Groups, languages and regressors are the same in all versions; a language with fewer than 30 codes "
        "stays out.",
    },
    methods={
        "coefficients": (
            "Coefficients in three versions",
            "Where the instrument labels the outcome or a regressor, coefficients are estimated from labels, from codes, and corrected: for an "
            "outcome by prediction-powered inference or design-based supervised learning, for a regressor by predict-then-debias (Kluger et "
            "al. 2025), each coefficient with the weight that makes its variance smallest.",
        ),
    },
)

ZH: Final = Chapter(
    words={
        "section.coefficients": "趋势与系数的三个版本",
        "section.like_coefficients": "与点赞相关的因素：三个版本",
        "section.phase_versions": "各阶段的三个版本",
        "number.comment": "评论（相对于主帖）",
        "number.week": "每过一周",
        "number.level": "事件当时的跳变",
        "number.slope": "斜率变化（每周）",
        "axis.three.ratio": "点赞倍数（对数刻度）",
        "uncoded.frames": "框架",
        "uncoded.frames_some": "未经编码的框架",
        "uncoded.topics": "话题",
        "uncoded.emotions": "情绪",
        "uncoded.emotions_some": "未经编码的情绪",
        "nothing_named": "无",
    },
    notes={
        "coefficients_claim": "校正后，{all} 个系数中有 {n} 个的区间不含“无差异”；仅用标签则为 {naive} 个",
        "coefficients_none": "编码太少，没有系数能够校正",
        "coefficients_changed": "仅用标签时如此而校正后不然的：{lost}。校正后如此而仅用标签时不然的：{won}。区间未按系数个数校正。",
        "coefficients_same": "两个版本中是相同的系数。区间未按系数个数校正。",
        "coefficients_caption": "对{target}的态度（+1、0、−1）与作者、语言、位置和时间的关系，三个版本。趋势为群体内部每周的变化。",
        "coefficients_note": "单位为正负差的百分点。参照：{reference}。方括号内为 {level} 区间，按作者与讨论串聚类。所述为相关关系。",
        "like_versions_note": "模型中其他因素相同时的点赞倍数；不含框架，因其并非全部经人编码。参照：{reference}。",
        "phase_versions_note": "提及之中的正负差。单日编码太少，无法逐日校正；以阶段代表时间序列，单日数字仍为仅用标签。",
        "trend_of": "趋势，{group}：每过一周",
        "jump_of": "{event}：{term}",
        "unlabelled": "以下各项不含自动标签，无可校正：帖子与作者计数、语言、地点、再次发帖、谁回复谁、联系方式、所获关注。有自动标签而无人编码、"
        "因此未经校正：{list}。",
        "later_minus": "{later} − {earlier}",
    },
    how={
        "coefficients": "态度：在提及之中作最小二乘回归，分别依据标签、依据以概率倒数加权的编码，以及校正（{method}）。点赞：以自动标签的态度为自变量的"
        "负二项回归，拟合三次加以校正（predict-then-debias，Kluger 等 2025）。各版本的群体、语言与自变量相同；编码不足 30 条的语言不列入。",
    },
    methods={
        "coefficients": (
            "系数的三个版本",
            "凡自动标签为因变量或自变量之处，系数均分别由标签、由编码并经校正估计：因变量用预测驱动推断或基于设计的监督学习，自变量用 predict-then-debias"
            "（Kluger 等 2025），每个系数取使其方差最小的权重。",
        ),
    },
    tables={
        "coefficients": "回归系数的三个版本：测量工具给出因变量或某个自变量之处。",
    },
    meanings={
        "coefficients.model": "stance 态度 | trend 趋势 | interrupted 中断序列 | likes opening 主帖点赞 | likes comments 评论点赞",
        "coefficients.id": "趋势的群体；序列的事件与群体；其余为空",
        "coefficients.term": "自变量；week 每周变化；level、slope 为跳变与斜率变化",
        "coefficients.level_of": "其取值；数值变量为空",
        "coefficients.reference": "与之比较的取值；数值变量为空",
        "coefficients.p": "无差异的 p 值",
        "coefficients.n": "模型所依据的帖子数",
        "coefficients.n_authors": "已编码帖子的作者数；naive 为全部帖子的作者数",
        "labelled": "测量工具给出的是 outcome 因变量 | regressor 自变量",
    },
)
