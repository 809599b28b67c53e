"""The scored posts of a study, written part by part."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from discourse.study import written
from discourse.study.mapped import Mapped


def scores(n):
    rng = np.random.default_rng(0)
    names = {"post_id": [f"p{i}" for i in range(n)], "label": rng.choice(["neutral", "positive"], n)}
    frame = pd.DataFrame(names, dtype="str").assign(score=rng.random(n))
    frame["mixed"] = pd.array(rng.random(n) < 0.5, dtype="boolean")
    frame["created_at"] = pd.to_datetime(rng.integers(0, 10**15, n), unit="us", utc=True)
    return frame


@pytest.mark.parametrize("n", [0, 1, 50])
def test_one_part_is_written_as_pandas_writes_it(n, tmp_path):
    frame = scores(n)
    frame.to_parquet(tmp_path / "plain.parquet", index=False)
    written.write_scores(frame, tmp_path / "data" / "scores.parquet", Mapped())
    made = (tmp_path / "data" / "scores.parquet").read_bytes()
    assert made == (tmp_path / "plain.parquet").read_bytes()


def test_parts_are_read_as_one_table(tmp_path, monkeypatch):
    monkeypatch.setattr(written, "_AT_ONCE", 7)
    frame = scores(50)
    written.write_scores(frame, tmp_path / "scores.parquet", Mapped())
    pd.testing.assert_frame_equal(pd.read_parquet(tmp_path / "scores.parquet"), frame)
