"""The fixed paragraphs of a report, in Chinese: notes, methods, glossary, what must not be claimed."""

# ruff: noqa: E501  (sentences of a catalogue are read whole)

from __future__ import annotations

from typing import Final

CHARTS: Final[dict[str, str]] = {
    "dots": "带区间的圆点图：",
    "bars": "堆积条形图：",
    "lines": "逐日折线图，附编号的事件线：",
    "words": "词语散点图：",
}

NOTES: Final[dict[str, str]] = {
    "interval": "方括号内为 {level} 区间，按作者与讨论串聚类计算。",
    "stance_caption": "各群体对{target}的平均立场。圆点为提及该目标的帖子的均值，线段为 {level} 区间，"
    "n 为帖子数。各群体只是并列展示，并未相互比较；比较见差异表。",
    "shares_caption": "提及{target}的帖子按立场的分布。每条代表一个群体：正面用该群体的颜色，中性色淡，负面色浓。",
    "days_caption": "上：每日帖子数。下：每日对{target}的平均立场，色带为 {level} 区间。日期按 {zone} 时区计。"
    "作者过少的日子留空。",
    "days_caption_volume": "每日帖子数，日期按 {zone} 时区计。作者过少的日子留空。",
    "events": "事件线：{events}。",
    "languages_caption": "各群体帖子的语言；话题标签、链接和表情不计。",
    "differences_caption": "两个群体平均立场之差（前者减后者）。线段触及零，表示无法区分两者。",
    "by_language_caption": "按帖子语言分列的对{target}的平均立场。测量工具在各语言上的误差可能不同，"
    "因此分列展示，不作语言之间的比较。",
    "by_kind_caption": "按提及方式分列的对{target}的平均立场。",
    "targets_caption": "各群体对研究中每个目标的平均立场。",
    "frames_caption": "各群体帖子中出现各框架的比例（%），附 {level} 区间。一条帖子可含多个框架，也可一个都没有。",
    "topics_caption": "各主题在各群体帖子中的平均占比（%），附 {level} 区间。",
    "words_caption": "每个圆点是一个{lang}词语。越靠上越是{a}的特征词，越靠下越是{b}的特征词；越靠右使用越多。"
    "标出文字的词语 q 值低于 0.05。",
    "small": "“<{least}”与“–”表示作者不足 {least} 位的单元，不予显示。",
    "no_figure": "作者不足 100 位或讨论串不足 20 个，或群体之间无法公正比较时，不给出数值，原因列于一旁。",
    "p": "p 值在同一目标的全部比较之内按 Holm 法校正。",
    "exemplars": "示例只给出不同作者的帖子编号，不引用任何原文。",
    "words_note": "使用次数按词例计；对数比为 1 表示频率为两倍，为 2 表示四倍；q 为错误发现率。",
    "share_rest": "中文、英文与中英混用之外，还有其他语言或没有文字的帖子。",
    "signals": "信号是研究规则从账号读取的信息：显示的地点（ip）、多数帖子的语言（lang）、自述用语（phrase）、"
    "商家的联系方式（merchant）。",
    "rare_signals": "另有 {n} 种组合各不足 {least} 位作者，未予列出。",
    "flow": "读入的记录＝保留＋重复＋无法读取。",
    "unprintable": "有 {n} 个字符（{kinds} 种）在本报告字体中没有字形，或属于不可见的控制符；每个都以码位表示，"
    "例如 ⟨U+202E⟩。此处遇到：{list}。",
    "all_printable": "未遇到",
    "hidden": "有 {n} 行的作者不足 {least} 位，其数值在此隐去。",
    "left_out_topics": "主题：未拟合主题模型。",
    "left_out_keyness": "区分群体的词语：未作比较。",
    "left_out_daily": "逐日变化：未生成逐日序列。",
    "left_out_contrasts": "差异：未比较任何两个群体。",
    "left_out_sentiment": "立场：没有帖子得到对目标的评分。",
    "left_out_questions": "问题：没有预先提出的问题。",
    "left_out_languages": "分语言：没有一种语言单独有足够的作者。",
    "left_out_kinds": "提及方式：没有一种方式单独有足够的作者。",
    "no_limits": "本次运行没有写下局限；解读每个数字时请务必谨慎。",
    "seen_more": "其余 {n} 行见 tables/{name}.csv。",
    "stance_not_measured": "对{target}的立场",
    "question_not_measured": "第一个问题",
    "expected": "预期：{expect}",
    "of_target": "对{target}",
    "more_words": "其他比较",
    "table_of": "行数：{rows}",
}

