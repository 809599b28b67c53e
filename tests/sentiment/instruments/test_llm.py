from __future__ import annotations

import json
import subprocess
import sys
import time
import warnings
from pathlib import Path
from typing import Any

import pytest

from discourse.errors import InputError, ParameterError
from discourse.sentiment.instruments.endpoint import Endpoint, EndpointRefused
from discourse.sentiment.instruments.llm import LlmScorer, TextsLeaveTheMachine, read_settings
from discourse.testing.scorers import check_scorer

TEXTS = ["refugees are lovely", "rude refugees", "rain", "难民真可爱", "the refugees came"]
LABELS = ["positive", "negative", "absent", "positive", "neutral"]


def scorer(server: Any, target: Any = "refugees", tries: int = 3, **options: Any) -> LlmScorer:
    made = Endpoint(server.url, "toy", tries=tries, pause=0.0, sleep=lambda seconds: None, timeout=5)
    given = {"recipient": "our own machine", "legal_basis": "test", **options}
    return LlmScorer(target, endpoint=made, **given)


def quietly(made: LlmScorer, texts: list[str], **options: Any) -> list[Any]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", TextsLeaveTheMachine)
        return made.score(texts, **options)


def test_posts_are_judged_in_order(server: Any) -> None:
    judged = quietly(scorer(server), TEXTS)
    assert [j.label for j in judged] == LABELS
    assert [j.score for j in judged[:2]] == [0.7, -0.7]


@pytest.mark.parametrize("missing", ["recipient", "legal_basis"])
def test_recipient_and_legal_basis_are_asked_for(server: Any, missing: str) -> None:
    with pytest.raises(ParameterError, match=f"{missing} is not given"):
        scorer(server, **{missing: " "})


def test_without_an_endpoint_there_is_none() -> None:
    with pytest.raises(ParameterError, match="needs an endpoint"):
        LlmScorer("refugees", recipient="x", legal_basis="y")


def test_it_warns_once_with_the_plan_before_anything_is_sent(server: Any) -> None:
    made = scorer(server)
    with pytest.warns(TextsLeaveTheMachine, match="leave this machine") as caught:
        made.score(TEXTS)
    assert "5 of 5 texts" in str(caught[0].message)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        made.score([*TEXTS, "more refugees"])


def test_the_plan_sends_nothing_and_gives_size_and_cost(server: Any) -> None:
    made = scorer(server, price=2.0)
    plan = made.plan([*TEXTS, TEXTS[0]])
    assert server.requests == []
    assert (plan.texts, plan.to_send, plan.host) == (6, 5, "127.0.0.1")
    assert plan.cost == pytest.approx(plan.tokens * 2 / 1e6)
    assert "our own machine" in str(plan)
    quietly(made, TEXTS[:2])
    assert (made.plan(TEXTS).to_send, made.plan(TEXTS).answered) == (3, 2)
    assert scorer(server).plan(TEXTS).cost is None


def test_the_same_post_is_sent_once_and_never_again(server: Any, tmp_path: Path) -> None:
    record = tmp_path / "answers.jsonl"
    quietly(scorer(server, record=record), TEXTS * 3)
    assert len(server.requests) == len(TEXTS)
    judged = quietly(scorer(server, record=record), TEXTS)
    assert len(server.requests) == len(TEXTS)
    assert [j.label for j in judged] == LABELS


def test_another_prompt_model_parent_or_span_is_another_question(server: Any, tmp_path: Path) -> None:
    record = tmp_path / "answers.jsonl"
    for options in ({}, {"target": "hosts"}):
        quietly(scorer(server, record=record, **options), ["refugees"])
    made = scorer(server, record=record)
    quietly(made, ["refugees"], parents=["above"])
    quietly(made, ["refugees"], spans=[(0, 3)])
    assert len(server.requests) == 4
    quietly(scorer(server, record=record, replies=False), ["refugees"], parents=["above"])
    assert len(server.requests) == 4


def test_the_record_holds_prompt_model_and_answer_but_no_text(server: Any, tmp_path: Path) -> None:
    record = tmp_path / "answers.jsonl"
    made = scorer(server, record=record)
    quietly(made, ["lovely refugees zebra"])
    entry = json.loads(record.read_text(encoding="utf-8"))
    assert set(entry) >= {"prompt", "model", "temperature", "answer", "recipient", "text", "tries"}
    assert json.loads(entry["answer"])["label"] == "positive"
    assert "zebra" not in record.read_text(encoding="utf-8")


