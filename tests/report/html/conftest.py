"""A page in both languages, and a browser that has no network."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from discourse.report.html.page import write_html


@pytest.fixture(scope="session")
def pages(composed, tmp_path_factory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("pages")
    return {
        language: write_html(*composed[language], folder / f"{language}.html") for language in ("en", "zh")
    }


@pytest.fixture
def visit(browser) -> Iterator[Callable[..., Any]]:
    """Open a page offline; ``page.troubles`` collects what the console and the network had to say."""
    contexts = []

    def go(path: Path, width: int = 1280, scheme: str = "light") -> Any:
        context = browser.new_context(
            viewport={"width": width, "height": 800}, color_scheme=scheme, offline=True
        )
        contexts.append(context)
        page = context.new_page()
        page.troubles = []
        page.on("console", lambda message: page.troubles.append(message.text))
        page.on("pageerror", lambda error: page.troubles.append(str(error)))
        page.on("request", lambda request: _outside(request.url, page.troubles))
        page.goto(path.as_uri())
        return page

    yield go
    for context in contexts:
        context.close()


def _outside(url: str, troubles: list[str]) -> None:
    if not url.startswith(("file:", "data:")):
        troubles.append(f"fetched {url}")
