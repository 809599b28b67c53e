"""What is said in fixed words of frames and emotions in three versions, and of what nobody coded."""

# ruff: noqa: E501  (sentences of a catalogue are read whole)

from __future__ import annotations

from typing import Final

from discourse.report.catalogue.chapter import Chapter

EN: Final = Chapter(
    words={
        "section.codes_three": "Frames and emotions in three versions",
        "section.codes_accuracy": "How far their instruments err",
        "axis.three.frame": "share of posts",
        "axis.three.emotion": "share of the posts that mention them",
        "code_column": "Frame or emotion",
        "alpha_column": "Alpha",
        "section.parts": "Stance by topic, place and what is answered, corrected",
        "part_column": "Positive minus negative",
        "in_parts.topic": "where this topic leads",
        "in_parts.place": "by place",
        "in_parts.reply": "in replies",
        "in_parts.same authors": "change among the same authors",
    },
    notes={
        "codes_claim": "“{name}” among {group}: {naive} by the instrument, {corrected} corrected by human codes",
        "codes_caption": "Shares in three versions: human codes alone, the instrument alone (uncorrected), and corrected; "
        "those that the correction moved furthest. In brackets and as lines: {level} intervals.",
        "codes_differences": "Differences of two groups in three versions, first minus second, those that the correction moved furthest",
        "codes_accuracy_note": "Precision: of the posts in which the instrument finds it, the share in which people do. Recall: of those in which people do, "
        "the share that the instrument finds. Weighted to all posts; by language and group in code_accuracy.csv. Alpha: agreement of the coders.",
        "parts_note": "Positive minus negative among the posts that speak of the target, with {level} intervals; parts without enough authors or codes are left out. "
        "Which topic leads and what stance a reply answers is as the instrument says; the stance within is corrected.",
        "part_reply": "{group}, to {label} posts",
        "part_change": "{group}: {later} minus {earlier}",
        "nobody_coded": "Uncorrected: nobody coded this.",
        "nobody_coded_list": "Uncorrected, for nobody coded it: {list}.",
        "by_instrument": "By the instrument alone; those that people coded stand in three versions in “{section}”.",
        "labels_here": "Uncorrected: labels of the instrument. People coded its stance, not this; corrected figures stand in “{section}”.",
    },
    how={
        "codes": "The coders of the validation sample answered yes or no for each frame and emotion, blind to the instrument, which was frozen by hash before the draw. "
        "Estimates as for stance: {method}, with the recorded inclusion probabilities; an emotion is a share among mentions, a ratio. "
        "Where people found it in fewer than 5 coded posts of a group, nothing is corrected.",
        "frames_coded": "A frame is counted in a post that holds one of its phrases and does not deny it. Shares are of posts with words; intervals are clustered by "
        "author and thread. People checked the frames that they were asked for.",
        "parts": "As every figure in three versions, within a part of the posts. The same authors are those who speak of the target in both phases, so that no change of who "
        "writes enters.",
    },
)

