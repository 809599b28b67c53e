"""Nothing on a page changes unseen: the text layer and the look of the report are kept."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest


def _loaded():
    path = Path(__file__).parent / "snapshots" / "snapshots.py"
    spec = importlib.util.spec_from_file_location("report_snapshots", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


snapshots = _loaded()


def test_snapshot_of_the_text_layer(rendered):
    snapshots.needs_poppler()
    language, folder = rendered
    snapshots.same_words(f"made-{language}.txt", snapshots.words(folder / "report.pdf"))


def test_snapshot_of_the_look_of_the_first_pages(rendered):
    snapshots.needs_poppler()
    language, folder = rendered
    snapshots.same_ink(f"made-{language}.ink", snapshots.ink(folder / "report.pdf", [1, 2, 3, 4, 5]))


def test_snapshots_notice_what_moved_and_pass_over_specks():
    page = "== page 1\n" + "\n".join(["0" * snapshots.WIDE] * snapshots.HIGH) + "\n"
    kept = snapshots.HERE / "made-en.ink"
    before = "== page 1\n" + kept.read_text(encoding="utf-8").split("== page 1\n")[1].split("== page")[0]
    cells = [
        abs(int(a) - int(b)) >= snapshots.STEPS for a, b in zip(page, before, strict=False) if a.isdigit()
    ]
    assert sum(cells) / len(cells) > snapshots.SHARE


@pytest.mark.parametrize(
    ("said", "kept"), [("31.2 [25.3, 37.2]", "0 [0, 0]"), ("n = 2,594", "n = 0"), ("7%", "0")]
)
def test_numerals_do_not_count(said, kept):
    assert snapshots._NUMERAL.sub("0", said) == kept
