"""What the tables of frames, of signals and of families of tests say in fixed words."""

# ruff: noqa: E501  (sentences of a catalogue are read whole)

from __future__ import annotations

from typing import Final

from discourse.report.catalogue.chapter import Chapter

EN: Final = Chapter(
    words={
        "table.frames": "Share of each group’s posts that speak in a frame",
        "table.signals": "Authors by what the rules read from their accounts",
        "signal.place_unknown": "no place shown",
        "signal.merchant": "contact details of a merchant",
        "signal.lang.zh": "writes Chinese",
        "signal.lang.en": "writes English",
        "signal.lang.mixed": "writes no language in more than half of the posts",
        "signal.lang.?": "writes no words",
        "family.stance toward": "stance",
        "family.emotions toward": "emotions",
        "family.phases, stance toward": "phases, stance",
        "family.topics by stance toward": "topics by stance",
        "family.topics": "topics by group",
        "family.group over topics": "topics, by group of the author",
        "family.language over topics": "topics, by language of the post",
        "family.kind over topics": "topics, by post or comment",
        "family.week over topics": "topics, by week",
        "family.frames": "frames",
        "family.questions": "questions asked beforehand",
    },
    notes={
        "family_toward": "{kind} toward {target}",
        "frames_basis": "Behind each share of a group stand the same posts: {groups}.",
        "frames_basis_group": "{group} {n} posts by {people} authors",
        "signal_place": "place {place}",
        "signal_phrase": "calls itself one of the {group}",
    },
    methods={
        "frames": (
            "Frames",
            "A frame is counted in a post that holds one of its phrases and does not deny it. The phrases are in the word lists that ship with "
            "discourse, or in those that the study names; the hash of each list stands below its table.",
        ),
    },
)

ZH: Final = Chapter(
    words={
        "table.frames": "各群体的帖子中使用各框架者的占比",
        "table.signals": "各种信号组合的作者数",
        "signal.place_unknown": "未显示属地",
        "signal.merchant": "留有商家联系方式",
        "signal.lang.zh": "多用中文",
        "signal.lang.en": "多用英文",
        "signal.lang.mixed": "没有哪种语言超过半数",
        "signal.lang.?": "没有文字",
        "family.stance toward": "立场",
        "family.emotions toward": "情绪",
        "family.phases, stance toward": "各阶段的立场",
        "family.topics by stance toward": "不同立场的话题",
        "family.topics": "各群体的话题",
        "family.group over topics": "话题与作者群体",
        "family.language over topics": "话题与帖子语言",
        "family.kind over topics": "话题与帖子、评论之别",
        "family.week over topics": "话题与周次",
        "family.frames": "框架",
        "family.questions": "预先提出的问题",
    },
    notes={
        "family_toward": "{kind}（对{target}）",
        "frames_basis": "同一群体的各项占比基于相同的帖子：{groups}。",
        "frames_basis_group": "{group} {n} 条（{people} 位作者）",
        "signal_place": "属地{place}",
        "signal_phrase": "自称{group}",
    },
    methods={
        "frames": (
            "框架",
            "帖子含有某框架的任一短语且未加否定，即计为含有该框架。短语取自随 discourse 提供的词表，或研究所指定的词表；各词表的哈希列于其表格之下。",
        ),
    },
)
