"""What must not be claimed, filled with what a run found and did not find; in English and in Chinese."""

# ruff: noqa: E501  (sentences of a catalogue are read whole)

from __future__ import annotations

from typing import Final

from discourse.report.catalogue.chapter import Chapter

EN: Final = Chapter(
    notes={
        "claims_last": "The last page of this report lists it.",
        "not_adjusted": "{ids} as found among many: the answer stands on its own interval and does not hold after adjustment over all questions.",
        "not_undecided": "A yes or a no to {ids}: undecided. The interval holds the bound, so these posts allow neither.",
        "not_measurable": "Anything on {ids}: not measurable with these data. That nothing was found is no finding.",
        "not_small": "Anything about {groups} toward {target}: fewer than {authors} authors or {threads} threads mention it.",
        "not_all_seen": "How much of the platform speaks so. The posts were found by {how}: a share is one of collected posts, and what the search does not show is missing.",
        "not_feed": "What people were shown. The feed is not observed; collected posts stand in its place.",
        "not_phases": "That anybody changed his or her mind between phases. Phases compare posts; the table of authors says how many wrote in both.",
        "not_interrupted": "What any of the {n} events did. None stands apart long enough for an interrupted series; before and after are described, not explained.",
        "not_specified": "One figure for {ids} alone. Under other choices it lies between {low} and {high}.",
    },
    claims={
        "design": "That one thing brought another about. Nobody was assigned to anything; groups, topics and days differ in more ways than are measured here."
    },
)

ZH: Final = Chapter(
    notes={
        "claims_last": "见本报告最后一页。",
        "not_adjusted": "把 {ids} 当作众多问题中的发现：其回答只依据自身的区间，对全部问题校正之后不成立。",
        "not_undecided": "对 {ids} 作出肯定或否定的回答：未定。区间包含界限，这批帖子两者都不支持。",
        "not_measurable": "关于 {ids} 的任何结论：以这批数据无法测量。没有发现，并不等于发现没有。",
        "not_small": "关于{groups}对{target}的任何结论：提及者不足 {authors} 位作者或 {threads} 个讨论串。",
        "not_all_seen": "平台上有多少人如此发言。帖子的收集方式为{how}：占比只是所收集帖子中的占比，搜索不显示的内容无从得知。",
        "not_feed": "用户看到了什么。推荐页本身未被观测，只能以所收集的帖子代之。",
        "not_phases": "有人在各阶段之间改变了看法。阶段比较的是帖子；作者表说明有多少人在两个阶段都发了帖。",
        "not_interrupted": "{n} 个事件中任何一个起了什么作用。没有一个与其他事件相隔足够久，不能作间断序列分析；前后只作描述，不作解释。",
        "not_specified": "只就 {ids} 的一个数值立论。换一种选择，其值介于 {low} 与 {high} 之间。",
    },
    claims={
        "design": "一件事带来了另一件事。没有人被分派到任何条件之下；群体、主题与日期之间的差别不止此处所测的这些。"
    },
)
