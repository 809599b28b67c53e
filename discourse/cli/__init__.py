"""The command line: arguments in, one library call, an exit code out.

Exit codes: 0 done, 1 failed, 2 wrong usage or input that cannot be used.  What a program may read goes to
stdout; progress and messages go to stderr.
"""

from __future__ import annotations

import errno
import os
import sys
import warnings
from contextlib import redirect_stderr, redirect_stdout
from typing import Annotated, Any, TextIO

import typer

from discourse import __version__
from discourse.cli import coding, plan, posts, quotes, robustness, sentiment, studies, tables, topics
from discourse.cli.chinese import error_zh, message_zh, translate_frames, translate_help
from discourse.cli.coding_words import spoken
from discourse.errors import DiscourseError, InputError
from discourse.terminal import Seen

app = typer.Typer(
    name="discourse",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="markdown",
    help=(
        "What groups of people say about each other online, in Chinese and English at once.\n\n"
        "Start with `discourse demo --out demo-report` and look at its report.pdf; then write a study of "
        "your own with `discourse init` and run it with `discourse run study.toml --out results`."
    ),
)

for group in (studies, tables, posts, sentiment, topics, quotes, robustness, coding, plan):
    app.add_typer(group.commands)


#: What a path can be that somebody named: no fault of ours and none of the machine.
_UNUSABLE = frozenset(
    (
        *(errno.EACCES, errno.EPERM, errno.ENOENT, errno.EISDIR, errno.ENOTDIR, errno.EEXIST),
        *(errno.ENAMETOOLONG, errno.ELOOP, errno.EROFS, errno.ENXIO),
    )
)


def main() -> None:
    """Run the command line; every error that a user can cause ends in one message and exit code 1 or 2."""
    _make_streams_safe()
    with redirect_stdout(Seen(sys.stdout)), redirect_stderr(Seen(sys.stderr)):
        _main()


def _main() -> None:
    warnings.showwarning = _say_warning
    chinese = spoken(None) == "zh"
    try:
        if chinese:
            _run_in_chinese()
        else:
            app(standalone_mode=True)
    except DiscourseError as error:
        print(f"discourse: {error_zh(error) if chinese else error}", file=sys.stderr)
        sys.exit(error.exit_code)
    except KeyboardInterrupt:
        print("discourse: stopped; nothing half-written is left", file=sys.stderr)
        sys.exit(130)
    except MemoryError:
        print("discourse: not enough memory for this corpus", file=sys.stderr)
        sys.exit(1)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
    except OSError as error:
        told = DiscourseError(f"{error.strerror or error}", where=error.filename and str(error.filename))
        if error.errno in _UNUSABLE:
            told = InputError(
                f"a file or folder cannot be used ({error.strerror})",
                where=told.where,
                hint="look whether it is there, a file or a folder, and who may read and write it",
            )
        print(f"discourse: {error_zh(told) if chinese else told}", file=sys.stderr)
        sys.exit(told.exit_code)
    except Exception as error:
        if os.environ.get("DISCOURSE_DEBUG"):
            raise
        print(
            f"discourse: a fault of ours: {type(error).__name__}: {error}\n"
            "  to do:    run again with DISCOURSE_DEBUG=1 and send us what it prints",
            file=sys.stderr,
        )
        sys.exit(1)


def _run_in_chinese() -> None:
    """Run with help and usage errors in Chinese; exit as typer would."""
    command: Any = typer.main.get_command(app)
    translate_help(command)
    translate_frames()
    try:
        code = command(standalone_mode=False)
    except Exception as error:
        if not isinstance(getattr(error, "exit_code", None), int) or isinstance(error, DiscourseError):
            raise
        _say_usage(error)
        sys.exit(error.exit_code)  # type: ignore[attr-defined]
    sys.exit(code if isinstance(code, int) else 0)


def _say_usage(error: Any) -> None:
    """Print what typer has against the arguments; called without any it has printed its help itself."""
    context = getattr(error, "ctx", None)
    said = message_zh(error.format_message())
    if not said:
        return
    path = context.command_path if context is not None else "discourse"
    print(f"discourse: {said}\n  怎么办：用法见 {path} --help", file=sys.stderr)


def _say_warning(
    message: Warning | str,
    category: type[Warning],
    filename: str,
    lineno: int,
    file: TextIO | None = None,
    line: str | None = None,
) -> None:
    """Print what a library call warns of as one line, without the line of code that warned."""
    print(f"note: {message}", file=sys.stderr)


def _make_streams_safe() -> None:
    """Keep a console that cannot show a character (GBK, cp1252) from ending the program."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="backslashreplace")


def _version(wanted: bool) -> None:
    if wanted:
        print(f"discourse {__version__}")
        raise typer.Exit


@app.callback()
def _root(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    pass
