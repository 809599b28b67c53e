"""Run the examples of the how-to pages and write their output under them.

python docs/make_examples.py

A block of Python on such a page is run; what it prints, and its last expression, stand in the block of text
under it.  Pages in two languages hold the same code, so that it runs once.
"""

from __future__ import annotations

import ast
import contextlib
import io
import re
from pathlib import Path
from typing import Any

import pandas as pd

DOCS = Path(__file__).parent
PAGES = ("howto-comparison.md", "howto-comparison.zh.md")
#: A block of code, and the block of what it printed, if it printed anything.
BLOCK = re.compile(r"^```python\n(?P<code>.*?)^```\n(?:\n```text\n(?P<output>.*?)^```\n)?", re.M | re.S)


def examples(text: str) -> list[tuple[str, str]]:
    """List the blocks of code of a page, with their output."""
    return [(found["code"], found["output"] or "") for found in BLOCK.finditer(text)]


def outputs(codes: list[str]) -> list[str]:
    """Run blocks of code one after the other in one place, and give what each shows."""
    place: dict[str, Any] = {}
    return [shown(code, place) for code in codes]


def with_outputs(text: str, made: list[str]) -> str:
    """Write the page anew with these outputs."""
    left = iter(made)

    def block(found: re.Match[str]) -> str:
        output = next(left)
        code = f"```python\n{found['code']}```\n"
        return f"{code}\n```text\n{output}```\n" if output else code

    return BLOCK.sub(block, text)


def shown(code: str, place: dict[str, Any]) -> str:
    """Run a block, and give what it prints and the value of its last expression."""
    tree = ast.parse(code)
    last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        exec(compile(tree, "<example>", "exec"), place)
        if isinstance(last, ast.Expr):
            value = eval(compile(ast.Expression(last.value), "<example>", "eval"), place)
            if value is not None:
                said.write(_written(value) + "\n")
    return said.getvalue()


def _written(value: Any) -> str:
    if isinstance(value, pd.DataFrame):
        table = value.to_string(index=False, float_format=lambda number: f"{number:.3f}", na_rep="-")
        return "\n".join(line.rstrip() for line in table.splitlines())
    return str(value)


if __name__ == "__main__":
    pages = {name: (DOCS / name).read_text(encoding="utf-8") for name in PAGES}
    made = outputs([code for code, _ in examples(pages[PAGES[0]])])
    for name, text in pages.items():
        (DOCS / name).write_text(with_outputs(text, made), encoding="utf-8", newline="\n")
