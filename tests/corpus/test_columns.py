from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from discourse.corpus.columns import FoundPosts, admit_all, each
from discourse.corpus.damage import zone_of
from discourse.corpus.door import Door
from discourse.corpus.importers.base import Context, Post, Unreadable
from discourse.corpus.importers.generic import Generic
from discourse.corpus.importers.mediacrawler import MediaCrawler
from discourse.corpus.moments import microseconds
from discourse.corpus.reading import Piece, Reading
from discourse.corpus.records import Pack, Record

ODD: tuple[Any, ...] = (
    None, "", " ", "\x00", "\ufeff", "\ud83d", "a\ufffd", "null", "nan", "-1", "0", "6.86E+23", "12345.0", "1.75E+12",
    "9" * 30, "1万+", "10+", "赞", "@ann hi", "call 13812345678", "加微信 lily_2025", "#猫[话题]# #cats", "看 https://t.cn/A1",
    "a@b.com", "IP属地：广东", "Atlantis", "1.2.3.4", "2025-01-14", "2025-01-14 12:08:01", "3天前", "1736881573000",
    "1736881573", "1740000000000", "0000000000123", "１７３６８８１５７３０００", "a-0123456789abcdef", 3, 1, True, 1.0, 6.86e23,
    float("nan"), -0.0, ["x"], {"a": 1},
)  # fmt: skip
PLAIN = st.sampled_from(
    ["67e1000000", "68123e15aa", "1736881573000", "1736881574123", "小红书真好", "hello there", "广东"]
)
VALUES = PLAIN | PLAIN | st.sampled_from(ODD) | st.text(max_size=12)
POSTS = st.builds(
    Post,
    post_id=VALUES,
    kind=st.sampled_from(["comment", "comment", "post", "reply", "story"]),
    text=VALUES,
    thread_id=VALUES,
    parent_id=VALUES,
    author=VALUES,
    author_hash=st.none() | st.just("0123456789abcdef"),
    title=st.none() | VALUES,
    time=VALUES,
    zone=st.sampled_from([None, None, None, "UTC"]),
    platform=st.sampled_from([None, "weibo", "weibo", "", "x\x00"]),
    place=VALUES,
    likes=VALUES,
    comments=VALUES,
    collects=st.none() | VALUES,
    shares=st.none(),
    hashtags=st.lists(st.sampled_from(["猫", "@ann", "dogs"]), max_size=2),
    docvars=st.dictionaries(st.sampled_from(["wave", "nickname", "platform"]), VALUES, max_size=2),
    flags=st.lists(st.sampled_from(["time-edited"]), max_size=1),
    pseudonymous=st.booleans(),
    doubt=st.none() | st.just(3.0),
)
DOORS = st.fixed_dictionaries(
    {
        "zone": st.just(zone_of("Asia/Shanghai")),
        "zone_known": st.booleans(),
        "docvars": st.sampled_from([{}, {"wave": 2}, {"platform": "reddit"}]),
        "loses_emoji": st.booleans(),
        "weak_ids": st.booleans(),
        "day_first": st.booleans(),
    }
)


def one_by_one(door: Door, posts: list[Post]) -> tuple[list[dict[str, Any]], dict[int, str]]:
    """What the columns promise, said row by row."""
    rows, refused = [], {}
    for number, post in enumerate(posts):
        try:
            row = door.admit(post, number, ("stray-cells",) if number % 5 == 4 else ())
        except Unreadable as reason:
            refused[number] = str(reason)
        else:
            row["created_at"] = microseconds(row["created_at"])
            rows.append({"weak": False, "made": None, **row})
    return rows, refused


@settings(max_examples=150)
@given(st.lists(POSTS, max_size=8), DOORS)
def test_posts_go_through_the_door_together_as_one_by_one(posts: list[Post], door: dict[str, Any]) -> None:
    records = [Record(n, {}, ("stray-cells",) if n % 5 == 4 else ()) for n in range(len(posts))]
    single, many = Door(b"key", **door), Door(b"key", **door)
    try:
        rows, refused = one_by_one(single, copy.deepcopy(posts))
    except Exception:  # then each must be tried alone, and so it is
        return
    admitted = admit_all(many, FoundPosts(copy.deepcopy(posts), records))
    columns = admitted.kept()
    assert admitted.refused == refused
    assert many.unknown_places == single.unknown_places
    together = [dict(zip(columns, values, strict=True)) for values in zip(*columns.values(), strict=True)]
    assert [plain(row) for row in together] == [plain(row) for row in rows]