HOW: Final[dict[str, str]] = {
    "corpus": "统计所收集的帖子，同一记录的重复已剔除。语言按文字与用词逐帖判定；话题标签、链接、表情和@提及不计。",
    "stance": "评分程序给每条提及目标的帖子一个 −1 到 1 的分数；只谈作者自己的帖子不计入。均值以帖子为单位。"
    "区间考虑了同一作者、同一讨论串内的帖子彼此相似（Cameron、Gelbach 与 Miller 2011）。",
    "differences": "两个帖子均值之差，误差按作者与讨论串双向聚类，采用 t 分位数；Hedges g 以标准差为单位；"
    "p 值按 Holm（1979）校正。语言或平台几乎不重叠的群体，在测量工具于双方都经人工核对之前，不予比较。",
    "language": "与各群体的立场相同，但只取一种语言的帖子，或只取一种提及方式。提及方式包括：直呼其名、代词指称、"
    "直接称呼对方，以及不点名、但回复了关于该目标的帖子。",
    "targets": "与各群体的立场相同，逐一用于研究中的每个目标。",
    "topics": "潜在狄利克雷分配（Blei 等 2003），固定随机种子，每种语言一个模型。主题占比为其在帖子中的平均比重；"
    "一致性为 c_v（Röder 等 2015），介于 0 与 1 之间。区间按作者与讨论串聚类。标签只是最具代表性的词，并非判断。",
    "frames": "帖子中出现某框架的短语且未加否定，即计入该框架；这些编码尚无人工核查。比例以有文字的帖子为分母，区间按作者与讨论串聚类。",
    "topics_nmf": "对 tf-idf 权重作非负矩阵分解（Lee 与 Seung 1999），每种语言一个模型。主题占比为其在帖子中的平均比重；"
    "一致性为 c_v（Röder 等 2015），介于 0 与 1 之间。区间按作者与讨论串聚类。标签只是最具代表性的词，并非判断。",
    "topics_other": "主题由研究文件指定的引擎得出，每种语言一个模型。主题占比为其在帖子中的平均比重；"
    "一致性为 c_v（Röder 等 2015），介于 0 与 1 之间。区间按作者与讨论串聚类。标签只是最具代表性的词，并非判断。",
    "keyness": "带信息先验的加权对数优势（Monroe 等 2008），并列对数似然比（Dunning 1993）与对数比（Hardie 2014）。"
    "q 为错误发现率（Benjamini 与 Hochberg 1995）。使用者过少的词语不列出。",
    "days": "帖子按研究所定时区归入各日；均值与区间逐日计算，方法与各群体的立场相同。",
}

CLAIMS: Final[dict[str, str]] = {
    "population": "平台用户或某国民众都这样想。帖子由搜索收集而来，不是任何人群的样本。",
    "unchecked": "这些数字是准确的。尚无人将测量工具与人工编码核对；其误差可能因群体和语言而异，方向也不确定。",
    "groups": "各群体名副其实。群体是根据账号显示的信息按规则划分的。",
    "compared": "两个群体的圆点相距较远，便有差异。只有差异表作了比较，并说明何处无法比较。",
    "events": "某一事件造成了变化。事件彼此间隔很短，每天发帖的也不是同一批作者。",
    "topics": "主题就是人们心中的议题。主题只是经常一同出现的一组词。",
    "synthetic": "任何关于真实人群的结论。每一条帖子都由程序写成。",
}

GLOSSARY: Final[dict[str, tuple[str, str]]] = {
    "stance": ("立场", "一条帖子对目标的态度，从 −1（反对）到 1（支持）；不是帖子的整体情绪。"),
    "target": ("目标", "立场所针对的人或事物。"),
    "mention": ("提及", "对目标的一次指称：直呼其名、使用代词、直接称呼对方，或回复关于它的帖子。"),
    "coverage": ("提及率", "一个群体的帖子中提及目标的占比。"),
    "balance": ("正负差", "正面提及的占比减去负面提及的占比，单位为百分点。"),
    "interval": (
        "区间",
        "若以同样方式收集帖子一百次、且测量工具毫无误差，约有九十五次的区间会包含真实数值。",
    ),
    "clustered": (
        "按作者与讨论串聚类",
        "同一作者或同一主帖之下的帖子彼此相似，其分量不及同样数量的独立帖子。",
    ),
    "hedges": ("Hedges g", "以标准差为单位的差值，经小样本校正；0.2 为小，0.8 为大。"),
    "p": ("校正后 p", "若实际没有差异，出现这样大的差值的频率；已按比较的次数从严计算。"),
    "thread": ("讨论串", "一条主帖及其下的全部内容。"),
    "topic": ("主题", "由模型找出的、常在同一帖子中出现的一组词。"),
    "prevalence": ("主题占比", "一个主题在一条帖子中的比重；对帖子取平均，即为其在群体中的占比。"),
    "coherence": ("一致性", "主题的各个词在帖子中相伴出现的程度，介于 0 与 1 之间。"),
    "keyness": ("特征性", "一个词更多地属于某一群体的程度。"),
    "log_odds": ("z", "词语偏向某群体的程度除以其标准误；就单个词而言，超出 ±2 便很少出于偶然。"),
    "q": ("q", "在被称为特征词的词语中，预计有多大比例属于误报。"),
    "instrument": ("测量工具", "评分程序连同其词表与版本。"),
}

