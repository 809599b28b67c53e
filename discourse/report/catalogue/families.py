"""What the pages on emotions, on codes compared, and on families of tests say, in English and in Chinese."""

# ruff: noqa: E501  (sentences of a catalogue are read whole)

from __future__ import annotations

from typing import Final

from discourse.report.catalogue.chapter import Chapter

EN: Final = Chapter(
    words={
        "section.emotions": "Emotions toward the target",
        "section.code_contrasts": "Frames and emotions compared",
        "section.families": "Families of tests",
        "emotion": "Emotion",
        "code": "Code",
        "emotion.pride": "pride",
        "emotion.praise": "praise",
        "emotion.contempt": "contempt",
        "emotion.anger": "anger",
        "emotion.curiosity": "curiosity",
        "emotion.joy": "joy",
        "emotion.sadness": "sadness",
        "emotion.fear": "fear",
        "emotion.surprise": "surprise",
        "family": "Family",
        "adjustment": "Adjusted by",
        "tests": "Tests",
        "tested": "With a p",
        "below": "Below .05",
        "axis.emotion_share": "share of posts that mention the target",
    },
    notes={
        "claim.topic": "In posts by {group}, the topic “{name}” takes {value} on average.",
        "claim.topic_all": "In all posts, the topic “{name}” takes {value} on average.",
        "claim.what.topic": "mean share of the topic “{name}”",
        "claim.emotion": "Of the posts by {group} that mention the target, {value} show {name}.",
        "claim.emotion_all": "Of all posts that mention the target, {value} show {name}.",
        "claim.what.emotion": "share of mentions that show {name}",
        "claim.toward": "{name} toward {target}",
        "answer_adjusted": "{p} adjusted over {n} questions",
        "answer_not_adjusted": "{p} adjusted over {n} questions: does not hold after adjustment",
        "emotions_claim": "Most frequent emotion toward {target}: {emotion}, in {value} of the mentions by {group}",
        "emotions_claim_corrected": "{claim}, {basis}",
        "emotions_claim_none": "Emotions toward {target}: too few authors for a figure",
        "emotions_caption": "Share of the posts that mention {target} in which each emotion is shown toward them, with {level} intervals; a post may show several or none.",
        "code_contrasts_claim": "{n} of {of} differences between groups in frames and emotions hold after adjustment",
        "code_contrasts_note": "Differences of shares in percentage points, those that hold after adjustment first. p adjusted by Holm within each family.",
        "families_note": "A family holds the tests that are adjusted together. Comparisons without a p-value had too few authors or threads, or groups that cannot be compared; they are declared and not counted.",
    },
    how={
        "emotions": "Words of emotion from lexicons, counted where their clause does not deny them and stands with the target, and only if they do not contradict the judgment of the instrument (categories after Li et al. 2025). Shares and intervals clustered by author and thread. Differences by the two-way clustered contrast; families adjusted by Holm (1979), maps that are looked over by Benjamini and Hochberg (1995).",
    },
    methods={
        "emotions": (
            "Emotions",
            "Emotions shown toward the target were found by word lists in both languages, where the clause does not deny them, stands with the target and does not contradict the judged stance. The categories follow Li et al. (2025).",
        ),
        "families": (
            "Many tests",
            "Each comparison belongs to a declared family, and p-values are adjusted over all tests of it: by Holm (1979) where differences are read one by one, by Benjamini and Hochberg (1995) where a map of many cells is looked over. Tables hold the family and the adjusted p-value of each test.",
        ),
    },
)

