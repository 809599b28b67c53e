from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from discourse.corpus.read import read_posts

DATA = Path(__file__).resolve().parents[1] / "data"


@pytest.fixture
def data() -> Path:
    """The folder of made-up exports."""
    return DATA


@pytest.fixture
def key() -> bytes:
    return b"a fixed key, for tests only"


@pytest.fixture(autouse=True)
def _own_key_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test touches the user's own key."""
    monkeypatch.setenv("DISCOURSE_KEY_FILE", str(tmp_path / "key" / "project.key"))


@pytest.fixture
def rows(data: Path, key: bytes) -> Callable[..., list[dict[str, Any]]]:
    """Import a file of the data folder; give its posts as dicts without what is unknown."""

    def read(name: str) -> list[dict[str, Any]]:
        posts = read_posts(data / name, key=key).to_pandas().to_dict(orient="records")
        return [{str(k): v for k, v in p.items() if isinstance(v, list) or not pd.isna(v)} for p in posts]

    return read
