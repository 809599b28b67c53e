"""The limits of a study, written from its card and from what ran, in the language of the report."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from discourse.report.numerals import Language, date, enumeration
from discourse.report.subject import target_words
from discourse.report.words import inside, term
from discourse.study.load import notices
from discourse.study.schema import Study, in_language
from discourse.study.sources import Collection
from discourse.tables import LIMITS

_TEXTS: dict[str, tuple[str, str, str]] = {
    "population": (
        "sampling",
        "The posts are those that were collected; they are no sample of the users of the platform.",
        "本报告描述的是所收集到的帖子，并非平台用户的样本。",
    ),
    "how": ("sampling", "The posts were found by {how}{keywords}.", "帖子的收集方式：{how}{keywords}。"),
    "how_unknown": (
        "sampling",
        "The study file does not say how the posts were found; a reader cannot judge what is missing.",
        "研究文件没有说明帖子是如何收集的，读者无法判断遗漏了什么。",
    ),
    "sorted": (
        "sampling",
        "Results were sorted by {sorted}; posts that the platform ranks low are missing.",
        "搜索结果按{sorted}排序，平台排序靠后的帖子可能缺失。",
    ),
    "cap": (
        "sampling",
        "At most {cap} posts per keyword were shown by the platform.",
        "平台对每个关键词最多显示 {cap} 条帖子。",
    ),
    "collected": (
        "sampling",
        "The posts were collected on {date}; what was deleted or hidden before that day is not seen.",
        "帖子收集于{date}；此前被删除或隐藏的内容无从得知。",
    ),
    "no_sub_comments": (
        "sampling",
        "Replies to comments were not collected.",
        "未收集评论之下的回复。",
    ),
    "shown": (
        "sampling",
        "The platform shows {shown:,} comments under the collected posts; {collected:,} were collected.",
        "平台显示这些帖子之下共有 {shown:,} 条评论，实际收集到 {collected:,} 条。",
    ),
    "orphans": (
        "sampling",
        "{n:,} comments or replies answer a post that was not collected.",
        "有 {n:,} 条评论或回复所回应的帖子未被收集。",
    ),
    "parentless": (
        "instrument",
        "{n:,} posts, that is all, do not say which post they answer: a reply that names nobody could not "
        "take the target of the post it answers, and stance rests on posts that name a target.",
        "全部 {n:,} 条帖子均未注明回应哪一条：未点名的回复无法沿用其所回应帖子的目标，"
        "立场仅依据点名目标的帖子。",
    ),
    "flags": (
        "sampling",
        "At the door posts were repaired, masked or marked as damaged; posts by kind: {flags}.",
        "入库时修复、遮蔽或标记为受损的帖子数：{flags}。",
    ),
    "copies": (
        "sampling",
        "{n:,} posts repeat the text of another, exactly or nearly; leaving them out would leave {left:,}.",
        "有 {n:,} 条帖子与另一条完全或近乎相同；若剔除，则余 {left:,} 条。",
    ),
    "rejected": (
        "sampling",
        "{n:,} records could not be read; each is listed with its reason in rejects.csv, which lies in the "
        "folder of this run under store/corpus-*/corpus, or in the folder of a corpus imported before.",
        "有 {n:,} 条记录无法读取，逐条原因见 rejects.csv：位于本次运行文件夹的 store/corpus-*/corpus 之下；"
        "若语料系事先导入，则在该语料的文件夹中。",
    ),
    "unread": (
        "sampling",
        "{n:,} posts carry no words (a picture, a video, stickers only); they were not read.",
        "有 {n:,} 条帖子没有文字（仅图片、视频或表情），未被解读。",
    ),
    "time_lost": (
        "time",
        "{n:,} posts have no usable time; they are missing from daily series.",
        "有 {n:,} 条帖子没有可用的时间，未计入逐日序列。",
    ),
    "time_assumed": (
        "time",
        "{n:,} times came without a zone and were read as local times of the collector's zone.",
        "有 {n:,} 个时间没有时区标记，按收集者所在时区读取。",
    ),
    "groups_rule": (
        "groups",
        "Groups are assigned by rules over what an account shows (place, language, own words); some authors "
        "are in the wrong group, and nobody has checked how many. They draw the figures of two groups "
        "together, or apart where they speak unlike both.",
        "群体由规则根据账号显示的信息（地点、语言、自述）划分；部分作者可能被错分，比例尚未核查。他们会使两个群体的数字彼此接近；"
        "若与两组都不同，则会使之相远。",
    ),
    "groups_checked": (
        "groups",
        "Groups are assigned by rules, which people checked on coded authors: their sizes are corrected, the "
        "differences between them are not. Authors in the wrong group draw the figures of two groups "
        "together, or apart where they speak unlike both.",
        "群体由规则划分，并有人工编码的作者加以核查：各群体的规模已校正，群体之间的差异未校正。错分的作者会使两个群体的数字彼此接近；"
        "若他们与两组都不同，则会使之相远。",
    ),
    "groups_corrected": (
        "groups",
        "Groups are assigned by rules, which people checked on coded authors: sizes of groups are corrected, "
        "and so are shares and differences toward the coded targets where enough authors were coded, in a "
        "version of their own. All other figures are of the groups that the rules make; authors in the wrong "
        "one draw two groups together, or apart where they speak unlike both.",
        "群体由规则划分，并有人工编码的作者加以核查：各群体的规模已校正；对已编码目标的占比与差异，在已编码作者足够之处"
        "另有一个校正群体的版本。其余数字以规则所分的群体为准，错分的作者会使两个群体彼此接近；若他们与两组都不同，则会使之相远。",
    ),
    "groups_words": (
        "groups",
        "Members of {groups} are found partly by what they write; words that set such a group apart partly "
        "repeat its rule.",
        "{groups}的成员部分由其所写内容确定；区分该群体的词语会部分重复这一规则。",
    ),
    "unassigned": (
        "groups",
        "{n:,} authors match no rule and are in no group.",
        "有 {n:,} 位作者不符合任何规则，未归入任何群体。",
    ),
    "instrument": (
        "instrument",
        "The scores come from the instrument {instrument}. Nobody has checked it on these posts; every "
        "figure that rests on it is uncorrected and exploratory.",
        "得分由测量工具 {instrument} 给出，尚无人在这批帖子上核查过；所有依赖它的数字均未经校正，仅供探索。",
    ),
    "instrument_checked": (
        "instrument",
        "The scores come from the instrument {instrument}. People checked it on {n:,} posts toward "
        "{targets}; figures toward other targets, and all that are marked as uncorrected, are exploratory.",
        "得分由测量工具 {instrument} 给出。已有人就{targets}在 {n:,} 条帖子上核查；"
        "对其他目标的数字，以及标明未经校正的数字，均仅供探索。",
    ),
    "coders": (
        "instrument",
        "The correction takes the codes of people as true; errors that coders share are not seen.",
        "校正以人工编码为准；编码员共有的误差无从发现。",
    ),
    "languages_checked": (
        "instrument",
        "Differences between languages are given only where people have coded both by one codebook.",
        "只有在两种语言都经人依据同一编码手册编码之处，才给出语言之间的差异。",
    ),
    "languages": (
        "instrument",
        "The instrument may err differently in Chinese and in English; differences between languages are not "
        "interpreted.",
        "测量工具在中文和英文上的误差可能不同；不对语言之间的差异作解释。",
    ),
    "events": (
        "time",
        "{n} events fall within {days} days; what followed cannot be put down to any one of them.",
        "{n} 个事件发生在 {days} 天之内，之后的变化不能归因于其中任何一个。",
    ),
    "privacy": (
        "privacy",
        "Authors are pseudonymised under a key that is kept outside the results; that is not anonymity.",
        "作者以密钥假名化，密钥不随结果保存；这并不等于匿名。",
    ),
}

# what the door did to a post, as the column flags calls it
_FLAGS: dict[str, tuple[str, str]] = {
    "author-damaged": ("author damaged", "作者编号受损"),
    "id-damaged": ("id damaged", "编号受损"),
    "masked-email": ("e-mail address masked", "邮箱已遮蔽"),
    "masked-id-number": ("identity number masked", "证件号已遮蔽"),
    "masked-mention": ("mention masked", "提及的账号已遮蔽"),
    "masked-phone": ("telephone number masked", "电话已遮蔽"),
    "masked-url": ("link masked", "链接已遮蔽"),
    "masked-wechat": ("WeChat name masked", "微信号已遮蔽"),
    "no-text": ("without text", "没有文字"),
    "time-day-only": ("time known by day only", "时间只到日"),
    "time-edited": ("time of an edit", "时间为编辑时间"),
    "time-from-id": ("time taken from the id", "时间取自编号"),
    "time-lost": ("time lost", "时间缺失"),
    "time-relative": ("time given relatively", "时间为相对时间"),
    "time-rounded": ("time rounded", "时间经取整"),
    "time-unread": ("time not readable", "时间无法读取"),
}

# the same in English, of one
_OF_ONE: dict[str, str] = {
    "rejected": (
        "1 record could not be read; it is listed with its reason in rejects.csv, which lies in the folder "
        "of this run under store/corpus-*/corpus, or in the folder of a corpus imported before."
    ),
    "unread": "1 post carries no words (a picture, a video, stickers only); it was not read.",
    "time_lost": "1 post has no usable time; it is missing from daily series.",
    "time_assumed": "1 time came without a zone and was read as a local time of the collector's zone.",
    "orphans": "1 comment or reply answers a post that was not collected.",
    "unassigned": "1 author matches no rule and is in no group.",
}


def write_limits(
    study: Study,
    *,
    instrument: str,
    counts: dict[str, int],
    flags: Mapping[str, int] | None = None,
    coded: Mapping[str, int] | None = None,
    regrouped: bool = False,
) -> pd.DataFrame:
    """Write the limits of a study, in both languages of the report.

    Parameters
    ----------
    study : Study
        The study; its card says how posts were found.
    instrument : str
        The scorer and its version.
    counts : dict of str to int
        What ran: ``rejected``, ``unread``, ``time_lost``, ``time_assumed``, ``unassigned``, ``shown``,
        ``collected``, ``orphans``, ``parentless``, ``copies``, ``left``; a missing or zero count writes
        nothing.
    flags : mapping of str to int, optional
        What the door did, by kind of flag: posts.
    coded : mapping of str to int, optional
        Target to posts with human codes.
    regrouped : bool
        Whether any difference was corrected for errors of the group rules.

    Returns
    -------
    DataFrame
        :data:`discourse.tables.LIMITS`, first all sentences in English, then all in Chinese.

    Examples
    --------
    >>> raw = {"version": 1, "study": {"title": "T", "question": "?"}, "sources": [{"path": "b.csv"}]}
    >>> table = write_limits(Study.model_validate(raw), instrument="lexicon", counts={})
    >>> table.loc[1, "text"][:51]
    'The study file does not say how the posts were foun'
    """
    rows = []
    languages: tuple[Language, ...] = ("en", "zh")
    for language in languages:
        written = _write(study, language, instrument, counts, coded or {}, regrouped)
        written += _flags(flags or {}, study.study.min_cell, language)
        written += [_notice(text, language) for text in notices(study, language)]
        rows += [row | {"lang": language} for row in written]
    return LIMITS.conform(pd.DataFrame(rows)).drop_duplicates(ignore_index=True)


def _write(
    study: Study,
    language: Language,
    instrument: str,
    counts: dict[str, int],
    coded: Mapping[str, int],
    regrouped: bool = False,
) -> list[dict[str, str]]:
    rows = [_row("population", language)]
    for source in study.sources:
        rows += _card(source.collection, language)
    for name in ("rejected", "unread", "time_lost", "time_assumed"):
        if counts.get(name):
            rows.append(_row(name, language, n=counts[name]))
    if counts.get("copies"):
        rows.append(_row("copies", language, n=counts["copies"], left=counts["left"]))
    if counts.get("shown", 0) > counts.get("collected", 0):
        rows.append(_row("shown", language, shown=counts["shown"], collected=counts["collected"]))
    if counts.get("parentless", 0) > 1 and any(use.replies for use in study.targets):
        rows.append(_row("parentless", language, n=counts["parentless"]))
    if counts.get("orphans"):
        rows.append(_row("orphans", language, n=counts["orphans"]))
    checked = study.validation is not None and study.validation.groups is not None
    known = "groups_corrected" if regrouped else "groups_checked"
    if study.groups:
        rows.append(_row(known if checked else "groups_rule", language))
    by_words = [g for g in study.groups if any(c.phrase for c in (*g.any, *g.all, *g.not_))]
    if by_words:
        labels = [inside(in_language(g.label, language, g.name), language) for g in by_words]
        rows.append(_row("groups_words", language, groups=enumeration(labels, language)))
    if counts.get("unassigned"):
        rows.append(_row("unassigned", language, n=counts["unassigned"]))
    rows += _instrument(study, language, instrument, coded)
    rows += _crowded_events(study, language)
    rows.append(_row("privacy", language))
    return rows


def _instrument(
    study: Study, language: Language, instrument: str, coded: Mapping[str, int]
) -> list[dict[str, str]]:
    """Say how far anybody has checked the instrument."""
    if not coded:
        return [_row("instrument", language, instrument=instrument), _row("languages", language)]
    labels = {use.use: use.label for use in study.targets if use.use}
    shipped = {name: target_words(name, language) or name for name in coded}
    names = [inside(in_language(labels.get(name), language, shipped[name]), language) for name in coded]
    said = {"instrument": instrument, "n": sum(coded.values()), "targets": enumeration(names, language)}
    return [
        _row("instrument_checked", language, **said),
        _row("coders", language),
        _row("languages_checked", language),
    ]


def _flags(flags: Mapping[str, int], least: int, language: str) -> list[dict[str, str]]:
    """List what the door did, by kind; small counts are not printed."""
    known = {name: n for name, n in sorted(flags.items()) if n > 0}
    if not known:
        return []
    shown = [
        f"{_flag(name, language)} {n:,}" if n >= least else f"{_flag(name, language)} <{least}"
        for name, n in known.items()
    ]
    return [_row("flags", language, flags=("、" if language == "zh" else ", ").join(shown))]


def _flag(name: str, language: str) -> str:
    """Say a flag of the door in words; one that is not known stays as it is."""
    return _FLAGS.get(name, (name, name))[language == "zh"]


def _notice(text: str, language: str) -> dict[str, str]:
    sentence = text[:1].upper() + text[1:] + ("。" if language == "zh" else ".")
    return {"topic": "instrument", "text": sentence}


def _row(key: str, language: str, **values: Any) -> dict[str, str]:
    topic, en, zh = _TEXTS[key]
    if values.get("n") == 1:
        en = _OF_ONE.get(key, en)
    return {"topic": topic, "text": (zh if language == "zh" else en).format(**values)}


def _card(card: Collection, language: Language) -> list[dict[str, str]]:
    rows = []
    if card.how:
        words = ("、" if language == "zh" else ", ").join(card.keywords)
        how = term(language, "how", card.how)
        shown = (f"（关键词：{words}）" if language == "zh" else f" ({words})") if words else ""
        rows.append(_row("how", language, how=how, keywords=shown))
    else:
        rows.append(_row("how_unknown", language))
    if card.sorted:
        rows.append(_row("sorted", language, sorted=term(language, "sorted", card.sorted)))
    if card.per_keyword_cap:
        rows.append(_row("cap", language, cap=card.per_keyword_cap))
    if card.collected:
        rows.append(_row("collected", language, date=date(card.collected, language)))
    if card.sub_comments is False:
        rows.append(_row("no_sub_comments", language))
    return rows


def _crowded_events(study: Study, language: str) -> list[dict[str, str]]:
    """Say when several events are too close to each other to be told apart in daily data."""
    if len(study.events) < 2:
        return []
    times = sorted(event.at for event in study.events)
    best = max((sum(1 for t in times if 0 <= (t - start).days < 7), start) for start in times)
    n, start = best
    if n < 2:
        return []
    last = max(t for t in times if 0 <= (t - start).days < 7)
    return [_row("events", language, n=n, days=(last - start).days + 1)]
