"""What the pages on words near the target say in fixed words."""

# ruff: noqa: E501  (sentences of a catalogue are read whole)

from __future__ import annotations

from typing import Final

from discourse.report.catalogue.chapter import Chapter

EN: Final = Chapter(
    words={
        "section.nearby": "Words near the target",
        "section.network": "Which words stand together",
        "section.cloud": "A cloud of words",
        "side": "Side",
        "collocate": "Word",
        "gloss": "Meaning",
        "log_dice": "logDice",
        "by.stance": "by stance",
        "by.group": "by group",
        "side.positive": "favourable posts",
        "side.negative": "unfavourable posts",
        "polarity.positive": "in favourable posts",
        "polarity.negative": "in unfavourable posts",
        "stance": "Stance",
    },
    notes={
        "nearby_claim": "Near {target}, {side} speak of {words}",
        "nearby_note": "Words within {window} words of a naming that stand there more often than elsewhere and more often than near the namings of "
        "the other side; q below 0.05, authors permuted. logDice: how closely word and target hold together, at most 14. Words of fewer than "
        "{least} authors are left out. Meanings: CC-CEDICT, first sense.",
        "network_claim": "Words that stand together near {target}: {first} where it is spoken of in favour, {second} where against",
        "network_caption": "Words near {target}, {lang}: pairs that at least {least} authors write in one post and that stand together more often "
        "than chance (PMI above 0), apart by stance. Size: authors; shade: community.",
        "cloud_caption": "Words that set {a} (first hue) and {b} apart, {lang}. Size: keyness, not frequency; only words with q below 0.05. "
        "A cloud shows no uncertainty: the table of keyness does.",
    },
    how={
        "nearby": "Windows around namings; log-likelihood near against elsewhere; log-odds with an informative prior against the other side, "
        "p from permutations of whole authors. Rychlý 2008; Dunning 1993; Monroe, Colaresi and Quinn 2008.",
        "network": "Pointwise mutual information over posts; communities by greedy modularity (Church and Hanks 1990; Clauset, Newman and Moore 2004).",
    },
    methods={
        "nearby": (
            "Words near the target",
            "Collocates are words near a naming of the target, compared with the same posts elsewhere and with the other side, authors permuted; "
            "logDice follows Rychlý (2008). Networks join words by pointwise mutual information (Church and Hanks 1990), apart by stance; their "
            "communities are found by greedy modularity (Clauset, Newman and Moore 2004).",
        ),
    },
)

ZH: Final = Chapter(
    words={
        "section.nearby": "目标附近的词",
        "section.network": "哪些词在一起",
        "section.cloud": "词云",
        "side": "一方",
        "collocate": "词",
        "gloss": "释义",
        "log_dice": "logDice 值",
        "by.stance": "按立场",
        "by.group": "按群体",
        "side.positive": "正面帖子",
        "side.negative": "负面帖子",
        "polarity.positive": "在正面帖子中",
        "polarity.negative": "在负面帖子中",
        "stance": "立场",
    },
    notes={
        "nearby_claim": "在{target}附近，{side}谈到{words}",
        "nearby_note": "名称前后 {window} 个词之内、出现多于别处且多于另一方的词；q 小于 0.05，按作者置换。logDice：词与目标结合的紧密程度，至多 14。使用者少于 {least} 位作者的词不列。释义：CC-CEDICT 第一义。",
        "network_claim": "在{target}附近一起出现的词：正面为{first}，负面为{second}",
        "network_caption": "{target}附近的词（{lang}）：至少 {least} 位作者在同一帖中写到、且一起出现多于偶然（PMI 大于 0）的词对，按立场分列。大小：作者数；深浅：词群。",
        "cloud_caption": "区分{a}（首色）与{b}的词（{lang}）。大小为关键性而非频率；仅列 q 小于 0.05 的词。词云不显示不确定性，关键词表才显示。",
    },
    how={
        "nearby": "名称前后的窗口；附近与别处比较用对数似然；与另一方比较用带信息先验的对数优势，p 值由整位作者的置换得出。Rychlý 2008；Dunning 1993；Monroe、Colaresi 与 Quinn 2008。",
        "network": "以帖子为单位的点互信息；词群由贪心模块度划分（Church 与 Hanks 1990；Clauset、Newman 与 Moore 2004）。",
    },
    methods={
        "nearby": (
            "目标附近的词",
            "搭配词是目标名称附近的词，与同一批帖子的别处、与另一方相比较，按作者置换；logDice 依 Rychlý（2008）。词网以点互信息连接词语（Church 与 Hanks 1990），按立场分列；词群由贪心模块度划分（Clauset、Newman 与 Moore 2004）。",
        ),
    },
    tables={
        "collocates": "目标附近的词，按群体或立场。",
        "semantic_nodes": "P15：目标周围词网中的词，按立场。",
        "semantic_edges": "P15：目标周围一起出现的词，按立场。",
    },
    meanings={
        "collocates.lang": "词语的语言：zh 中文 | en 英文",
        "semantic_nodes.lang": "词语的语言：zh 中文 | en 英文",
        "semantic_edges.lang": "词语的语言：zh 中文 | en 英文",
        "by": "比较的依据：group 群体 | stance 立场",
        "side": "群体，或 positive 正面 | negative 负面",
        "other": "与之比较的一方",
        "gloss": "在另一种语言中的释义；词典未收则为空",
        "collocates.n": "在这一方的目标附近出现的次数",
        "collocates.n_authors": "使用它的作者数",
        "log_dice": "在这一方与目标的 logDice 值，至多 14",
        "collocates.g2": "词与目标的对数似然比（四格）",
        "collocates.log_odds_z": "相对另一方的对数优势除以其标准误",
        "collocates.p": "log_odds_z 的 p 值，按作者置换",
        "collocates.q": "在检验的词中按 Benjamini–Hochberg 校正",
        "polarity": "帖子的立场：positive 正面 | negative 负面",
        "community": "词群编号，从 0 起",
        "semantic_nodes.n": "使用它的帖子数",
        "semantic_nodes.n_authors": "使用它的作者数",
        "degree": "与该词相连的边数",
        "word_a": "第一个词",
        "word_b": "第二个词",
        "pmi": "以帖子为单位的点互信息",
        "stance": "立场：positive 正面 | neutral 中性 | negative 负面",
        "semantic_edges.n": "同时使用两词的帖子数",
        "semantic_edges.n_authors": "在同一帖中使用两词的作者数",
    },
    units={"edges": "条边", "bits": "比特"},
)