ZH: Final = Chapter(
    words={
        "section.codes_three": "框架与情感的三个版本",
        "section.codes_accuracy": "其测量工具的误差",
        "axis.three.frame": "占帖子的份额",
        "axis.three.emotion": "占提及帖子的份额",
        "code_column": "框架或情感",
        "alpha_column": "alpha",
        "section.parts": "按话题、地点与所回复内容的态度（已校正）",
        "part_column": "正面减负面",
        "in_parts.topic": "以此话题为主",
        "in_parts.place": "按地点",
        "in_parts.reply": "回复之中",
        "in_parts.same authors": "相同作者的变化",
    },
    notes={
        "codes_claim": "{group}中的“{name}”：测量工具给出 {naive}，经人工编码校正为 {corrected}",
        "codes_caption": "占比的三个版本：仅人工编码、仅测量工具（未经校正）、校正后；列出校正变动最大者。方括号与线段为 {level} 区间。",
        "codes_differences": "两个群体之差（前一个减后一个）的三个版本，列出校正变动最大者",
        "codes_accuracy_note": "查准率：工具认为有者中，人工也认为有的占比。查全率：人工认为有者中，工具也找到的占比。均已加权到全部帖子；"
        "按语言与群体者见 code_accuracy.csv。alpha：编码员之间的一致性。",
        "parts_note": "提及该目标的帖子中正面减负面，附 {level} 区间；作者或编码不足的部分未列出。何者为主要话题、回复的是何种态度的帖子，"
        "以测量工具为准；其中的态度已校正。",
        "part_reply": "{group}回复{label}帖子",
        "part_change": "{group}：{later}减{earlier}",
        "nobody_coded": "未经校正：无人编码。",
        "nobody_coded_list": "因无人编码而未经校正：{list}。",
        "by_instrument": "仅依测量工具；已有人工编码者的三个版本见“{section}”。",
        "labels_here": "未经校正：测量工具的标签。人工编码的是态度，而非此项；校正后的数字见“{section}”。",
    },
    how={
        "codes": "验证样本的编码员在看不到测量工具判断的情况下，对每个框架与情感回答是或否；工具在抽样之前已按哈希冻结。估计方法与态度相同："
        "{method}，使用记录在案的入样概率；情感为提及之中的占比，是比率。若人工在某群体的编码帖子中只在不足 5 条里发现它，则不作校正。",
        "frames_coded": "帖子含有某框架的任一短语且未加否定，即计为含有该框架。占比以有文字的帖子为准；区间按作者与讨论串聚类。被问到的框架已由人工核对。",
        "parts": "与其他三个版本的数字相同，只是限于一部分帖子。相同作者指在两个阶段都提及该目标的人，因此不含写作者的更替。",
    },
    tables={
        "code_estimates": "框架、情感与主要话题占比的三个版本：仅人工编码、仅测量工具、校正后。",
        "code_accuracy": "框架、情感与话题的测量工具与人判断相同的程度，以及编码员之间的一致性。",
    },
    meanings={
        "code_estimates.kind": "frame 框架 | emotion 情感 | topic 话题：帖子的主要话题",
        "code_estimates.name": "框架或情感的名称；话题的编号（从 000 起），或 none（都不是）",
        "code_estimates.target": "情感所对的目标；其余为空",
        "code_estimates.figure": "group 群体 | difference 差异 | question 问题",
        "code_estimates.id": "问题编号；其余为空",
        "code_estimates.group": "群体；两个群体以 vs 连接",
        "code_estimates.lang": "语言；all 为全部",
        "code_estimates.version": "human 仅人工编码 | naive 仅自动标签 | corrected 校正标签 | groups 校正群体 | both 标签与群体均校正",
        "code_estimates.n": "自动标签计入的帖子数；情感为提及目标的帖子",
        "code_estimates.n_coded": "人工编码的帖子数，包括其中未提及目标的",
        "code_estimates.n_authors": "已编码帖子的作者数；naive 为全部帖子的作者数；groups 与 both 为人工编码的作者数",
        "code_accuracy.kind": "frame 框架 | emotion 情感 | topic 话题：帖子的主要话题",
        "code_accuracy.name": "框架或情感的名称；话题的编号（从 000 起）、none（都不是），或 all（全部话题）",
        "code_accuracy.target": "情感所对的目标；其余为空",
        "code_accuracy.group": "群体名称；all 为全部",
        "code_accuracy.lang": "语言；all 为全部",
        "code_accuracy.measure": "“是”或该话题的 precision 查准率 | recall 查全率 | f1，accuracy 正确率，macro_f1 宏平均 F1，或编码员的 alpha",
        "code_accuracy.n": "数值背后的编码数；alpha 为由两人以上编码者",
        "code_accuracy.instrument": "抽样之前冻结的测量工具",
    },
)
