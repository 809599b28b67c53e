"""Write the demo corpus, or check that the committed files are what this writes.

    python corpora/tiktok-refugees-demo/generate.py            writes the files beside itself
    python corpora/tiktok-refugees-demo/generate.py --check    compares, byte for byte

Needs nothing but Python.  Everything that is planted stands in parameters.toml.
"""

from __future__ import annotations

import hashlib
import json
import sys
import tomllib
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

from claims import claims  # noqa: E402
from copies import paste_copies  # noqa: E402
from draws import Draws  # noqa: E402
from export import export_files  # noqa: E402
from people import make_authors  # noqa: E402
from posts import Post, Writer  # noqa: E402
from schedule import fill_slots, make_slots, make_threads, set_moments  # noqa: E402
from truth import gold_sheet, summarise  # noqa: E402


def generate() -> dict[str, bytes]:
    """Make every file of the corpus.

    Returns
    -------
    dict of str to bytes
        Name relative to this folder, and content.
    """
    planted = tomllib.loads((HERE / "parameters.toml").read_text(encoding="utf-8"))
    draw = Draws(planted["seed"], "schedule")
    threads = make_threads(planted, draw)
    slots = make_slots(planted, threads, draw)
    fill_slots(slots, make_authors(planted), draw)
    writer = Writer(planted)
    written = [writer.thread(thread) for thread in set_moments(slots, draw)]
    paste_copies(written, planted["seed"])
    posts = [post for thread in written for post in thread]
    exports, damage = export_files(written, planted["seed"])
    realised = summarise(posts, planted)
    truth = {"planted": planted, "realised": realised, "claims": claims(posts, realised), "damage": damage}
    files = {f"exports/{name}": content for name, content in exports.items()}
    files["gold.csv"] = gold_sheet(posts)
    files["truth.json"] = (json.dumps(truth, ensure_ascii=False, indent=1) + "\n").encode()
    files["card.toml"] = _card(files, posts)
    return files


def _card(files: dict[str, bytes], posts: list[Post]) -> bytes:
    template = (HERE / "card.template.toml").read_text(encoding="utf-8")
    hashes = "".join(
        f'"{name}" = "{hashlib.sha256(content).hexdigest()}"\n' for name, content in files.items()
    )
    counts = f"posts = {len(posts)}\nauthors = {len({p.author.user_id for p in posts})}\n"
    return f"{template}\n[counts]\n{counts}\n[sha256]\n{hashes}".encode()


def main(arguments: list[str]) -> int:
    """Write the files, or with ``--check`` compare them; return the exit code."""
    files = generate()
    if arguments == ["--check"]:
        stale = [
            n
            for n, content in files.items()
            if not (HERE / n).is_file() or (HERE / n).read_bytes() != content
        ]
        print(
            f"stale: {', '.join(stale)}" if stale else f"all {len(files)} files are what generate.py writes"
        )
        return int(bool(stale))
    if arguments:
        print("usage: generate.py [--check]")
        return 2
    for name, content in files.items():
        (HERE / name).parent.mkdir(exist_ok=True)
        (HERE / name).write_bytes(content)
        print(f"{len(content):>9,}  {name}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
