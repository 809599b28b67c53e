from __future__ import annotations

import json
import sys
import types
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from discourse.errors import InputError, MissingExtra, ParameterError
from discourse.sentiment.instruments import local_model
from discourse.sentiment.instruments.local_model import TransformersScorer, as_shares, read_labels, sendable
from discourse.testing.scorers import check_scorer


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "模型"
    path.mkdir()
    (path / "config.json").write_text("{}", encoding="utf-8")
    (path / "model.safetensors").write_bytes(b"weights")
    return path


class FakeTokenizer:
    model_max_length = 128
    calls: list[tuple[list[str], list[str] | None]] = []  # noqa: RUF012

    def __call__(self, posts: list[str], second: list[str] | None, **options: Any) -> dict[str, Any]:
        FakeTokenizer.calls.append((posts, second))
        return {"texts": posts}


class FakeModel:
    config = types.SimpleNamespace(id2label={0: "NEG", 1: "neutral", 2: "POS"})

    def eval(self) -> None:
        pass


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """A transformers of our own: posts with 'lovely' are positive, with 'rude' negative."""
    loads: list[dict[str, Any]] = []

    def loader(made: Any) -> Any:
        def from_pretrained(path: str, **options: Any) -> Any:
            loads.append({"path": path, **options})
            return made

        return types.SimpleNamespace(from_pretrained=from_pretrained)

    module = types.ModuleType("transformers")
    module.AutoTokenizer = loader(FakeTokenizer())  # type: ignore[attr-defined]
    module.AutoModelForSequenceClassification = loader(FakeModel())  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "transformers", module)

    def probabilities(tokenizer: Any, model: Any, posts: list[str], second: Any) -> list[list[float]]:
        tokenizer(posts, second)
        return [
            [0.1, 0.1, 0.8] if "lovely" in p else [0.9, 0.1, 0.0] if "rude" in p else [0.1, 0.8, 0.1]
            for p in posts
        ]

    monkeypatch.setattr(local_model, "_probabilities", probabilities)
    FakeTokenizer.calls = []
    return loads


def test_posts_are_judged_in_order_whatever_their_length(folder: Path, fake: list[Any]) -> None:
    scorer = TransformersScorer("refugees", folder=folder, batch_size=2)
    texts = ["refugees, so lovely and a long long post", "rude refugees", "no one", "the refugees came"]
    judged = scorer.score(texts)
    assert [j.label for j in judged] == ["positive", "negative", "absent", "neutral"]
    assert judged[0].score == pytest.approx(0.7)


def test_nothing_is_fetched_and_no_code_is_run(folder: Path, fake: list[dict[str, Any]]) -> None:
    TransformersScorer("refugees", folder=folder)
    assert all(load["local_files_only"] and not load["trust_remote_code"] for load in fake)
    assert fake[1]["use_safetensors"] is True
    assert fake[0]["path"] == str(folder.resolve())


@pytest.mark.parametrize("name", ["bert-base-chinese", "cardiffnlp/twitter-roberta", "https://hub/x", None])
def test_a_name_that_is_no_folder_is_refused(name: str | None, fake: list[Any]) -> None:
    with pytest.raises(InputError, match="folder") as caught:
        TransformersScorer("refugees", folder=name)
    assert "never downloaded" in str(caught.value)


def test_pickled_weights_are_refused(folder: Path, fake: list[Any]) -> None:
    (folder / "model.safetensors").rename(folder / "pytorch_model.bin")
    with pytest.raises(InputError, match="no model"):
        TransformersScorer("refugees", folder=folder)


def test_it_conforms(folder: Path, fake: list[Any]) -> None:
    check_scorer(lambda target, **options: TransformersScorer(target, folder=folder, **options))


def test_the_target_goes_in_as_a_pair_where_the_model_wants_it(folder: Path, fake: list[Any]) -> None:
    (folder / "discourse.toml").write_text("pair = true\n", encoding="utf-8")
    scorer = TransformersScorer("refugees", folder=folder)
    scorer.score(["so lovely, these newcomers"], spans=[(17, 26)])
    assert FakeTokenizer.calls == [(["so lovely, these newcomers"], ["newcomers"])]
    assert " pair;" in scorer.instrument


