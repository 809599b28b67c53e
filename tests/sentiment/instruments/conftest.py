"""A server of our own on 127.0.0.1 that answers as an OpenAI-compatible endpoint would."""

from __future__ import annotations

import contextlib
import json
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest


def judge(post: str) -> str:
    """Answer as a model would that reads one word."""
    label = "absent" if "refugee" not in post.lower() and "难民" not in post else "neutral"
    if label != "absent" and ("lovely" in post or "可爱" in post):
        label = "positive"
    if label != "absent" and "rude" in post:
        label = "negative"
    return json.dumps({"label": label, "strength": "clear", "mixed": False, "words": "refugees"})


class Server:
    """``answer`` takes the post and the number of the request; it gives words, a status, or raises."""

    judge = staticmethod(judge)

    def __init__(self) -> None:
        self.requests: list[dict[str, Any]] = []
        self.headers: list[dict[str, str]] = []
        self.answer: Callable[[str, int], Any] = lambda post, number: judge(post)
        self.at_once = self.most_at_once = 0
        self._lock = threading.Lock()
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def log_message(self, format: str, *args: Any) -> None:
                pass

            def do_POST(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                with outer._lock:
                    outer.requests.append(body)
                    outer.headers.append(dict(self.headers))
                    number = len(outer.requests)
                    outer.at_once += 1
                    outer.most_at_once = max(outer.most_at_once, outer.at_once)
                try:
                    said = outer.answer(json.loads(body["messages"][1]["content"])["post"], number)
                finally:
                    with outer._lock:
                        outer.at_once -= 1  # before the reply: the next request may come at once
                with contextlib.suppress(BrokenPipeError, ConnectionResetError):
                    self._reply(said)

            def _reply(self, said: Any) -> None:
                status = said if isinstance(said, int) else 200
                message = {"choices": [{"message": {"content": said}}], "usage": {"total_tokens": 7}}
                data = said if isinstance(said, bytes) else json.dumps(message).encode()
                self.send_response(status)
                self.send_header("Content-Length", str(len(data)))
                if status == 429:
                    self.send_header("Retry-After", "7")
                self.end_headers()
                self.wfile.write(data)

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}/v1"
        threading.Thread(
            target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True
        ).start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


@pytest.fixture
def server() -> Iterator[Server]:
    made = Server()
    yield made
    made.close()
