"""What the page on words in their context says in fixed words, and what is said of quoting."""

# ruff: noqa: E501  (sentences of a catalogue are read whole)

from __future__ import annotations

from typing import Final

from discourse.report.catalogue.chapter import Chapter

EN: Final = Chapter(
    words={
        "section.concordance": "Words in their context",
        "section.paraphrases": "Lines in other words",
        "context_left": "Before",
        "context_node": "Name",
        "context_right": "Behind",
        "word_by_word": "Word by word",
        "paraphrase": "Paraphrase",
    },
    notes={
        "concordance_none": "No post is quoted: the study says so (policy “none”).",
        "concordance_claim": "Of {drawn} lines drawn, {n} are printed as they stand and {said} in other words",
        "concordance": "Masked lines around the target, {n} a group and stance, each by another author, drawn at random (seed {seed}). Authors: how many write the same, or nearly.",
        "concordance_found": "{mark} {n} of these lines can be found by a search: eight words, or twelve Chinese characters, in a row stand in the posts of a single author.",
        "concordance_gloss": "Word by word: the first sense of each word in CC-CEDICT, a gloss and no translation.",
        "concordance_paper": "The first {shown} of {n} lines; the page for the browser and tables.xlsx hold all.",
        "concordance_held": "{n} lines are not printed: {reason}.",
        "paraphrase_note": "Written by a person in place of the line; no search leads from it to a post.",
        "ethics_none": "Nobody is quoted; exemplars are named by their ids only.",
        "ethics_masked": "Quotes (policy “masked”): a line is printed with names and numbers masked, and only if at least {least} authors write the same, or else in the words of a person who paraphrased it.",
        "ethics_paraphrase": "Quotes (policy “paraphrase”): no line is printed as it stands, only what a person made of it.",
        "ethics_verbatim": "Quotes (policy “verbatim”): lines are printed as they stand, with consent ({consent}); those that a search would find are marked.",
    },
    how={
        "concordance": "A concordance (key word in context) of the posts that were analysed, drawn by group and stance.",
    },
)

ZH: Final = Chapter(
    words={
        "section.concordance": "语境中的目标",
        "section.paraphrases": "转述",
        "context_left": "前文",
        "context_node": "名称",
        "context_right": "后文",
        "word_by_word": "逐词释义",
        "paraphrase": "转述",
    },
    notes={
        "concordance_none": "本研究规定不引用任何帖子（政策“none”）。",
        "concordance_claim": "抽取的 {drawn} 行中，{n} 行照原文刊出，{said} 行以转述刊出",
        "concordance": "目标的语境行，经遮蔽，每个群体与立场 {n} 行，各出自不同作者，随机抽取（种子 {seed}）。作者：写下相同或几乎相同文字的人数。",
        "concordance_found": "{mark} 其中 {n} 行可被搜索到：连续八个词或十二个汉字只见于一位作者的帖子。",
        "concordance_gloss": "逐词释义：各词在 CC-CEDICT 中的第一义，并非翻译。",
        "concordance_paper": "此处列出 {n} 行中的前 {shown} 行；网页版与 tables.xlsx 载有全部。",
        "concordance_held": "{n} 行未刊出：{reason}。",
        "paraphrase_note": "由人改写，代替原文；无法凭它搜到帖子。",
        "ethics_none": "不引用任何人的原文；示例只给出编号。",
        "ethics_masked": "引文（政策“masked”）：语境行遮蔽姓名与数字，至少 {least} 位作者写下相同文字才照原文刊出，否则只刊出人工转述。",
        "ethics_paraphrase": "引文（政策“paraphrase”）：不照原文刊出任何一行，只刊出人工转述。",
        "ethics_verbatim": "引文（政策“verbatim”）：经同意（{consent}）照原文刊出；可被搜索到的行已标出。",
    },
    how={
        "concordance": "对所分析的帖子作语境检索（KWIC），按群体与立场抽取。",
    },
    tables={
        "concordance": "P11：目标的语境行或其转述；仅在引用政策允许时给出。",
    },
    meanings={
        "concordance.group": "作者的群体",
        "left": "前文；该行未刊出则为空",
        "node": "目标的名称",
        "right": "后文",
        "quote": "该行在引文表中的编号",
        "concordance.n_authors": "写下相同或几乎相同文字的作者数",
        "findable": "可被搜索到：连续八个词或十二个汉字只见于一位作者",
        "concordance.gloss": "中文逐词英文释义，并非翻译",
        "paraphrase": "人工撰写的转述",
        "not_printed": "原文与转述均未刊出的原因",
    },
)