def plain(row: dict[str, Any]) -> dict[str, Any]:
    """A number that is none is not equal to itself, and a post without a weak id has none."""
    return {name: repr(value) for name, value in row.items()} | {"weak": bool(row["weak"])}


def test_equal_values_of_several_kinds_stay_apart() -> None:
    assert each(repr, [1, True, 1.0, "1"]) == ["1", "True", "1.0", "'1'"]


def test_a_fault_in_one_post_is_the_reject_of_its_record_alone() -> None:
    class Faulty(Generic):
        def posts(self, record: Record, context: Context) -> Iterator[Post]:
            for post in super().posts(record, context):
                post.hashtags = 3 if post.text == "bad" else []  # type: ignore[assignment]
                yield post

    texts = ["good one", "bad", "good two"]
    cells = [[text, f"id{n}"] for n, text in enumerate(texts)]
    context = Context(("text", "id"), {"text": "text", "post_id": "id"})
    piece = Reading(Faulty(), context, Door(b"key")).piece(Pack(("text", "id"), [2, 3, 4], cells))
    assert piece.batch is not None
    assert piece.batch.table.column("text").to_pylist() == ["good one", "good two"]
    assert [(reject["line"], reject["reason"]) for reject in piece.rejects] == [
        (3, "the importer failed (TypeError)")
    ]
    assert piece.read == 3


NAMES = (
    *(
        "comment_id",
        "create_time",
        "ip_location",
        "note_id",
        "content",
        "user_id",
        "creator_hash",
        "author_id",
    ),
    *(
        "user_link",
        "pictures",
        "last_modify_ts",
        "parent_comment_id",
        "like_count",
        "sub_comment_count",
        "theme",
    ),
)
CELLS = PLAIN | PLAIN | st.sampled_from([value for value in ODD if isinstance(value, str)] + ["[]", '""'])


class OneByOne(MediaCrawler):
    posts_in_columns = None  # type: ignore[assignment]


@st.composite
def tables(draw: st.DrawFn) -> Pack:
    left_out = draw(
        st.sets(st.sampled_from([n for n in NAMES if n not in ("comment_id", "content", "note_id")]))
    )
    names = tuple(name for name in NAMES if name not in left_out)
    cells = draw(st.lists(st.lists(CELLS, min_size=len(names), max_size=len(names)), min_size=1, max_size=6))
    return Pack(names, list(range(2, len(cells) + 2)), cells)


def told(piece: Piece) -> list[Any]:
    """Give what became of some records, for comparison."""
    batch = piece.batch
    kept = [] if batch is None else [batch.table, *([n, v.tolist()] for n, v in sorted(batch.keys.items()))]
    return [*kept, piece.read, piece.rejects, piece.made, piece.places, piece.crawled.days]


@settings(max_examples=100)
@given(tables())
def test_a_table_is_read_in_columns_as_row_by_row(pack: Pack) -> None:
    context = Context(pack.columns)
    readings = [Reading(importer, context, Door(b"key")) for importer in (MediaCrawler(), OneByOne())]
    columns, posts = (reading._in_columns(pack) for reading in readings)
    columns.places, posts.places = (reading.door.unknown_places for reading in readings)
    rows = readings[0]._by_rows(list(pack.records()))
    rows.places = readings[0].door.unknown_places
    assert told(columns) == told(posts) == told(rows)


def test_a_mediacrawler_table_is_read_in_columns() -> None:
    """Else the test above would compare nothing."""
    texts = [["67e1000000", "小红书真好", "678000000000"]]
    pack = Pack(("comment_id", "content", "note_id"), [2], texts)
    reading = Reading(MediaCrawler(), Context(pack.columns), Door(b"key"))
    assert reading._found_in_columns(pack, Piece()) is not None
    assert Reading(OneByOne(), Context(pack.columns), Door(b"key"))._found_in_columns(pack, Piece()) is None
