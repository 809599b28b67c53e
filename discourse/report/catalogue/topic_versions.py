"""What is said in fixed words of main topics in three versions."""

# ruff: noqa: E501  (sentences of a catalogue are read whole)

from __future__ import annotations

from typing import Final

from discourse.report.catalogue.chapter import Chapter

EN: Final = Chapter(
    words={
        "section.topics_three": "Main topics in three versions",
        "caption.topics_three": "Share of posts by main topic in each group",
        "caption.topics_accuracy": "How far the topic model errs",
        "axis.three.topic": "share of posts whose main topic it is",
        "topic.none": "none of these",
        "topic.all": "all topics",
        "mean_proportion": "Mean proportion",
    },
    notes={
        "topics_three_claim": "Main topic {name} among {group}: {naive} of posts by the model, {corrected} corrected by human codes",
        "topics_three_caption": "Share of posts whose main topic it is, in three versions: human codes alone, the model alone (uncorrected), and corrected; "
        "the topics that the correction moved furthest. Lines: {level} intervals.",
        "topics_three_changed": "Of {n} shares of topics in groups that could be corrected, {outside} lie outside the corrected interval as the model gives them.",
        "topics_three_note": "The topics that the correction moved furthest, and none of these; all stand in code_estimates.csv. "
        "Mean proportion: as in the table of topics, of the model alone, another quantity than the share of posts that a topic leads.",
        "topics_three_differences": "Differences of two groups in main topics in three versions, first minus second, those that the correction moved furthest",
        "topics_accuracy_note": "Precision: of the posts in which the model puts this topic first, the share in which people do. Recall: of those in which people do, "
        "the share in which the model does. Weighted to all posts. Alpha: agreement of the coders on this topic against all others.",
        "topics_by_model": "Uncorrected: mean proportions by the model alone. People coded main topics; these stand in three versions in “{section}”.",
    },
    how={
        "topics_three": "The coders of the validation sample chose the main topic of each post from the list of topics, or none of these, blind to the model, which was frozen by hash "
        "before the draw. People judge what a post is mainly about; so the share of posts that a topic leads is estimated, of the model too, and not its mean proportion. "
        "Posts without a content word are left out. Estimates as for stance: {method}, with the recorded inclusion probabilities; "
        "where people found a topic in fewer than 5 coded posts of a group, nothing is corrected.",
    },
)

ZH: Final = Chapter(
    words={
        "section.topics_three": "主要话题的三个版本",
        "caption.topics_three": "各群体以各话题为主的帖子份额",
        "caption.topics_accuracy": "话题模型的误差",
        "axis.three.topic": "以此为主要话题的帖子份额",
        "topic.none": "都不是",
        "topic.all": "全部话题",
        "mean_proportion": "平均占比",
    },
    notes={
        "topics_three_claim": "{group}中以{name}为主要话题的帖子：模型给出 {naive}，经人工编码校正为 {corrected}",
        "topics_three_caption": "以此为主要话题的帖子份额的三个版本：仅人工编码、仅模型（未经校正）、校正后；列出校正变动最大的话题。线段为 {level} 区间。",
        "topics_three_changed": "可以校正的 {n} 个“话题在群体中的份额”里，模型给出的数值有 {outside} 个落在校正区间之外。",
        "topics_three_note": "列出校正变动最大的话题，以及“都不是”；全部见 code_estimates.csv。平均占比与话题表相同，仅依模型，与“以某话题为主的帖子份额”不是同一个量。",
        "topics_three_differences": "两个群体的主要话题之差（前一个减后一个）的三个版本，列出校正变动最大者",
        "topics_accuracy_note": "查准率：模型以此话题为主的帖子中，人工也这样认为的占比。查全率：人工以此话题为主的帖子中，模型也如此的占比。均已加权到全部帖子。"
        "alpha：编码员就此话题与其余全部之别的一致性。",
        "topics_by_model": "未经校正：仅依模型的平均占比。人工编码了主要话题，其三个版本见“{section}”。",
    },
    how={
        "topics_three": "验证样本的编码员在看不到模型判断的情况下，从话题列表中为每条帖子选择主要话题，或选“都不是”；模型在抽样之前已按哈希冻结。人判断的是一条帖子主要在说什么，"
        "所以估计的是以某话题为主的帖子份额（模型亦然），而不是它的平均占比。没有实词的帖子不计。估计方法与态度相同：{method}，使用记录在案的入样概率；"
        "若人工在某群体的编码帖子中只在不足 5 条里发现某话题，则不作校正。",
    },
)
