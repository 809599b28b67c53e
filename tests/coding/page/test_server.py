"""The server of the coding page answers the coder's own browser, and nobody else."""

from __future__ import annotations

import http.client
import json
import threading

import pytest

from discourse.coding.page.server import PageServer
from discourse.errors import InputError


class Recorder:
    """A deck that remembers what it was sent."""

    def __init__(self):
        self.codes = []
        self.fault = None

    def shown(self):
        return {"items": [{"id": "1", "text": "他们来了</script><script>alert(1)</script>"}]}

    def put(self, unit, variable, value, note):
        if self.fault is not None:
            raise self.fault
        self.codes.append((unit, variable, value, note))


@pytest.fixture
def deck():
    return Recorder()


@pytest.fixture
def server(deck):
    with PageServer(deck, token="the-token") as running:
        thread = threading.Thread(target=running.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        yield running
        running.shutdown()
        thread.join(timeout=5)


def ask(server, method="GET", path="/the-token/", body=None, **headers):
    headers = {name.replace("_", "-"): value for name, value in headers.items()}
    connection = http.client.HTTPConnection("127.0.0.1", server.server_port, timeout=5)
    connection.request(method, path, body=body, headers=headers)
    answer = connection.getresponse()
    found = answer.status, answer.read().decode(), dict(answer.getheaders())
    connection.close()
    return found


def send(server, message, path="/the-token/code", **headers):
    headers = {"Content_Type": "application/json"} | headers
    return ask(server, "POST", path, json.dumps(message), **headers)


CODE = {"id": "1", "variable": "label", "value": "positive", "note": "好"}


def test_it_listens_on_this_machine_only(server):
    assert server.server_address[0] == "127.0.0.1"


def test_each_server_has_an_address_that_cannot_be_guessed():
    with PageServer(Recorder()) as one, PageServer(Recorder()) as two:
        assert one.token != two.token
        assert len(one.token) >= 32


@pytest.mark.parametrize("name", ["", "page.css", "page.js", "deck"])
def test_the_page_is_given_to_who_has_the_token(server, name):
    assert ask(server, path=f"/the-token/{name}")[0] == 200


@pytest.mark.parametrize(
    "path",
    ["/", "/deck", "/the-tokem/", "/the-token", "/the-token-and-more/deck", "/%74he-token/", "/%C3%A9/"],
)
def test_a_wrong_token_is_refused(server, path):
    status, body, _ = ask(server, path=path)
    assert status == 403
    assert "他们" not in body


@pytest.mark.parametrize("host", ["evil.example", "evil.example:80", "127.0.0.1", "127.0.0.1.evil.example"])
def test_another_host_name_is_refused(server, host):
    assert ask(server, Host=host)[0] == 403
    assert send(server, CODE, Host=host)[0] == 403


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://127.0.0.1:1", "file://"])
def test_a_code_from_another_page_is_refused(server, deck, origin):
    assert send(server, CODE, Origin=origin)[0] == 403
    assert deck.codes == []


def test_nothing_is_allowed_to_other_origins(server):
    _, _, headers = ask(server, Origin=f"http://127.0.0.1:{server.server_port}")
    assert not [name for name in headers if name.lower().startswith("access-control")]
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["Cache-Control"] == "no-store"


def test_the_page_may_load_nothing_from_elsewhere_and_run_nothing_inline(server):
    _, page, headers = ask(server)
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert "http:" not in page
    assert "https:" not in page


@pytest.mark.parametrize(
    "path", ["/the-token/../sample.parquet", "/the-token/server.py", "/the-token/assets/page.js"]
)
def test_no_other_file_is_given(server, path):
    assert ask(server, path=path)[0] == 404


def test_a_code_reaches_the_deck_as_it_was_sent(server, deck):
    assert send(server, CODE)[0] == 200
    assert deck.codes == [("1", "label", "positive", "好")]


def test_a_code_without_the_token_is_refused(server, deck):
    assert send(server, CODE, path="/code")[0] == 403
    assert deck.codes == []


@pytest.mark.parametrize(
    "message", [[], {}, "x", {"id": 1, "variable": "label", "value": "positive", "note": ""}, {"id": "1"}]
)
def test_what_is_no_code_is_refused(server, deck, message):
    assert send(server, message)[0] == 400
    assert deck.codes == []


def test_a_form_of_another_page_cannot_send_a_code(server, deck):
    assert send(server, CODE, Content_Type="text/plain")[0] == 400
    assert send(server, CODE, Content_Type="application/x-www-form-urlencoded")[0] == 400
    assert deck.codes == []


def test_a_message_without_end_is_refused(server, deck):
    assert send(server, CODE | {"note": "x" * 70_000})[0] == 400
    assert deck.codes == []


def test_a_refusal_says_why(server, deck):
    deck.fault = InputError("the codebook has no label 'purple'")
    assert send(server, CODE)[:2] == (400, "the codebook has no label 'purple'")


def test_a_file_that_cannot_be_written_is_said(server, deck):
    deck.fault = PermissionError(13, "Permission denied")
    status, body, _ = send(server, CODE)
    assert status == 500
    assert "Permission denied" in body
