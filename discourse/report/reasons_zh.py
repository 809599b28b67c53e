"""The reasons that steps give in English, in Chinese."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from discourse.report.subject import Subject

_TRAITS: Final[dict[str, str]] = {"language": "语言", "platform": "平台"}
_UNITS: Final[dict[str, str]] = {"authors": "位作者", "threads": "个讨论串"}

_PATTERNS: Final[list[tuple[str, str]]] = [
    # figures and comparisons of a report
    (r"no post of this group mentions the target", "该群体没有帖子提及此目标"),
    (r"no post of this group has a content word", "该群体没有含实词的帖子"),
    (r"fewer than (?P<n>\d+) (?P<unit>authors|threads)", "不足 {n} {unit}"),
    (r"hidden beside a cell of fewer than (?P<n>\d+) authors", "为免推算出不足 {n} 位作者的一格而隐去"),
    (r"fewer than (?P<n>\d+) (?P<unit>authors|threads) in .+", "一方或双方不足 {n} {unit}"),
    (
        r"the groups differ in (?P<trait>\w+), and nobody has checked the instrument in both",
        "两个群体的{trait}不同，而测量工具尚未在双方都经人工核对",
    ),
    # human codes
    (r"fewer than (?P<n>\d+) codes", "人工编码不足 {n} 条"),
    (r"people found it in fewer than (?P<n>\d+) coded posts", "人工编码者只在不足 {n} 条帖子中发现它"),
    (r"fewer than (?P<n>\d+) coded authors", "人工编码的作者不足 {n} 位"),
    (r"people put fewer than (?P<n>\d+) coded authors into it", "人工归入此组的已编码作者不足 {n} 位"),
    (r"the interval hangs on one coded author", "区间取决于单个已编码作者"),
    (r"too few coded authors for an estimate that is possible", "已编码作者太少，得不出可能的估计值"),
    (r"the estimated number of posts of a topic is not above zero", "某一主题的估计帖子数不大于零"),
    (r"people found it in fewer than (?P<n>\d+) coded authors", "人工编码者只把不足 {n} 位作者归入此组"),
    (
        r"the groups differ in (?P<trait>\w+); labels alone do not compare them, see three_estimates",
        "两个群体的{trait}不同，仅凭自动标签不作比较，见“校正改变了什么”",
    ),
    # trained instruments
    (r"the folder of the model holds no held-out figures", "模型文件夹中没有留出帖子的数字"),
    (
        r"the held-out figures in the folder are those of another model",
        "文件夹中留出帖子的数字属于另一个模型",
    ),
    (
        r"the model was trained by an earlier version, which kept no intervals and no calibration",
        "模型由较早的版本训练，当时未保存区间与校准",
    ),
    (
        r"trained on (?P<n>[\d,]+) of (?P<m>[\d,]+) coded posts, evenly spaced",
        "从 {m} 条已编码帖子中等距取 {n} 条训练",
    ),
    (
        r"few posts are coded (?P<names>.+): code more, or merge labels",
        "{names} 的编码很少：宜多编码，或合并标签",
    ),
    (
        r"(?P<name>\w+) was (?P<before>.+) when the model was trained and is (?P<now>.+) now",
        "{name} 在训练时为 {before}，现为 {now}",
    ),
    # time
    (
        r"too few steps with a value: (?P<n>\d+) before the event and (?P<m>\d+) after it",
        "有数值的时段太少：事件之前 {n} 个，之后 {m} 个",
    ),
    (r"a phase has no post; nothing can be compared", "某一阶段没有帖子，无从比较"),
    (r"the collection ends within (?P<n>\d+) days", "收集在此后 {n} 天之内即告结束"),
    # answers to questions
    (r"the 95 ?% interval lies wholly on the side stated beforehand", "95% 区间完全落在预先声明的一侧"),
    (
        r"the 95 ?% interval lies wholly on the other side of what was stated",
        "95% 区间完全落在与声明相反的一侧",
    ),
    (r"the 95 ?% interval includes (?P<n>\S+)", "95% 区间包含 {n}"),
    (r"the 95 ?% interval lies within ±(?P<n>\S+) of (?P<m>\S+)", "95% 区间落在 {m} 的 ±{n} 之内"),
    (r"(?P<verdict>the 95 ?% interval .+); counted by main topic", "{verdict}（按主要话题计）"),
    (r"the study has no target '(?P<target>.+)'", "研究中没有目标“{target}”"),
    (r"no collected author belongs to the group '(?P<groups>.+)'", "收集到的作者中没有人属于“{groups}”"),
    (r"the outcome (?P<name>\S+) is not measured by this version", "本版本不测量指标 {name}"),
    (r"fewer than (?P<n>\d+) authors show any of it", "不足 {n} 位作者有任何相关表现"),
    (r"no post has the column '(?P<name>.+)'", "没有帖子具有列“{name}”"),
    (r"no post has a place", "没有帖子带有地点"),
    (r"the study declares no (?P<what>frame|event) '(?P<name>.+)'", "研究没有声明“{name}”"),
    (r"the study asks for no emotion '(?P<name>.+)'", "研究没有要求情绪“{name}”"),
    (r"no topic bears the name '(?P<name>.+)'", "没有名为“{name}”的话题"),
    (r"several topics bear the name '(?P<name>.+)': (?P<m>.+)", "有多个话题名为“{name}”：{m}"),
    (r"who was not collected again may still be there", "未再次收集到的人可能仍在"),
    (r"before and after an event can be asked of one group", "事件前后之比较只能针对一个群体"),
    # quotes
    (
        r"fewer than (?P<n>\d+) authors write the same, and nobody has paraphrased it",
        "不足 {n} 位作者写下相同文字，也无人转述",
    ),
    (r"nobody has paraphrased it", "尚无人转述"),
    # replies, likes, places
    (
        r"no reply of this group was collected with what it answers",
        "该群体没有连同被回复帖子一起收集到的回复",
    ),
    (r"no such reply was collected with what it answers", "没有连同被回复帖子一起收集到的此类回复"),
    (
        r"no reply of one of these groups to another was collected with what it answers",
        "没有连同被回复帖子一起收集到这些群体之间的回复",
    ),
    (r"paths are counted among (?P<n>\d+) authors at most", "作者超过 {n} 位时不计算路径"),
    (r"fewer than two areas; nothing can be shared between them", "地点不足两个，无从汇聚"),
    (r"fewer than two rows; nothing is spread over them", "不足两行，无从谈分布"),
    (r"every count is spread evenly; no row stands out", "各项计数分布均匀，没有突出的一行"),
    (r"nobody of this group wrote two replies", "该群体没有人写过两条回复"),
    (r"nobody of this group", "该群体没有人"),
    (r"no such post with likes was collected", "没有收集到带点赞数的此类帖子"),
    (r"fewer than (?P<n>\d+) places with enough authors", "作者足够的地点不足 {n} 个"),
    (r"all scores of a place are alike: no interval can be given", "同一地点的得分都相同，无法给出区间"),
    (r"the regressors cannot be told apart", "自变量之间无法区分"),
    (r"there are no more counts than coefficients", "观测数不多于系数个数"),
    (r"the likelihood has no maximum; .*", "似然没有极大值"),
    # what the statistics refuse
    (r"the outcome '.+' does not vary.*; no interval can be given", "该指标没有变化，无法给出区间"),
    (r"no post has an outcome in '.+'", "没有帖子具有该指标的数值"),
    (r"group '(?P<groups>.+)' has no post.*; nothing can be compared", "{groups}没有帖子，无从比较"),
    (
        r"all (?:coded )?posts of group '(?P<groups>.+)' lie in one cluster.*",
        "{groups}的帖子全部出自同一作者或同一讨论串",
    ),
    (
        r"no post of group '(?P<groups>.+)' was coded; .*",
        "{groups}没有帖子经人工编码，测量工具在其中的误差未知",
    ),
    (
        r"no post of group (?P<n>\d+) was coded; .*",
        "第 {n} 个群体没有帖子经人工编码，测量工具在其中的误差未知",
    ),
    (
        r"group '(?P<groups>.+)' has no post that the instrument has judged",
        "{groups}没有帖子得到测量工具的判断",
    ),
    (r"no post of group '(?P<groups>.+)' mentions the target", "{groups}没有帖子提及此目标"),
    (
        r"no coded post of group '(?P<groups>.+)' mentions the target",
        "{groups}经人工编码的帖子都未提及此目标",
    ),
    (r"nothing varies among the mentions; no interval can be given", "提及之间没有变化，无法给出区间"),
    (r"the draws do not vary; no interval can be given", "各次重抽样没有差别，无法给出区间"),
    (r"group (?P<n>\d+) has no post", "第 {n} 个群体没有帖子"),
    (r"all observations lie in one cluster.*", "全部帖子出自同一作者或同一讨论串，无法衡量其相关性"),
    (r"one cluster holds all observations of a group.*", "某一群体的帖子全部出自同一作者或同一讨论串"),
    (r"a group has no observation", "某一群体没有帖子"),
    (r"nothing varies within the groups; no interval can be given", "群体内部没有变化，无法给出区间"),
    (r"nothing varies within the groups; nothing can be tested", "群体内部没有变化，无法检验"),
    (r"fewer than two clusters; nothing can be resampled", "作者或讨论串不足两个，无法重抽样"),
    (r"most draws leave a group empty; .*", "多数重抽样使某一群体为空，作者或讨论串太少"),
    (r"too few coded posts for so many regressors", "经人工编码的帖子太少，不足以支撑这么多自变量"),
    (r"the estimated number of posts in the denominator .*", "分母中帖子数的估计值不大于零"),
    (
        r"(?P<n>\d+) of (?P<m>\d+) clusters were treated; with (?P<k>\d+) possible .* below (?P<p>\S+)",
        "{m} 个聚类中有 {n} 个受到处理，只有 {k} 种可能的分配，p 值不可能低于 {p}",
    ),
    (r"nobody or everybody was treated; .*", "无人或所有人都受到处理，无从比较"),
    (
        r"(?P<n>\d+) clusters can change sides in so few ways .* below (?P<p>\S+)",
        "{n} 个聚类可互换的方式太少，p 值不可能低于 {p}",
    ),
    (r"with (?P<n>\d+) clusters no test .*", "只有 {n} 个聚类，此类检验无法保证其水平"),
    (r"the regressor varies in one cluster only; .*", "自变量只在一个聚类内变化，其效应无法与该聚类分开"),
    # series and topics
    (r"a model without its posts cannot be fitted again", "模型未带帖子，无法重新拟合"),
    (r"a sample of the authors has no word of a language", "某次作者抽样中没有一种语言的词"),
    (r"topics were learned from fewer than two authors", "主题所据帖子不足两位作者"),
    (r"(?P<n>\d+) values are too few for (?P<k>\d+) coefficients", "{n} 个数值不足以估计 {k} 个系数"),
    (
        r"(?P<n>\d+) values before and (?P<m>\d+) after the event are too few .*",
        "事件之前 {n} 个、之后 {m} 个数值，不足以估计水平与趋势",
    ),
    (
        r"(?P<n>\d+) placebo dates fit before the event; .*",
        "事件之前只有 {n} 个安慰剂日期，不足以与之比较跃变的大小",
    ),
    (
        r"(?P<n>\d+) days with a value are too few to look for a change",
        "有数值的日子只有 {n} 天，不足以寻找变化",
    ),
    (r"no post has a content word", "没有含实词的帖子"),
    (r"no post has a content word that is neither .*", "没有帖子含有既不过于罕见、也不过于常见的实词"),
]


def reason_zh(text: str, subject: Subject) -> str:
    """Say an English reason of our tables in Chinese; one that we do not know is quoted as it is.

    Parameters
    ----------
    text : str
        The reason as a step gave it.
    subject : Subject
        Labels of groups.

    Returns
    -------
    str
        The reason in Chinese, without a full stop.
    """
    clean = text.strip().rstrip(".")
    known = _known(clean, subject) or _by_group(clean, subject)
    return known or (f"原文：{clean}" if clean else "")


def _known(text: str, subject: Subject) -> str | None:
    for pattern, wording in _PATTERNS:
        found = re.fullmatch(pattern, text, flags=re.DOTALL)
        if found:
            return wording.format(**{k: _value(k, v, subject) for k, v in found.groupdict().items()})
    return None


def _by_group(text: str, subject: Subject) -> str | None:
    """Say reasons that stand group by group: ``hosts: fewer than 100 authors; newcomers: ...``."""
    parts = []
    for part in text.split("; "):
        name, _, reason = part.partition(": ")
        said = _known(reason, subject)
        if said is None:
            return None
        parts.append(f"{subject.group(name)}：{said}")
    return "；".join(parts)


def _value(key: str, value: str, subject: Subject) -> str:
    say: dict[str, Callable[[str], str]] = {
        "trait": lambda v: _TRAITS.get(v, v),
        "unit": lambda v: _UNITS[v],
        "verdict": lambda v: _known(v, subject) or v,
        "target": subject.target,
        "groups": lambda v: "、".join(subject.group(name) for name in v.split(" and ")),
    }
    return say[key](value) if key in say else value.replace("-", "−")
