from __future__ import annotations

from pathlib import Path

import pandas as pd

from discourse.corpus.read import read_posts


def test_its_rows_as_they_came(data: Path, key: bytes) -> None:
    corpus = read_posts(data / "xhs_scraper.csv", key=key)
    first, second = (row for _, row in corpus.to_pandas().iterrows())
    assert first["text"] == "Hello from Ohio"
    assert pd.isna(first["title"])
    assert first["hashtags"] == ["a", "b"]
    assert (first["likes"], first["collects"], first["comments"]) == (76000, 10, 1000)
    assert pd.isna(first["shares"])
    assert first["created_at"] == pd.Timestamp("2025-01-14T04:08:00Z")
    assert first["ip_location"] == "US"
    assert set(first["flags"]) == {"zone-assumed", "collects-at-least", "comments-at-least"}
    assert second["title"] == "Cat tax"
    assert second["text"] == "  "
    assert second["created_at"] == pd.Timestamp("2025-01-12T18:36:00Z")
    assert {"no-text", "place-unknown", "zone-assumed"} == set(second["flags"])
    assert corpus.counts["unknown_place_counts"] == {"Narnia": 1}
    assert corpus.counts["unread"] == 0  # it has a title


def test_a_stated_zone_is_no_assumption(data: Path, key: bytes) -> None:
    frame = read_posts(data / "xhs_scraper.csv", key=key, timezone="America/New_York").to_pandas()
    assert frame["created_at"].iloc[0] == pd.Timestamp("2025-01-14T17:08:00Z")
    assert not frame["flags"].map(lambda flags: "zone-assumed" in flags).any()
