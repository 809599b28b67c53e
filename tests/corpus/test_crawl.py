from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from discourse.corpus.card import known_card
from discourse.corpus.crawl import CrawlTimes
from discourse.corpus.read import import_exports


@pytest.mark.parametrize(
    "value",
    [
        None,
        "",
        "1.75E+12",
        1.75e12,
        "17369000",
        1736900,
        True,
        "9" * 13,
        "１７３６９０００００００００",
        [],
        {},
    ],
)
def test_what_is_no_exact_time_says_nothing(value: Any) -> None:
    times = CrawlTimes()
    times.see({"last_modify_ts": value})
    assert times.days is None


@pytest.mark.parametrize("key", ["last_modify_ts", "timestamp_collected"])
def test_first_and_last_day_in_utc(key: str) -> None:
    times = CrawlTimes()
    for value in (1736985599999, "1736899200000", 1736985600000):
        times.see({key: value})
    assert times.days == ["2025-01-15", "2025-01-16"]


def test_the_card_tells_the_days_of_collecting(data: Path, key: bytes, tmp_path: Path) -> None:
    import_exports(data / "mediacrawler" / "thread", tmp_path / "c", key=key)
    found = known_card(tmp_path / "c").collection
    assert found.collected is not None
    assert found.collected <= found.collected_until