def test_the_name_of_the_instrument_changes_with_the_weights(folder: Path, fake: list[Any]) -> None:
    first = TransformersScorer("refugees", folder=folder).instrument
    (folder / "model.safetensors").write_bytes(b"other")
    assert TransformersScorer("refugees", folder=folder).instrument != first
    assert "mentions by lexicon" in first


def test_labels_that_say_nothing_need_a_file(folder: Path, fake: list[Any], monkeypatch: Any) -> None:
    monkeypatch.setattr(FakeModel, "config", types.SimpleNamespace(id2label={0: "LABEL_0", 1: "LABEL_1"}))
    with pytest.raises(InputError, match="LABEL_0") as caught:
        TransformersScorer("refugees", folder=folder)
    assert "discourse.toml" in str(caught.value)
    (folder / "discourse.toml").write_text("[labels]\nLABEL_0 = 'negative'\nLABEL_1 = 1\n", encoding="utf-8")
    TransformersScorer("refugees", folder=folder)
    (folder / "discourse.toml").write_text("[label]\n", encoding="utf-8")
    with pytest.raises(ParameterError, match="unknown key 'label'"):
        TransformersScorer("refugees", folder=folder)


def test_stars_may_be_numbers() -> None:
    names = {i: f"{i + 1} stars" for i in range(5)}
    values = read_labels(names, {f"{i + 1} stars": (i - 2) / 2 for i in range(5)}, "x")
    assert values == [-1.0, -0.5, 0.0, 0.5, 1.0]
    assert as_shares([0, 0, 0, 0.5, 0.5], values) == pytest.approx((0.75, 0.25, 0.0))
    with pytest.raises(InputError, match="two sides"):
        read_labels({0: "positive", 1: "neutral"}, None, "x")


def test_without_the_package_the_message_says_what_to_install(folder: Path, monkeypatch: Any) -> None:
    monkeypatch.setitem(sys.modules, "transformers", None)
    with pytest.raises(MissingExtra, match="transformers and torch") as caught:
        TransformersScorer("refugees", folder=folder)
    assert "discourse[transformers]" in str(caught.value)


def test_what_no_encoder_takes_is_replaced() -> None:
    assert sendable("a\ud800\0b😀") == "a\ufffd\ufffdb😀"


def test_a_real_model_made_here(tmp_path: Path) -> None:
    transformers = pytest.importorskip("transformers", reason="the extra transformers is not installed")
    torch = pytest.importorskip("torch", reason="the extra transformers is not installed")
    words = [
        "[PAD]",
        "[UNK]",
        "[CLS]",
        "[SEP]",
        "[MASK]",
        "the",
        "refugees",
        "are",
        "lovely",
        "rude",
        "难",
        "民",
    ]
    (tmp_path / "vocab.txt").write_text("\n".join(words), encoding="utf-8")
    torch.manual_seed(0)
    config = transformers.BertConfig(
        vocab_size=len(words),
        hidden_size=16,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=16,
        max_position_embeddings=64,
        id2label={0: "negative", 1: "neutral", 2: "positive"},
        label2id={"negative": 0, "neutral": 1, "positive": 2},
    )
    transformers.BertForSequenceClassification(config).save_pretrained(tmp_path)
    tokenizer = transformers.BertTokenizer(str(tmp_path / "vocab.txt"), model_max_length=64)
    tokenizer.save_pretrained(tmp_path)
    check_scorer(lambda target, **options: TransformersScorer(target, folder=tmp_path, **options))
    judged = TransformersScorer("refugees", folder=tmp_path, pair=True).score(["the refugees are lovely"])
    assert np.isfinite(judged[0].score)
    assert json.loads((tmp_path / "config.json").read_text(encoding="utf-8"))["vocab_size"] == len(words)
