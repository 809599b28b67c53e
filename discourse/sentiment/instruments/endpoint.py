"""An OpenAI-compatible endpoint, asked with the standard library: retries with back-off, no secrets kept."""

from __future__ import annotations

import http.client
import json
import os
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from discourse.errors import DiscourseError, ParameterError

PASSING = frozenset({408, 409, 425, 429, 500, 502, 503, 504, 529})
LONGEST_PAUSE = 60.0


class EndpointRefused(DiscourseError):
    """The endpoint will answer no post at all: wrong address, key or model."""


@dataclass(frozen=True)
class Reply:
    """What came back: the words, or the reason why there are none."""

    words: str | None
    reason: str = ""
    tries: int = 1
    tokens: int | None = None


@dataclass(frozen=True)
class Endpoint:
    """Where texts go.

    Parameters
    ----------
    url : str
        The base address, such as ``http://127.0.0.1:8000/v1``; ``/chat/completions`` is added.
    model : str
        Name of the model.
    temperature : float
        0 for the same answer each time, as far as the endpoint can.
    key_env : str, optional
        Environment variable that holds the key; the key itself is never written anywhere.
    timeout : float
        Seconds to wait for one answer.
    tries : int
        How often one post is asked at most.
    pause : float
        Seconds before the second try; doubled for each further one, or as long as the endpoint asks.
    """

    url: str
    model: str
    temperature: float = 0.0
    key_env: str | None = None
    timeout: float = 60.0
    tries: int = 5
    pause: float = 1.0
    sleep: Callable[[float], None] = field(default=time.sleep, repr=False, compare=False)

    def __post_init__(self) -> None:
        parts = urlsplit(self.url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise ParameterError(f"{self.url!r} is no address", expected="http://... or https://...")
        if parts.username or parts.password:
            raise ParameterError(
                "the address holds a password", hint="put the key in an environment variable: key_env"
            )
        if not self.model:
            raise ParameterError("no model is named", expected="the model's name at the endpoint")
        if self.key_env and not os.environ.get(self.key_env):
            raise ParameterError(f"the environment variable {self.key_env} is empty", where="key_env")

    @property
    def host(self) -> str:
        """The machine that receives the texts."""
        return str(urlsplit(self.url).hostname)

    def ask(self, system: str, user: str) -> Reply:
        """Ask about one post.

        Parameters
        ----------
        system, user : str
            Instruction and post.

        Returns
        -------
        Reply
            Words, or the reason why there are none after all tries.

        Raises
        ------
        EndpointRefused
            If the address cannot be reached, or the key or the model is refused.
        """
        body = json.dumps(
            {
                "model": self.model,
                "temperature": self.temperature,
                "max_tokens": 200,
                "messages": [{"role": "system", "content": system}, {"role": "user", "content": user}],
            }
        ).encode("ascii")
        reason = ""
        for attempt in range(1, self.tries + 1):
            try:
                words, tokens = self._once(body)
                return Reply(words, "", attempt, tokens)
            except urllib.error.HTTPError as error:
                reason, wait = self._http_reason(error), _asked_pause(error)
            except (TimeoutError, http.client.HTTPException, ConnectionResetError) as error:
                reason, wait = f"no answer in time or cut off ({type(error).__name__})", 0.0
            except urllib.error.URLError as error:
                reason, wait = self._unreachable(error, attempt), 0.0
            except (ValueError, KeyError, IndexError, TypeError):
                reason, wait = "the endpoint's answer has no message", 0.0
            if attempt < self.tries:
                self.sleep(min(LONGEST_PAUSE, max(wait, self.pause * 2 ** (attempt - 1))))
        return Reply(None, reason, self.tries)

    def _once(self, body: bytes) -> tuple[str, int | None]:
        headers = {"Content-Type": "application/json", "User-Agent": "discourse"}
        if self.key_env:
            headers["Authorization"] = f"Bearer {os.environ[self.key_env]}"
        request = urllib.request.Request(
            f"{self.url.rstrip('/')}/chat/completions", data=body, headers=headers, method="POST"
        )
        with urllib.request.urlopen(request, timeout=self.timeout) as response:
            data = json.loads(response.read().decode("utf-8", "replace"))
        words = data["choices"][0]["message"]["content"]
        if not isinstance(words, str):
            raise TypeError("the message is no text")
        return words, _tokens(data)

    def _http_reason(self, error: urllib.error.HTTPError) -> str:
        if error.code not in PASSING and error.code != 400 and error.code != 422:
            raise EndpointRefused(
                f"the endpoint refuses: HTTP {error.code}",
                where=self.url,
                hint="check the address, the model's name and the key; answers so far are kept",
            ) from error
        return f"HTTP {error.code}"

    def _unreachable(self, error: urllib.error.URLError, attempt: int) -> str:
        if isinstance(error.reason, TimeoutError):
            return "no answer in time"
        if attempt >= self.tries:
            raise EndpointRefused(
                f"the endpoint cannot be reached: {error.reason}",
                where=self.url,
                hint="start it or check the address, then run again: answers so far are kept",
            ) from error
        return "cannot be reached"


def _asked_pause(error: urllib.error.HTTPError) -> float:
    asked = error.headers.get("Retry-After", "") if error.headers else ""
    return float(asked) if asked.isdigit() else 0.0


def _tokens(data: dict[str, Any]) -> int | None:
    usage = data.get("usage")
    total = usage.get("total_tokens") if isinstance(usage, dict) else None
    return total if isinstance(total, int) else None
