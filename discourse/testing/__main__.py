"""``python -m discourse.testing reference FILE.json``: our functions against published values.

Exit codes: 0 all hold, 1 one is off or not covered, 2 wrong usage or a file that cannot be used.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence

from discourse.errors import DiscourseError
from discourse.testing.outcomes import as_json, as_table
from discourse.testing.reference import run_entries


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and return its exit code.

    Parameters
    ----------
    arguments : sequence of str, optional
        The command line; that of the process if left out.

    Returns
    -------
    int
        0, 1 or 2.
    """
    parser = argparse.ArgumentParser(prog="python -m discourse.testing", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    reference = commands.add_parser("reference", help="check our functions against published values")
    reference.add_argument("file", metavar="FILE.json", help="entries with id, input, expected, tolerance")
    reference.add_argument("--json", action="store_true", help="print the outcomes as JSON, values in full")
    options = parser.parse_args(arguments)
    for stream in (sys.stdout, sys.stderr):  # a GBK console knows no emoji
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    try:
        outcomes = run_entries(options.file)
    except DiscourseError as error:
        print(f"discourse.testing: {error}", file=sys.stderr)
        return error.exit_code
    if options.json:
        print(json.dumps(as_json(outcomes), ensure_ascii=False, indent=1, allow_nan=False))
    else:
        print(as_table(outcomes))
    return 0 if all(outcome.ok for outcome in outcomes) else 1


if __name__ == "__main__":
    sys.exit(main())