ZH: Final = Chapter(
    words={
        "section.emotions": "对目标的情绪",
        "section.code_contrasts": "框架与情绪的比较",
        "section.families": "检验族",
        "emotion": "情绪",
        "code": "编码",
        "emotion.pride": "自豪",
        "emotion.praise": "赞美",
        "emotion.contempt": "轻蔑",
        "emotion.anger": "愤怒",
        "emotion.curiosity": "好奇",
        "emotion.joy": "喜悦",
        "emotion.sadness": "悲伤",
        "emotion.fear": "恐惧",
        "emotion.surprise": "惊讶",
        "family": "检验族",
        "adjustment": "校正方法",
        "tests": "检验数",
        "tested": "有 p 值者",
        "below": "低于 .05",
        "axis.emotion_share": "在提及目标的帖子中的占比",
    },
    notes={
        "claim.topic": "在{group}的帖子中，话题“{name}”平均占 {value}。",
        "claim.topic_all": "在全部帖子中，话题“{name}”平均占 {value}。",
        "claim.what.topic": "话题“{name}”所占份额",
        "claim.emotion": "在{group}提及目标的帖子中，{value} 流露{name}。",
        "claim.emotion_all": "在全部提及目标的帖子中，{value} 流露{name}。",
        "claim.what.emotion": "流露{name}的提及所占份额",
        "claim.toward": "对{target}的{name}",
        "answer_adjusted": "{p}（对 {n} 个问题校正后）",
        "answer_not_adjusted": "{p}（对 {n} 个问题校正后）：校正后不成立",
        "emotions_claim": "对{target}最常见的情绪：{emotion}，占{group}提及帖子的 {value}",
        "emotions_claim_corrected": "{claim}（{basis}）",
        "emotions_claim_none": "对{target}的情绪：作者太少，无法给出数值",
        "emotions_caption": "提及{target}的帖子中，对其流露各种情绪者的占比，附 {level} 区间；一条帖子可流露多种情绪，也可没有。",
        "code_contrasts_claim": "群体之间框架与情绪的 {of} 项差异中，{n} 项经校正后仍成立",
        "code_contrasts_note": "占比之差，单位为百分点；经校正仍成立者在前。p 在各检验族内按 Holm 校正。",
        "families_note": "同一检验族内的检验一并校正。没有 p 值的比较，或因作者、讨论串太少，或因群体不可比；它们属于所声明的检验，但不计数。",
    },
    how={
        "emotions": "情绪词取自词表；仅当所在小句未加否定、且与目标同处，并不与测量工具的判断相矛盾时计入（类别依 Li 等 2025）。占比与区间按作者与讨论串聚类，差异用双向聚类对比；检验族按 Holm（1979）校正，供通览的图按 Benjamini 与 Hochberg（1995）校正。",
    },
    methods={
        "emotions": (
            "情绪",
            "对目标流露的情绪由中英文词表判定：所在小句未加否定、与目标同处，且不与所判立场相矛盾。类别依 Li 等（2025）。",
        ),
        "families": (
            "多重检验",
            "每一项比较属于一个预先声明的检验族，p 值在该族的全部检验内校正：逐项阅读的差异用 Holm（1979），供通览的多格图用 Benjamini 与 Hochberg（1995）。各表列出每项检验所属的族及校正后的 p 值。",
        ),
    },
    tables={
        "emotions": "各群体在提及目标的帖子中流露各种情绪的频率。",
        "code_contrasts": "两个群体在框架或情绪频率上的一次比较。",
        "families": "所声明的检验族：p 值在族内的全部检验之间校正。",
    },
    meanings={
        "emotions.emotion": "情绪名称",
        "emotions.instrument": "情绪的编码方式",
        "code_contrasts.target": "目标名称；框架与目标无关时为空",
        "code_contrasts.outcome": "frame:<名称> 框架 | emotion:<名称> 情绪",
        "families.family": "检验族名称",
        "questions.p": "数值等于所声明界限的 p 值",
        "questions.p_adjusted": "对全部问题校正后的 p 值",
        "families.table": "其检验所在的表",
        "families.adjustment": "Holm | Benjamini-Hochberg",
        "families.n_tests": "所声明的比较数",
        "families.n_tested": "有 p 值的比较数",
        "families.n_below": "校正后 p 值低于 .05 的比较数",
    },
    units={"tests": "项检验"},
)
