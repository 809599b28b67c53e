"""Write reference.md: every public name of discourse, by room.

python docs/make_reference.py
"""

from __future__ import annotations

from pathlib import Path
from types import ModuleType

import discourse

ROOMS = {
    "Reading": ("corpus",),
    "Text": ("text",),
    "Sentiment": ("sentiment",),
    "Topics": ("topics",),
    "Coding by hand": ("coding",),
    "Comparison": ("compare",),
    "Study and report": ("study", "report"),
}
HEAD = """# Reference

Every public name of `discourse`, from its docstring. The statistics of `discourse.stats` (arrays in, numbers
out) are listed by question on [a page of their own](which-function.md).
"""


def reference() -> str:
    """Compose the page."""
    homes = {}
    for name in sorted(discourse.__all__):
        found = getattr(discourse, name)
        home = getattr(found, "__module__", "")
        if not isinstance(found, ModuleType) and home.startswith("discourse."):
            homes[name] = home
    lines = [HEAD]
    for title, rooms in ROOMS.items():
        lines += [f"## {title}", ""]
        for name, home in homes.items():
            if home.split(".")[1] in rooms:
                lines += [f"::: {home}.{name}", ""]
    return "\n".join(lines)


if __name__ == "__main__":
    Path(__file__).with_name("reference.md").write_text(reference(), encoding="utf-8", newline="\n")