METHODS: Final[dict[str, tuple[str, str]]] = {
    "collection": ("帖子", "{origin}{flow}无法读取的记录连同原因均已列出。"),
    "text": (
        "文本",
        "语言按文字与用词逐帖判定；话题标签、链接、表情和@提及不计。中文用 jieba 分词（Sun 2012）；"
        "表情、话题标签和链接各为一个词例。",
    ),
    "groups": (
        "群体",
        "按研究所定规则将作者依次归入群体，以最先符合的规则为准：{groups}。信号的交叉表见附录。",
    ),
    "stance": (
        "立场",
        "对{targets}的立场由 {instrument} 评分程序给出：中英文两套词表，逐分句读取，考虑否定、程度与转折。"
        "绝对值低于 {neutral} 的分数记为中性。只谈作者自己的帖子不计入均值。一般情感并不能衡量立场"
        "（Bestvater 与 Monroe 2023），现成词表须在每个语料上核对（van Atteveldt 等 2021）。",
    ),
    "stance_other": (
        "立场",
        "对{targets}的立场由 {instrument} 类测量工具评分，其全称与版本见“来源与版本”。只谈作者自己的帖子不计入均值。"
        "一般情感并不能衡量立场（Bestvater 与 Monroe 2023）。",
    ),
    "intervals": (
        "区间",
        "以帖子均值计算，方差按作者与讨论串双向聚类（Cameron、Gelbach 与 Miller 2011），采用 t 分位数；"
        "占比采用有效样本量（Franco 等 2019）下的 Wilson（1927）区间。"
        "作者不足 100 位或讨论串不足 20 个时不给出均值。",
    ),
    "intervals_bootstrap": (
        "区间",
        "以帖子均值计算，区间采用同时对作者与讨论串重抽样的 pigeonhole 自助法（Owen 2007）："
        "均值与差值为对称的学生化区间（Hall 1988），占比为 BCa 区间（Efron 1987）；"
        "抽样次数与种子见各表的 method 列。少数讨论串占去大部分帖子时，这些区间偏窄。"
        "逐日序列与框架采用按作者与讨论串双向聚类的方差与 t 分位数（Cameron、Gelbach 与 Miller 2011）。"
        "作者不足 100 位或讨论串不足 20 个时不给出均值。",
    ),
    "contrasts": (
        "差异",
        "以同样的聚类方式计算两个均值之差；效应量为 Hedges g（Hedges 1981）；p 值在每个目标之内按 "
        "Holm（1979）校正。两个群体的帖子在语言或平台分布上重叠不足一半时，不予比较。",
    ),
    "topics": (
        "主题",
        "潜在狄利克雷分配（Blei、Ng 与 Jordan 2003），由 gensim 实现（Řehůřek 与 Sojka 2010；"
        "Hoffman、Blei 与 Bach 2010），随机种子 {seed}；一致性 c_v（Röder、Both 与 Hinneburg 2015）。"
        "每种语言一个模型，两种语言的主题不作对应。",
    ),
    "topics_nmf": (
        "主题",
        "对 tf-idf 权重作非负矩阵分解（Lee 与 Seung 1999；Boutsidis 与 Gallopoulos 2008），由 scikit-learn 实现，"
        "随机种子 {seed}；一致性 c_v（Röder、Both 与 Hinneburg 2015）由 gensim 计算（Řehůřek 与 Sojka 2010）。"
        "每种语言一个模型，两种语言的主题不作对应。",
    ),
    "topics_other": (
        "主题",
        "主题由引擎 {engine} 得出，随机种子 {seed}；一致性 c_v（Röder、Both 与 Hinneburg 2015）由 gensim 计算"
        "（Řehůřek 与 Sojka 2010）。每种语言一个模型，两种语言的主题不作对应。",
    ),
    "keyness": (
        "特征词",
        "在同一语言之内比较两个群体的词语：带信息狄利克雷先验的加权对数优势"
        "（Monroe、Colaresi 与 Quinn 2008）、对数似然比（Dunning 1993）和对数比（Hardie 2014）。"
        "同一作者的词例并不独立（Evert 2022）：作者已知时 p 值以作者为单位，并按 Benjamini 与 Hochberg（1995）校正。",
    ),
    "days": ("日期", "日期按 {timezone} 时区计。序列未作模型拟合；事件线仅为标注，未作检验。"),
    "privacy": (
        "隐私",
        "作者在读入时即以密钥转换为假名，密钥另行保存。作者不足 {min_cell} 位的单元不予显示"
        "（Willenborg 与 de Waal 2001）。{quotes}用户很少预料到自己会被研究（Fiesler 与 Proferes 2018）；"
        "本研究参照互联网研究者协会的指南（franzke 等 2020）。",
    ),
    "correction": (
        "校正",
        "无。数字即测量工具的原始结果；即使大部分标签正确，工具的误差仍会使比较产生偏差（Egami 等 2023）。",
    ),
    "software": (
        "软件",
        "discourse {version}，随机种子 {seed}。图由 seaborn 绘制（Waskom 2021），配色取自 Okabe 与 Ito（2008）。"
        "同样的文件、研究与版本，给出逐字节相同的报告。",
    ),
}
