"""A small web server for one coder on one machine.

It listens on 127.0.0.1 only.  Every address begins with a random token, so that no other page or person on
the machine can read the posts or write codes; a request that names another host is refused, so that a page in
the same browser cannot reach it under a name of its own (DNS rebinding); nothing is allowed to other origins.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Protocol

from discourse.errors import DiscourseError

HOST = "127.0.0.1"
_ASSETS = Path(__file__).resolve().parent / "assets"
_FILES = {
    "": ("page.html", "text/html; charset=utf-8"),
    "page.css": ("page.css", "text/css; charset=utf-8"),
    "page.js": ("page.js", "text/javascript; charset=utf-8"),
}
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
_HEADERS = {
    "Content-Security-Policy": _POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cache-Control": "no-store",
}
#: The longest message that a page sends: an id, a label and a note.
_LONGEST = 65_536


class Deck(Protocol):
    """What the page shows, and where it puts the codes."""

    def shown(self) -> Mapping[str, Any]:
        """Give posts, codebook and the codes so far, as plain values."""
        ...

    def put(self, unit: str, variable: str, value: str, note: str) -> None:
        """Write one code to the disk; an empty value takes it back."""
        ...


class PageServer(ThreadingHTTPServer):
    """The server of one deck.

    Parameters
    ----------
    deck : Deck
        What is coded.
    port : int
        Port on 127.0.0.1; 0 takes a free one.
    token : str, optional
        The secret part of the address; drawn at random by default.

    Examples
    --------
    >>> class Empty:
    ...     def shown(self): return {"items": []}
    ...     def put(self, unit, variable, value, note): ...
    >>> with PageServer(Empty(), token="secret") as server:
    ...     server.address.startswith("http://127.0.0.1:"), server.address.endswith("/secret/")
    (True, True)
    """

    daemon_threads = True
    # on Windows this option would let a second program take the same port
    allow_reuse_address = False

    def __init__(self, deck: Deck, port: int = 0, token: str | None = None) -> None:
        self.deck = deck
        self.token = token or secrets.token_urlsafe(24)
        super().__init__((HOST, port), _Page)

    @property
    def address(self) -> str:
        """The address that opens the page."""
        return f"http://{HOST}:{self.server_port}/{self.token}/"

    @property
    def hosts(self) -> tuple[str, str]:
        """The names under which the page may be asked for."""
        return f"{HOST}:{self.server_port}", f"localhost:{self.server_port}"


class _Page(BaseHTTPRequestHandler):
    """Answers the browser of the coder, and nobody else."""

    server: PageServer
    server_version = "discourse"
    sys_version = ""
    timeout = 30

    def do_GET(self) -> None:
        """Give a file of the page, or the deck."""
        name = self._permitted()
        if name is None:
            return
        if name == "deck":
            self._send(200, json.dumps(self.server.deck.shown()).encode(), "application/json")
        elif name in _FILES:
            file, kind = _FILES[name]
            self._send(200, (_ASSETS / file).read_bytes(), kind)
        else:
            self._say(404, "there is no such page")

    def do_POST(self) -> None:
        """Take one code."""
        name = self._permitted()
        if name is None:
            return
        if name != "code":
            self._say(404, "there is no such page")
            return
        message = self._message()
        if message is None:
            self._say(400, "the message is no code")
            return
        try:
            self.server.deck.put(*message)
        except DiscourseError as error:
            self._say(400, error.message)
        except OSError as error:
            self._say(500, f"the file of codes cannot be written: {error.strerror or error}")
        else:
            self._say(200, "saved")

    def _permitted(self) -> str | None:
        """Give the name below the token, or refuse and give None."""
        _, _, rest = self.path.partition("/")
        token, slash, name = rest.partition("/")
        origin = self.headers.get("Origin")
        known = secrets.compare_digest(token.encode(), self.server.token.encode())
        at_home = self.headers.get("Host") in self.server.hosts
        from_home = origin is None or origin.removeprefix("http://") in self.server.hosts
        if known and slash and at_home and from_home:
            return name
        self._say(403, "ask the coding program for its address")
        return None

    def _message(self) -> tuple[str, str, str, str] | None:
        """Read unit, variable, value and note; None where the message is anything else."""
        length = self.headers.get("Content-Length", "")
        kind = self.headers.get("Content-Type", "").partition(";")[0].strip()
        if kind != "application/json" or not length.isascii() or not length.isdigit():
            return None
        if int(length) > _LONGEST:
            return None
        try:
            sent = json.loads(self.rfile.read(int(length)))
        except ValueError:
            return None
        names = ("id", "variable", "value", "note")
        if not isinstance(sent, dict) or not all(isinstance(sent.get(name), str) for name in names):
            return None
        return sent["id"], sent["variable"], sent["value"], sent["note"]

    def _say(self, status: int, text: str) -> None:
        self._send(status, text.encode(), "text/plain; charset=utf-8")

    def _send(self, status: int, body: bytes, kind: str) -> None:
        self.send_response(status)
        for name, value in _HEADERS.items():
            self.send_header(name, value)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        """Write no log: an address holds the token."""
