from __future__ import annotations

from pathlib import Path

import pytest

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
