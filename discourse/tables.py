"""The tables that pass between steps, and what each column means.

A table is a tidy pandas DataFrame.  Unknown is NA, never 0 and never an empty string; ids are text; times are
aware UTC.  The same declarations make the data dictionary of the report.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from discourse.errors import ParameterError

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Column:
    """One column of a table.

    ``dtype`` is a pandas dtype name or ``list[str]``; ``unit`` is empty where a column has none.
    """

    name: str
    dtype: str
    meaning: str
    unit: str = ""
    required: bool = True


@dataclass(frozen=True)
class Table:
    """A named table with its columns in order."""

    name: str
    meaning: str
    columns: tuple[Column, ...]

    @property
    def names(self) -> list[str]:
        """The column names, in order."""
        return [column.name for column in self.columns]

    def empty(self) -> pd.DataFrame:
        """Make the table with no rows.

        Examples
        --------
        >>> MENTION_KINDS.empty().shape
        (0, 2)
        """
        import pandas as pd

        return pd.DataFrame({c.name: pd.Series(dtype=_pandas_dtype(c.dtype)) for c in self.columns})

    def conform(self, frame: pd.DataFrame) -> pd.DataFrame:
        """Order the columns, set their dtypes, add missing optional ones as NA.

        Parameters
        ----------
        frame : DataFrame
            Rows of this table; further columns are kept behind the declared ones.

        Returns
        -------
        DataFrame
            A new frame with a fresh index.

        Raises
        ------
        ParameterError
            If a required column is missing.
        """
        import pandas as pd

        missing = [c.name for c in self.columns if c.required and c.name not in frame.columns]
        if missing:
            raise ParameterError(
                f"table {self.name!r} lacks {', '.join(missing)}", expected=", ".join(self.names)
            )
        out = {}
        for column in self.columns:
            dtype = _pandas_dtype(column.dtype)
            if column.name in frame.columns:
                values = frame[column.name].reset_index(drop=True)
                out[column.name] = values if str(values.dtype) == dtype else values.astype(dtype)
            else:
                out[column.name] = pd.Series([None] * len(frame), dtype=object).astype(dtype)
        for name in frame.columns:
            if name not in out:
                out[name] = frame[name].reset_index(drop=True)
        return pd.DataFrame(out)


def _pandas_dtype(dtype: str) -> Any:
    return "object" if dtype.startswith("list") else dtype


def _c(name: str, dtype: str, meaning: str, unit: str = "", required: bool = True) -> Column:
    return Column(name, dtype, meaning, unit, required)


MENTION_KINDS = Table(
    "mention_kinds",
    "How a post refers to a target.",
    (_c("kind", "str", "named | pronoun | addressed | reply | self"), _c("meaning", "str", "what it means")),
)

POSTS = Table(
    "posts",
    "One message as the platform gave it, after masking at the door.",
    (
        _c("post_id", "str", "id on the platform, as text"),
        _c("thread_id", "str", "id of the post that opened the thread"),
        _c("parent_id", "str", "id of the post answered; NA for an opening post", required=False),
        _c("kind", "str", "post | comment | reply"),
        _c("author", "str", "keyed pseudonym; NA if the export names none", required=False),
        _c("text", "str", "the message, masked; never altered afterwards"),
        _c("title", "str", "its title, masked; NA if none or if it only repeats the text", required=False),
        _c(
            "created_at",
            "datetime64[us, UTC]",
            "when it was written; NA if the export lost it",
            required=False,
        ),
        _c(
            "created_at_doubt",
            "Float64",
            "half the width of the interval that a damaged time leaves open; NA if the time is exact",
            "hours",
            required=False,
        ),
        _c("platform", "str", "xiaohongshu | reddit | weibo | ...", required=False),
        _c("ip_location", "str", "ISO 3166 country or Chinese province (CN-GD)", required=False),
        _c("likes", "Int64", "likes shown", "likes", required=False),
        _c("likes_at_least", "boolean", "true if likes is a lower bound (1万+)", required=False),
        _c("comments", "Int64", "comments shown by the platform", "comments", required=False),
        _c("collects", "Int64", "times saved", "times", required=False),
        _c("shares", "Int64", "times shared", "times", required=False),
        _c("hashtags", "list[str]", "hashtags, without signs", required=False),
        _c("lang", "str", "of title and text: zh-Hans | zh-Hant | en | mixed | other | none", required=False),
        _c("flags", "list[str]", "what was repaired, masked or lost", required=False),
        _c(
            "duplicate_of",
            "str",
            "post_id of the first post with the same text; NA otherwise",
            required=False,
        ),
        _c(
            "near_duplicate_of",
            "str",
            "post_id of the first of a cluster of near-duplicates; NA if first, alone, or not looked for",
            required=False,
        ),
        _c(
            "twin_of",
            "str",
            "post_id of the same message in the other language by the same author; NA otherwise",
            required=False,
        ),
        _c("docvars", "str", "further columns of the export, as a JSON object", required=False),
        _c("source_file", "str", "file of the export", required=False),
        _c("source_line", "Int64", "line in that file, counted from 1", "lines", required=False),
    ),
)

REJECTS = Table(
    "rejects",
    "Records that could not be read, with the reason.",
    (
        _c("file", "str", "file of the export"),
        _c("line", "Int64", "line in that file, counted from 1", "lines"),
        _c("reason", "str", "why it was rejected"),
        _c("record", "str", "the record, masked"),
    ),
)

SCORES = Table(
    "scores",
    "What one post shows toward one target.",
    (
        _c("label", "str", "positive | neutral | negative | absent"),
        _c("score", "float64", "stance in [-1, 1]; NaN where absent or self", "score"),
        _c("confidence", "float64", "trust in the judgment, [0, 1]"),
        _c("mixed", "bool", "strong evidence on both sides"),
        _c("kind", "str", "named | pronoun | addressed | reply | self; NA where absent"),
        _c("evidence", "str", "rule and words behind the judgment, readable"),
    ),
)

ESTIMATE = (
    _c("estimate", "float64", "the figure"),
    _c("low", "float64", "lower end of the interval"),
    _c("high", "float64", "upper end of the interval"),
    _c("level", "float64", "confidence level of the interval"),
)

GROUP_SENTIMENT = Table(
    "group_sentiment",
    "Stance of each group toward each target, among posts that mention it.",
    (
        _c("target", "str", "name of the target"),
        _c("group", "str", "name of the group"),
        _c("lang", "str", "all | zh | en | mixed: language of the posts counted"),
        _c("mention_kind", "str", "all | named | pronoun | addressed | reply | self"),
        _c("measure", "str", "mean | positive | neutral | negative | balance | coverage"),
        *ESTIMATE,
        _c("n", "Int64", "posts behind the figure", "posts"),
        _c("n_authors", "Int64", "authors behind the figure", "authors"),
        _c("n_threads", "Int64", "threads behind the figure", "threads"),
        _c("method", "str", "how estimate and interval were computed"),
        _c("instrument", "str", "scorer and version"),
        _c("reason", "str", "why no figure is given; NA otherwise", required=False),
    ),
)

CONTRASTS = Table(
    "contrasts",
    "One comparison of two groups.",
    (
        _c("target", "str", "name of the target; NA where the outcome has none", required=False),
        _c("lang", "str", "all | zh | en | mixed: language of the posts compared"),
        _c("outcome", "str", "mean | positive | negative | balance | coverage | topic:<n>"),
        _c("group_a", "str", "first group"),
        _c("group_b", "str", "second group"),
        *ESTIMATE,
        _c("effect", "float64", "Hedges g", "standard deviations"),
        _c("p", "float64", "p-value of no difference"),
        _c("p_adjusted", "float64", "after Holm within the family"),
        _c("family", "str", "the declared family of tests", required=False),
        _c("n_a", "Int64", "posts of the first group", "posts"),
        _c("n_b", "Int64", "posts of the second group", "posts"),
        _c("authors_a", "Int64", "authors of the first group", "authors"),
        _c("authors_b", "Int64", "authors of the second group", "authors"),
        _c("threads_a", "Int64", "threads of the first group", "threads"),
        _c("threads_b", "Int64", "threads of the second group", "threads"),
        _c("method", "str", "how it was computed"),
        _c("instrument", "str", "scorer or engine and version", required=False),
        _c("reason", "str", "why no figure is given; NA otherwise", required=False),
    ),
)

CORPUS_DESCRIPTION = Table(
    "corpus_description",
    "P1: who and what was collected, per group.",
    (
        _c("group", "str", "name of the group; 'all' for everybody"),
        _c("n_posts", "Int64", "opening posts", "posts"),
        _c("n_comments", "Int64", "comments and replies", "posts"),
        _c("n_authors", "Int64", "authors", "authors"),
        _c("n_threads", "Int64", "threads", "threads"),
        _c("median_length", "float64", "median length of text", "characters"),
        _c("share_zh", "float64", "share of posts in Chinese"),
        _c("share_en", "float64", "share of posts in English"),
        _c("share_mixed", "float64", "share of posts mixing both"),
        _c("share_ip", "float64", "share of posts with a known place"),
        _c("first", "datetime64[us, UTC]", "earliest post", required=False),
        _c("last", "datetime64[us, UTC]", "latest post", required=False),
    ),
)

FLOW = Table(
    "flow",
    "From records read to posts analysed; the counts add up.",
    (
        _c("step", "str", "what happened"),
        _c("n", "Int64", "records or posts", "posts"),
        _c("note", "str", "why"),
    ),
)

GROUP_SIGNALS = Table(
    "group_signals",
    "Cross-tabulation of the signals that the group rules read.",
    (
        _c("group", "str", "group assigned"),
        _c("signals", "str", "which signals were present, such as 'ip=US, lang=en, phrase'"),
        _c("n_authors", "Int64", "authors; NA if below the minimum cell", "authors"),
    ),
)

KEYNESS = Table(
    "keyness",
    "P10: words that distinguish two groups, within a language.",
    (
        _c("lang", "str", "zh | en"),
        _c("group_a", "str", "focus group"),
        _c("group_b", "str", "reference group"),
        _c("word", "str", "the word"),
        _c("n_a", "Int64", "occurrences in the focus group", "tokens"),
        _c("n_b", "Int64", "occurrences in the reference group", "tokens"),
        _c("authors_a", "Int64", "authors using it in the focus group", "authors"),
        _c("authors_b", "Int64", "authors using it in the reference group", "authors"),
        _c("g2", "float64", "log-likelihood ratio, four cells"),
        _c("log_ratio", "float64", "binary log of the ratio of relative frequencies"),
        _c("log_odds_z", "float64", "weighted log-odds z (Monroe et al. 2008)"),
        _c("p", "float64", "p of log_odds_z, by author permutation where authors are known"),
        _c("q", "float64", "Benjamini-Hochberg"),
    ),
)

TOPIC_WORDS = Table(
    "topic_words",
    "P5: top words of each topic.",
    (
        _c("lang", "str", "language of the model or of the word"),
        _c("topic", "Int64", "number of the topic, from 0"),
        _c("rank", "Int64", "rank of the word, from 1"),
        _c("word", "str", "the word"),
        _c("weight", "float64", "probability of the word in the topic"),
    ),
)

TOPICS = Table(
    "topics",
    "P5: one row a topic.",
    (
        _c("lang", "str", "language of the model"),
        _c("topic", "Int64", "number of the topic, from 0"),
        _c("label", "str", "its most telling words"),
        _c("share", "float64", "mean prevalence over posts"),
        _c("n", "Int64", "posts in which it leads", "posts"),
        _c("coherence", "float64", "c_v (Roeder et al. 2015)"),
        _c(
            "exemplar_ids",
            "str",
            "post ids of exemplars by different authors, joined by spaces",
            required=False,
        ),
    ),
)

TOPIC_PREVALENCE = Table(
    "topic_prevalence",
    "P6: mean prevalence of each topic by group.",
    (
        _c("lang", "str", "language of the model"),
        _c("topic", "Int64", "number of the topic, from 0"),
        _c("label", "str", "its most telling words"),
        _c("group", "str", "name of the group"),
        *ESTIMATE,
        _c("n", "Int64", "posts", "posts"),
        _c("n_authors", "Int64", "authors", "authors"),
        _c("n_threads", "Int64", "threads", "threads"),
        _c("method", "str", "how it was computed"),
        _c("reason", "str", "why no figure is given; NA otherwise", required=False),
    ),
)

FRAMES = Table(
    "frames",
    "How often each group speaks in a frame.",
    (
        _c("frame", "str", "name of the frame"),
        _c("group", "str", "name of the group"),
        *ESTIMATE,
        _c("n", "Int64", "posts behind the figure", "posts"),
        _c("n_authors", "Int64", "authors behind the figure", "authors"),
        _c("n_threads", "Int64", "threads behind the figure", "threads"),
        _c("method", "str", "how it was computed"),
        _c("instrument", "str", "how the frame was coded"),
        _c("reason", "str", "why no figure is given; NA otherwise", required=False),
    ),
)

DAILY = Table(
    "daily",
    "P8: one row a day, group and measure, in the zone of the study.",
    (
        _c("target", "str", "name of the target; NA for volume", required=False),
        _c("group", "str", "name of the group; 'all' for everybody"),
        _c("day", "str", "date in the study's zone, YYYY-MM-DD"),
        _c("measure", "str", "posts | mean | positive | negative | coverage"),
        _c("estimate", "float64", "the figure"),
        _c("low", "float64", "lower end of the interval", required=False),
        _c("high", "float64", "upper end of the interval", required=False),
        _c("n", "Int64", "posts behind the figure", "posts"),
        _c("n_authors", "Int64", "authors behind the figure", "authors"),
    ),
)

EVENTS = Table(
    "events",
    "Events drawn as lines.",
    (
        _c("name", "str", "what happened"),
        _c("at", "datetime64[us, UTC]", "when"),
        _c("day", "str", "date in the study's zone"),
    ),
)

QUESTIONS = Table(
    "questions",
    "What was asked, and the answer as far as the data allow.",
    (
        _c("id", "str", "id in the study"),
        _c("text", "str", "the question"),
        _c("outcome", "str", "what was measured"),
        _c("groups", "str", "groups, joined by ' vs '"),
        _c("expect", "str", "direction stated beforehand"),
        _c("answer", "str", "supported | contradicted | undecided | not measurable"),
        _c("estimate", "float64", "the figure", required=False),
        _c("low", "float64", "lower end of the interval", required=False),
        _c("high", "float64", "upper end of the interval", required=False),
        _c("n", "Int64", "posts behind it", "posts", required=False),
        _c("n_authors", "Int64", "authors behind it", "authors", required=False),
        _c("n_threads", "Int64", "threads behind it", "threads", required=False),
        _c("reason", "str", "why this answer"),
    ),
)

LIMITS = Table(
    "limits",
    "What the data cannot say, written from the card and from what ran.",
    (
        _c("topic", "str", "sampling | time | groups | instrument | privacy"),
        _c("text", "str", "one sentence"),
        _c("lang", "str", "language of the sentence", required=False),
    ),
)

KWIC = Table(
    "kwic",
    "P11: a word in its context, masked.",
    (
        _c("doc", "Int64", "number of the text"),
        _c("start", "Int64", "offset of the node", "code points"),
        _c("stop", "Int64", "offset behind the node", "code points"),
        _c("left", "str", "what stands before"),
        _c("node", "str", "the match"),
        _c("right", "str", "what stands behind"),
    ),
)

AUDIT = Table(
    "audit",
    "What may have slipped through the masks of a corpus.",
    (
        _c("file", "str", "file in the corpus folder"),
        _c("post_id", "str", "the post; NA outside of posts", required=False),
        _c("column", "str", "column, or place in the file", required=False),
        _c("kind", "str", "email | phone | url | handle | wechat | id-number | token | key | digits | ..."),
        _c("certainty", "str", "certain | possible"),
        _c("snippet", "str", "what stands around it, the finding itself as dots"),
    ),
)

DIFF = Table(
    "diff",
    "What changed between two runs of a study.",
    (
        _c("section", "str", "answers | estimates | names | counts | inputs | settings | versions"),
        _c("table", "str", "table of the run; NA where it is none", required=False),
        _c("what", "str", "what is compared"),
        _c("change", "str", "new | gone | changed | outside the interval | no longer given | now given"),
        _c("before", "str", "value in the first run; NA if new", required=False),
        _c("after", "str", "value in the second run; NA if gone", required=False),
        _c("difference", "float64", "after minus before, where both are numbers", required=False),
    ),
)

NEAR_CLUSTERS = Table(
    "near_clusters",
    "Clusters of posts that say nearly the same.",
    (
        _c("cluster", "str", "post_id of the first post"),
        _c("pattern", "str", "campaign | template | repost | repeated"),
        _c("n", "Int64", "posts in the cluster", "posts"),
        _c("n_authors", "Int64", "authors", "authors"),
        _c("n_threads", "Int64", "threads", "threads"),
        _c("first", "datetime64[us, UTC]", "earliest post", required=False),
        _c("last", "datetime64[us, UTC]", "latest post", required=False),
    ),
)

DROPPED_COPIES = Table(
    "dropped_copies",
    "What dropping copies, near-duplicates and bilingual twins changes.",
    (
        _c("group", "str", "name of the group; 'all' for everybody"),
        _c("n", "Int64", "posts", "posts"),
        _c("exact", "Int64", "exact copies of an earlier text", "posts"),
        _c("near", "Int64", "near-duplicates of an earlier text, exact ones among them", "posts"),
        _c("twins", "Int64", "second halves of bilingual pairs", "posts"),
        _c("dropped", "Int64", "posts with any of these marks", "posts"),
        _c("left", "Int64", "posts without them", "posts"),
        _c("share_dropped", "float64", "dropped over all"),
        _c("authors", "Int64", "authors", "authors"),
        _c("authors_left", "Int64", "authors of the posts that are left", "authors"),
    ),
)

REPORT_TABLES: tuple[Table, ...] = (
    FLOW,
    CORPUS_DESCRIPTION,
    GROUP_SIGNALS,
    GROUP_SENTIMENT,
    CONTRASTS,
    KEYNESS,
    TOPICS,
    TOPIC_WORDS,
    TOPIC_PREVALENCE,
    FRAMES,
    DAILY,
    EVENTS,
    QUESTIONS,
    LIMITS,
)
