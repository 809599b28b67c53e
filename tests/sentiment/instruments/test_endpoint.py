from __future__ import annotations

import socket
import time
from typing import Any

import pytest

from discourse.errors import ParameterError
from discourse.sentiment.instruments.endpoint import Endpoint, EndpointRefused


def endpoint(server: Any, **options: Any) -> Endpoint:
    return Endpoint(server.url, "toy", **{"pause": 0.0, "sleep": lambda seconds: None, **options})


def ask(made: Endpoint) -> Any:
    return made.ask("system", '{"post": "refugees"}')


def test_a_question_goes_out_as_the_interface_wants_it(server: Any, monkeypatch: Any) -> None:
    monkeypatch.setenv("TOY_KEY", "secret")
    reply = ask(endpoint(server, key_env="TOY_KEY", temperature=0.3))
    assert (reply.tokens, reply.tries) == (7, 1)
    body = server.requests[0]
    assert (body["model"], body["temperature"]) == ("toy", 0.3)
    assert [message["role"] for message in body["messages"]] == ["system", "user"]
    assert server.headers[0]["Authorization"] == "Bearer secret"


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
def test_a_passing_fault_is_tried_again_with_growing_pauses(server: Any, status: int) -> None:
    pauses: list[float] = []
    server.answer = lambda post, number: status if number < 4 else "fine"
    reply = ask(endpoint(server, pause=0.5, sleep=pauses.append))
    assert (reply.words, reply.tries) == ("fine", 4)
    assert pauses == ([7.0, 7.0, 7.0] if status == 429 else [0.5, 1.0, 2.0])


def test_after_all_tries_there_is_a_reason(server: Any) -> None:
    server.answer = lambda post, number: 500
    reply = ask(endpoint(server, tries=3))
    assert (reply.words, reply.reason, reply.tries) == (None, "HTTP 500", 3)
    assert len(server.requests) == 3


def test_a_slow_answer_is_given_up(server: Any) -> None:
    server.answer = lambda post, number: time.sleep(0.5) or "late"
    reply = ask(endpoint(server, timeout=0.1, tries=2))
    assert reply.words is None
    assert "in time" in reply.reason


@pytest.mark.parametrize(
    "data", [b"not json", b"{}", b'{"choices": []}', b'{"choices": [{"message": {"content": null}}]}']
)
def test_an_answer_without_a_message_has_a_reason(server: Any, data: bytes) -> None:
    server.answer = lambda post, number: data
    assert ask(endpoint(server, tries=2)).reason == "the endpoint's answer has no message"


@pytest.mark.parametrize("status", [401, 403, 404])
def test_a_refusal_ends_the_run(server: Any, status: int) -> None:
    server.answer = lambda post, number: status
    with pytest.raises(EndpointRefused, match=str(status)):
        ask(endpoint(server))
    assert len(server.requests) == 1


def test_a_machine_that_is_not_there_ends_the_run() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    made = Endpoint(f"http://127.0.0.1:{port}/v1", "toy", tries=2, sleep=lambda seconds: None)
    with pytest.raises(EndpointRefused, match="cannot be reached"):
        ask(made)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"url": "file:///etc/passwd"}, "no address"),
        ({"url": "127.0.0.1:80"}, "no address"),
        ({"url": "http://me:pw@x/v1"}, "password"),
        ({"model": ""}, "no model"),
        ({"key_env": "NOT_SET_ANYWHERE"}, "is empty"),
    ],
)
def test_settings_that_cannot_work_are_refused(options: dict[str, str], message: str) -> None:
    with pytest.raises(ParameterError, match=message):
        Endpoint(**{"url": "http://127.0.0.1/v1", "model": "toy", **options})  # type: ignore[arg-type]
