"""Adding exports to a corpus that is there: what it holds is staged again, and only new files are read."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from discourse.corpus import store
from discourse.corpus.encodings import LOSSY
from discourse.corpus.keys import key_id
from discourse.errors import InputError


@dataclass(frozen=True)
class Previous:
    """A corpus to which exports are added.

    Parameters
    ----------
    folder : path
        Where it lies.
    manifest : dict
        Its ``corpus.json``.
    """

    folder: Path
    manifest: dict[str, Any]

    @property
    def inputs(self) -> list[dict[str, Any]]:
        """What was imported: ``file``, ``sha256``, ``settings`` and ``sources`` each."""
        return list(self.manifest["inputs"])

    def labels(self) -> set[str]:
        """The names of its files."""
        return {entry["file"] for entry in self.inputs}

    def knows(self, sha256: str, settings: str) -> bool:
        """Say whether a file of these bytes was imported in the same way."""
        return any(entry["sha256"] == sha256 and entry["settings"] == settings for entry in self.inputs)

    def stale(self, hashes: Collection[str]) -> set[str]:
        """Name the sources that will be read anew, in another way."""
        again = [entry for entry in self.inputs if entry["sha256"] in hashes]
        return {label for entry in again for label in (entry["file"], *entry["sources"])}

    def files(self, stale: Collection[str]) -> list[dict[str, Any]]:
        """Give the counts of each file that stays."""
        return [dict(entry) for entry in self.manifest["counts"]["files"] if entry["file"] not in stale]

    def skipped(self, stale: Collection[str]) -> list[dict[str, str]]:
        """Give the files that were left out, and why."""
        return [dict(entry) for entry in self.manifest["counts"]["skipped"] if entry["file"] not in stale]

    def rejects(self, stale: Collection[str]) -> list[dict[str, Any]]:
        """Give the rejects of the files that stay."""
        return [row for row in store.read_rejects(self.folder / "rejects.csv") if row["file"] not in stale]

    def rows(self, stale: Collection[str]) -> Iterator[list[dict[str, Any]]]:
        """Give the posts of the files that stay, part by part, as rows for staging."""
        entries = {entry["file"]: entry for entry in self.manifest["counts"]["files"]}
        for part in self.manifest["parts"]:
            frame = store.read_part(self.folder / "posts" / part["file"])
            rows = [row for row in store.to_rows(frame) if row["source_file"] not in stale]
            for row in rows:
                entry = entries.get(row["source_file"], {})
                row["lossy"] = str(entry.get("encoding", "")).startswith(LOSSY)
                row["weak"] = "mapping" in entry and len(row["post_id"]) < 10
            yield rows


def previous_corpus(folder: Path, key: bytes) -> Previous | None:
    """Open the corpus in a folder for adding to it.

    Parameters
    ----------
    folder : path
        Where exports are imported to.
    key : bytes
        The project key of this import.

    Returns
    -------
    Previous or None
        None if there is no corpus yet.

    Raises
    ------
    InputError
        If it was made under another key, or not by an import.
    """
    if not store.is_corpus(folder):
        return None
    manifest = store.read_manifest(folder)
    if manifest["key_id"] not in (None, key_id(key)):
        raise InputError(
            f"the corpus was made under another project key ({manifest['key_id']}, not {key_id(key)})",
            where=str(folder),
            expected="the same key: under a new one, every author is a new pseudonym",
            hint="restore the key (DISCOURSE_KEY_FILE), or import all exports again into a new folder",
        )
    if not manifest["inputs"] and manifest["counts"]["kept"]:
        raise InputError(
            "the folder holds a corpus that was saved, not imported: exports cannot be added to it",
            where=str(folder),
            hint="name another folder with --out",
        )
    return Previous(folder, manifest)
