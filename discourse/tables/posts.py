"""The tables of posts: what comes in, and what was left behind."""

from __future__ import annotations

from discourse.tables.table import Column, Table

POSTS = Table(
    "posts",
    "One message as the platform gave it, after masking at the door.",
    (
        Column("post_id", "str", "id on the platform, as text"),
        Column("thread_id", "str", "id of the post that opened the thread"),
        Column("parent_id", "str", "id of the post answered; NA for an opening post", required=False),
        Column("kind", "str", "post | comment | reply"),
        Column("author", "str", "keyed pseudonym; NA if the export names none", required=False),
        Column("text", "str", "the message, masked; never altered afterwards"),
        Column(
            "title", "str", "its title, masked; NA if none or if it only repeats the text", required=False
        ),
        Column(
            "created_at",
            "datetime64[us, UTC]",
            "when it was written; NA if the export lost it",
            required=False,
        ),
        Column(
            "created_at_doubt",
            "Float64",
            "half the width of the interval that a damaged time leaves open; NA if the time is exact",
            "hours",
            required=False,
        ),
        Column("platform", "str", "xiaohongshu | reddit | weibo | ...", required=False),
        Column("ip_location", "str", "ISO 3166 country or Chinese province (CN-GD)", required=False),
        Column("likes", "Int64", "likes shown", "likes", required=False),
        Column("likes_at_least", "boolean", "true if likes is a lower bound (1万+)", required=False),
        Column("comments", "Int64", "comments shown by the platform", "comments", required=False),
        Column("collects", "Int64", "times saved", "times", required=False),
        Column("shares", "Int64", "times shared", "times", required=False),
        Column("hashtags", "list[str]", "hashtags, without signs", required=False),
        Column(
            "lang", "str", "of title and text: zh-Hans | zh-Hant | en | mixed | other | none", required=False
        ),
        Column("flags", "list[str]", "what was repaired, masked or lost", required=False),
        Column(
            "duplicate_of",
            "str",
            "post_id of the first post with the same text; NA otherwise",
            required=False,
        ),
        Column(
            "near_duplicate_of",
            "str",
            "post_id of the first of a cluster of near-duplicates; NA if first, alone, or not looked for",
            required=False,
        ),
        Column(
            "twin_of",
            "str",
            "post_id of the same message in the other language by the same author; NA otherwise",
            required=False,
        ),
        Column("docvars", "str", "further columns of the export, as a JSON object", required=False),
        Column("source_file", "str", "file of the export", required=False),
        Column("source_line", "Int64", "line in that file, counted from 1", "lines", required=False),
    ),
)

REJECTS = Table(
    "rejects",
    "Records that could not be read, with the reason.",
    (
        Column("file", "str", "file of the export"),
        Column("line", "Int64", "line in that file, counted from 1", "lines"),
        Column("reason", "str", "why it was rejected"),
        Column("record", "str", "the record, masked"),
    ),
)

AUDIT = Table(
    "audit",
    "What may have slipped through the masks of a corpus.",
    (
        Column("file", "str", "file in the corpus folder"),
        Column("post_id", "str", "the post; NA outside of posts", required=False),
        Column("column", "str", "column, or place in the file", required=False),
        Column(
            "kind", "str", "email | phone | url | handle | wechat | id-number | token | key | digits | ..."
        ),
        Column("certainty", "str", "certain | possible"),
        Column("snippet", "str", "what stands around it, the finding itself as dots"),
    ),
)

NEAR_CLUSTERS = Table(
    "near_clusters",
    "Clusters of posts that say nearly the same.",
    (
        Column("cluster", "str", "post_id of the first post"),
        Column("pattern", "str", "campaign | template | repost | repeated"),
        Column("n", "Int64", "posts in the cluster", "posts"),
        Column("n_authors", "Int64", "authors", "authors"),
        Column("n_threads", "Int64", "threads", "threads"),
        Column("first", "datetime64[us, UTC]", "earliest post", required=False),
        Column("last", "datetime64[us, UTC]", "latest post", required=False),
    ),
)

DROPPED_COPIES = Table(
    "dropped_copies",
    "What dropping copies, near-duplicates and bilingual twins changes.",
    (
        Column("group", "str", "name of the group; 'all' for everybody"),
        Column("n", "Int64", "posts", "posts"),
        Column("exact", "Int64", "exact copies of an earlier text", "posts"),
        Column("near", "Int64", "near-duplicates of an earlier text, exact ones among them", "posts"),
        Column("twins", "Int64", "second halves of bilingual pairs", "posts"),
        Column("dropped", "Int64", "posts with any of these marks", "posts"),
        Column("left", "Int64", "posts without them", "posts"),
        Column("share_dropped", "float64", "dropped over all"),
        Column("authors", "Int64", "authors", "authors"),
        Column("authors_left", "Int64", "authors of the posts that are left", "authors"),
    ),
)

KWIC = Table(
    "kwic",
    "P11: a word in its context, masked.",
    (
        Column("doc", "Int64", "number of the text"),
        Column("start", "Int64", "offset of the node", "code points"),
        Column("stop", "Int64", "offset behind the node", "code points"),
        Column("left", "str", "what stands before"),
        Column("node", "str", "the match"),
        Column("right", "str", "what stands behind"),
    ),
)