def test_garbage_is_asked_again_and_then_na_with_its_reason(server: Any, tmp_path: Path) -> None:
    server.answer = lambda post, number: "As a language model I cannot"
    record = tmp_path / "answers.jsonl"
    (judged,) = quietly(scorer(server, record=record), ["refugees"])
    assert len(server.requests) == 2
    assert judged.label is None
    assert judged.evidence == "no answer: no JSON object in the answer"
    assert json.loads(record.read_text(encoding="utf-8"))["reason"]
    server.answer = lambda post, number: server.judge(post)
    assert quietly(scorer(server, record=record), ["refugees"])[0].label == "neutral"


def test_a_fault_of_the_server_touches_one_post_only(server: Any) -> None:
    server.answer = lambda post, number: 500 if "rude" in post else server.judge(post)
    judged = quietly(scorer(server), TEXTS)
    assert [j.label for j in judged] == ["positive", None, "absent", "positive", "neutral"]
    assert judged[1].evidence == "no answer: HTTP 500"


def test_no_more_than_allowed_are_under_way(server: Any) -> None:
    server.answer = lambda post, number: time.sleep(0.02) or server.judge(post)
    quietly(scorer(server, concurrency=3), [f"refugees {n}" for n in range(20)])
    assert 1 < server.most_at_once <= 3


def test_a_refusal_stops_the_rest_and_keeps_what_was_answered(server: Any, tmp_path: Path) -> None:
    record = tmp_path / "answers.jsonl"
    server.answer = lambda post, number: server.judge(post) if number <= 5 else 401
    with pytest.raises(EndpointRefused, match="401"):
        quietly(scorer(server, record=record, concurrency=1), [f"refugees {n}" for n in range(30)])
    kept = len(record.read_text(encoding="utf-8").splitlines())
    assert kept == 5
    assert len(server.requests) < 30


SCRIPT = """
import sys, warnings
warnings.simplefilter("ignore")
from discourse.sentiment.instruments.endpoint import Endpoint
from discourse.sentiment.instruments.llm import LlmScorer
made = LlmScorer("refugees", endpoint=Endpoint(sys.argv[1], "toy"), recipient="r", legal_basis="l",
                 record=sys.argv[2], concurrency=2)
print([j.label for j in made.score([f"lovely refugees {n}" for n in range(40)])])
"""


def test_a_run_that_was_killed_goes_on_where_it_was(server: Any, tmp_path: Path) -> None:
    record = tmp_path / "answers.jsonl"
    server.answer = lambda post, number: time.sleep(0.05) or server.judge(post)
    command = [sys.executable, "-c", SCRIPT, server.url, str(record)]
    with subprocess.Popen(command) as process:
        deadline = time.monotonic() + 60
        while len(server.requests) < 10 and time.monotonic() < deadline:
            time.sleep(0.01)
        process.kill()
    before = len(record.read_bytes().splitlines())
    assert 0 < before < 40
    asked = len(server.requests)
    server.answer = lambda post, number: server.judge(post)
    made = scorer(server, record=record)
    judged = quietly(made, [f"lovely refugees {n}" for n in range(40)])
    assert [j.label for j in judged] == ["positive"] * 40
    assert len(server.requests) - asked <= 40 - before + 1


def test_it_conforms(server: Any) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", TextsLeaveTheMachine)
        check_scorer(lambda target, **options: scorer(server, target, **options))


def test_a_post_without_words_is_not_sent(server: Any) -> None:
    (judged,) = quietly(scorer(server), [" \n"])
    assert server.requests == []
    assert judged.label is None


def settings(folder: Path, **changes: Any) -> Path:
    data = {
        "url": "http://127.0.0.1:1/v1",
        "model": "toy",
        "recipient": "us",
        "legal_basis": "ours",
        **changes,
    }
    path = folder / "mine.toml"
    lines = [f"{key} = {json.dumps(value)}" for key, value in data.items() if value is not None]
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def test_settings_are_read_and_the_record_lies_beside_them(tmp_path: Path) -> None:
    made = LlmScorer("refugees", **read_settings(settings(tmp_path, temperature=0.5, price=3, concurrency=2)))
    assert made.record.path == tmp_path / "mine-answers.jsonl"
    assert (made.endpoint.temperature, made.price, made.concurrency) == (0.5, 3, 2)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"recipient": None}, "recipient is missing"),
        ({"legal_basis": ""}, "legal_basis is missing"),
        ({"temprature": 1}, "unknown key 'temprature'"),
        ({"concurrency": "4"}, "concurrency cannot be"),
        ({"concurrency": True}, "concurrency cannot be"),
    ],
)
def test_settings_that_cannot_be_used_are_refused(
    tmp_path: Path, changes: dict[str, Any], message: str
) -> None:
    with pytest.raises(InputError, match=message):
        read_settings(settings(tmp_path, **changes))


def test_settings_that_are_not_there_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        read_settings(tmp_path / "none.toml")
