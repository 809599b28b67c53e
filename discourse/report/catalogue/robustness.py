"""What the specification curve says, in English and in Chinese."""

# ruff: noqa: E501  (sentences of a catalogue are read whole)

from __future__ import annotations

from typing import Final

from discourse.report.catalogue.chapter import Chapter

EN: Final = Chapter(
    words={
        "section.robustness": "Under other choices",
        "choice.groups": "Group rules",
        "choice.neutral": "Neutral below",
        "choice.scorer": "Instrument",
        "choice.duplicates": "Copies",
        "choice.mentions": "Mentions",
        "choice.languages": "Posts",
        "choice.k": "Topics",
        "option.groups.declared": "as declared",
        "option.groups.no-phrases": "without phrases",
        "option.groups.no-language": "without language",
        "option.groups.place-only": "place only",
        "option.duplicates.declared": "as declared",
        "option.duplicates.no-exact": "no exact copies",
        "option.duplicates.no-near": "no near copies",
        "option.mentions.all": "all kinds",
        "option.mentions.no-replies": "without replies",
        "option.mentions.named": "by name only",
        "option.languages.all": "all languages",
        "option.languages.zh": "Chinese only",
        "option.languages.en": "English only",
        "option.languages.mixed": "mixed only",
        "curve.declared": "as declared",
        "curve.other": "another combination",
        "curve.rank": "combinations, by figure",
        "question_column": "Question",
        "specifications": "Combinations",
        "with_figure": "With a figure",
        "declared_figure": "As declared",
        "median_figure": "Median",
        "range_figure": "Lowest to highest",
        "same_side": "Same side",
        "interval_apart": "Interval apart",
        "widest_choice": "Moves it most",
    },
    notes={
        "robustness_claim_all": "{question}: all {n} combinations of choices that give a figure lie on one side",
        "robustness_claim_some": "{question}: {share} of {n} combinations of choices that give a figure lie on the side of the declared one",
        "robustness_caption": "Question {question} under every combination of choices, sorted by figure, with {level} intervals; below, the options of each combination. Dark: as declared. Line: the bound asked about.",
        "robustness_note": "Same side: share of figures on the declared figure’s side of the bound. Interval apart: share of intervals wholly on that side. Moves it most: the choice whose options differ most in their median figure, and by how much.",
        "robustness_no_p": "The combinations rest on the same posts; a share of them is no p-value.",
    },
    how={
        "robustness": "Every combination of the declared choices is answered as the question is: group rules with and without conditions on words, thresholds of neutrality, instruments, copies left out or kept, kinds of mention, languages. Each has its own interval. Specification curve after Simonsohn, Simmons and Nelson (2020), descriptive part.",
    },
    methods={
        "robustness": (
            "Other choices",
            "Questions were answered again under every combination of the choices declared in the study (group rules, threshold of neutrality, instrument, copies, kinds of mention, languages), each with its own interval (Simonsohn, Simmons and Nelson 2020). Posts were scored once an instrument; thresholds change labels, rules change groups.",
        )
    },
)

ZH: Final = Chapter(
    words={
        "section.robustness": "换一种选择",
        "choice.groups": "分组规则",
        "choice.neutral": "中性阈值",
        "choice.scorer": "测量工具",
        "choice.duplicates": "重复帖",
        "choice.mentions": "提及方式",
        "choice.languages": "帖子语言",
        "choice.k": "话题数",
        "option.groups.declared": "按声明",
        "option.groups.no-phrases": "不用词句",
        "option.groups.no-language": "不用语言",
        "option.groups.place-only": "仅用属地",
        "option.duplicates.declared": "按声明",
        "option.duplicates.no-exact": "去除完全重复",
        "option.duplicates.no-near": "去除近似重复",
        "option.mentions.all": "全部",
        "option.mentions.no-replies": "不含回复",
        "option.mentions.named": "仅直呼其名",
        "option.languages.all": "全部语言",
        "option.languages.zh": "仅中文",
        "option.languages.en": "仅英文",
        "option.languages.mixed": "仅混用",
        "curve.declared": "按声明的选择",
        "curve.other": "其他组合",
        "curve.rank": "各组合，按数值排列",
        "question_column": "问题",
        "specifications": "组合数",
        "with_figure": "有数值者",
        "declared_figure": "按声明",
        "median_figure": "中位数",
        "range_figure": "最低至最高",
        "same_side": "同侧占比",
        "interval_apart": "区间全在同侧",
        "widest_choice": "左右最大者",
    },
    notes={
        "robustness_claim_all": "{question}：能得出数值的 {n} 种选择组合全部落在同一侧",
        "robustness_claim_some": "{question}：能得出数值的 {n} 种选择组合中，{share} 与所声明的落在同一侧",
        "robustness_caption": "问题 {question} 在每一种选择组合下的结果，按数值排列，附 {level} 区间；下方为各组合的选项。深色：按声明的选择。直线：所问的界限。",
        "robustness_note": "同侧占比：数值与所声明者落在界限同侧的组合所占比例。区间全在同侧：区间完全落在该侧的组合所占比例。左右最大者：各选项的中位数相差最大的一项选择及其差值。",
        "robustness_no_p": "各组合依据的是同一批帖子，其占比不是 p 值。",
    },
    how={
        "robustness": "对所声明选择的每一种组合，都按原问题重新作答：带或不带词句条件的分组规则、中性阈值、测量工具、是否去除重复帖、提及方式、帖子语言，各有各的区间。方法为规格曲线的描述部分（Simonsohn、Simmons 与 Nelson，2020）。",
    },
    methods={
        "robustness": (
            "其他选择",
            "在研究所声明的各项选择（分组规则、中性阈值、测量工具、重复帖、提及方式、语言）的每一种组合下重新回答问题，各附区间（Simonsohn、Simmons 与 Nelson，2020）。每种测量工具只评分一次；阈值只改变标签，规则只改变分组。",
        )
    },
    tables={
        "specifications": "一个问题在所声明选择的每一种组合下的回答（规格曲线）。",
        "robustness": "一个问题的回答在多大程度上取决于所声明的选择。",
    },
    meanings={
        "specifications.question": "问题编号",
        "robustness.question": "问题编号",
        "specifications.rank": "按数值排列的位次，自 1 起；无数值者为空",
        "specifications.declared": "各项选择是否都与研究所声明的相同",
        "specifications.groups": "分组规则：declared 按声明 | no-phrases 不用词句 | no-language 不用语言 | place-only 仅用属地",
        "specifications.neutral": "得分离零比此更近者为中性",
        "specifications.scorer": "测量工具",
        "specifications.duplicates": "去除的重复帖：declared 按声明 | no-exact 完全重复 | no-near 近似重复",
        "specifications.mentions": "计入的提及：all 全部 | no-replies 不含回复 | named 仅直呼其名",
        "specifications.languages": "计入的帖子：all 全部 | zh 中文 | en 英文 | mixed 混用",
        "specifications.k": "话题数；关于态度的问题为空",
        "specifications.key": "各项选择及其所依据内容的散列值",
        "robustness.n_specifications": "选择的组合数",
        "robustness.n_estimated": "有数值的组合数",
        "robustness.declared": "按研究所声明的选择得出的数值",
        "robustness.median": "数值的中位数",
        "robustness.lowest": "最低数值",
        "robustness.highest": "最高数值",
        "robustness.share_same_side": "数值与所声明者落在界限同侧的组合占比",
        "robustness.share_excluding": "区间完全落在该侧的组合占比",
        "robustness.widest": "使中位数变动最大的选择",
        "robustness.widest_by": "变动幅度：各选项中位数的最大值减最小值",
    },
)
