"""The command that serves the coding page: code serve."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Literal

import typer

from discourse.errors import InputError, ParameterError

commands = typer.Typer()


@commands.command()
def serve(
    folder: Annotated[Path, typer.Argument(help="The folder of a sample, from `discourse code sample`.")],
    coder: Annotated[str | None, typer.Option(help="Who codes; asked for where there are several.")] = None,
    language: Annotated[Literal["en", "zh"] | None, typer.Option(help="Language of the page.")] = None,
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port on this machine; 0: a free one.")] = 0,
    browser: Annotated[bool, typer.Option("--browser/--no-browser", help="Open the page.")] = True,
) -> None:
    """Code posts by keyboard on a page that only this machine sees; every key is saved at once."""
    import webbrowser

    from discourse.coding.page.deck import CoderDeck
    from discourse.coding.page.server import PageServer
    from discourse.coding.sample import read_design

    deck = CoderDeck(folder, _chosen(read_design(folder).coders, coder), language)
    try:
        server = PageServer(deck, port)
    except OSError as error:
        raise InputError(f"the port {port} is not free", where="--port", hint="leave --port away") from error
    given, wanted = deck.counts
    print(f"{deck.coder}: {given} of {wanted} coded; stop with Ctrl+C", file=sys.stderr)
    if deck.older:
        print(f"note: {deck.older} codes were given under another version of the codebook", file=sys.stderr)
    print(server.address, flush=True)
    if browser:
        webbrowser.open(server.address)
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        given, wanted = deck.counts
        print(f"{given} of {wanted} coded; all are saved", file=sys.stderr)
    finally:
        server.server_close()


def _chosen(coders: tuple[str, ...], coder: str | None) -> str:
    """Take the only coder there is, or ask for a name."""
    if coder is None and len(coders) == 1:
        return coders[0]
    if coder is None:
        raise ParameterError("several people code this sample", expected="--coder " + " | ".join(coders))
    return coder
