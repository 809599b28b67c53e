"""What slipped through the masks: contact details, names, tokens and keys in a corpus folder.

The door masks what it recognises.  The audit looks again, with the door's own rules and with coarser ones,
through texts, titles, hashtags, further columns, rejects and every byte of the folder.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from discourse.corpus import store
from discourse.corpus.keys import key_path
from discourse.corpus.personal import is_personal
from discourse.corpus.remote import at_hand
from discourse.corpus.urls import is_url
from discourse.errors import InputError
from discourse.tables import AUDIT
from discourse.text.masks import mask
from discourse.text.patterns import EMAIL, MENTION, PLACEHOLDER, URL, compiled

CERTAIN, POSSIBLE = "certain", "possible"
_TEXTS = ("text", "title")
_SHOWN = 12
_CHUNK = 1 << 20

_TOKEN = r"(?i:xsec_token|access_token|refresh_token|session(?:_?id)?|web_session|a1)=[A-Za-z0-9%_\-=.]{8,}"
_HASH = re.compile(r"(?<![0-9a-f])(?:[0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{64})(?![0-9a-f])")
_SPELLED = r"[零〇一二三四五六七八九壹贰叁肆伍陆柒捌玖幺]"
_MAIL_HOST = (
    r"(?i:gmail|qq|163|126|hotmail|outlook|yahoo|icloud|foxmail|sina|sohu|proton(?:mail)?|naver|mail)"
)
_COARSE: tuple[tuple[str, str], ...] = (
    ("email", rf"[A-Za-z0-9._-]{{2,}}\s*(?:\(at\)|\[at\]|艾特| at |@|＠)\s*{_MAIL_HOST}\b"),
    ("phone", r"(?<!\d)1(?:[\s.\-_*·]{0,3}\d){10}(?!\d)"),
    ("phone", rf"(?<!\d)[1一幺](?=\d*{_SPELLED})(?:{_SPELLED}|\d){{10}}(?!\d|{_SPELLED})"),
    (
        "wechat",
        r"(?:薇|威信|徽信|溦|(?<![A-Za-z])(?i:v[❤x心]|wx|weixin)|[+加]\s?[vV])\ufe0f?\s?[:：]?\s?"
        r"(?=[A-Za-z0-9_\-]*[0-9_])[A-Za-z][A-Za-z0-9_\-]{5,19}",
    ),
    ("digits", r"(?<![0-9A-Za-z.])\d{9,}(?![0-9A-Za-z])"),
    ("handle", r"[@＠][^\s@＠,，。!！?？:：;；#\[\]()（）]{2,20}"),
    ("profile", r"(?<![A-Za-z])(?i:user|profile|u)/[A-Za-z0-9_\-]{6,}"),
)


@dataclass(frozen=True, slots=True)
class _Hit:
    kind: str
    certainty: str
    start: int
    stop: int


def audit_corpus(folder: str | Path, key: bytes | None = None) -> pd.DataFrame:
    """Look for people and secrets in a corpus folder.

    Parameters
    ----------
    folder : path or url
        An imported or saved corpus.
    key : bytes, optional
        The project key, to look for it in every file.  Default: the key file of this user, if there is one;
        none is made.

    Returns
    -------
    DataFrame
        :data:`discourse.tables.AUDIT`: one row a finding, in the order of files and posts.  ``snippet`` shows
        a few characters around it and the finding itself as dots: the audit repeats no secret.
        ``certain``: the door's rules call it a contact detail, or a column that names people, or the key.
        ``possible``: a coarser rule does; a person must look.

    Raises
    ------
    InputError
        If the folder holds no corpus.

    Notes
    -----
    What no rule knows is not found: a nickname written as a plain word, a name of a school, a quote that a
    search engine finds.  No findings is no proof of anonymity.

    Examples
    --------
    >>> import tempfile
    >>> from discourse.corpus.corpus import Corpus
    >>> posts = pd.DataFrame({"post_id": ["1"], "text": ["call 一三八一二三四五六七八 now"]})
    >>> folder = Corpus.from_pandas(posts).save(tempfile.mkdtemp() + "/c")
    >>> audit_corpus(folder)[["column", "kind", "certainty"]].values.tolist()
    [['text', 'phone', 'possible']]
    """
    if is_url(folder):
        with at_hand([folder]) as ((copy,), _):
            return audit_corpus(Path(copy), key)
    place = Path(folder)
    if not store.is_corpus(place):
        raise InputError(
            "the folder holds no corpus", where=str(place), hint="make one with: discourse import"
        )
    manifest = store.read_manifest(place)
    rows: list[dict[str, Any]] = []
    for part in manifest["parts"]:
        name = f"posts/{part['file']}"
        rows += _posts(store.read_part(place / "posts" / part["file"]), name)
    for reject in store.read_rejects(place / "rejects.csv"):
        where = {"file": "rejects.csv", "post_id": None, "column": f"record, line {reject['line']}"}
        rows += _found(str(reject["record"]), where)
    rows += _settings(manifest)
    rows += _keys(place, key if key is not None else _own_key())
    return AUDIT.conform(pd.DataFrame(rows, columns=AUDIT.names))


def exit_code(findings: pd.DataFrame) -> int:
    """Say how ``discourse audit`` ends.

    Parameters
    ----------
    findings : DataFrame
        From :func:`audit_corpus`.

    Returns
    -------
    int
        1 if anything certain was found, else 0; what is only possible is printed and wants a person's eyes.

    Examples
    --------
    >>> exit_code(AUDIT.empty())
    0
    """
    return int((findings["certainty"] == CERTAIN).any())


def _posts(part: pd.DataFrame, file: str) -> Iterator[dict[str, Any]]:
    columns = [
        name
        for name in ("post_id", "author", "text", "title", "hashtags", "docvars", "source_file")
        if name in part
    ]
    for row in part[columns].to_dict(orient="records"):
        where = {"file": file, "post_id": row["post_id"]}
        for name in _TEXTS:
            if isinstance(row.get(name), str):
                yield from _found(row[name], {**where, "column": name})
        tags = row.get("hashtags")
        for tag in tags if isinstance(tags, list) else ():
            yield from _found(tag, {**where, "column": "hashtags"})
        if isinstance(row.get("docvars"), str):
            yield from _docvars(row["docvars"], where)
        author = row.get("author")
        if isinstance(author, str) and not re.fullmatch(r"a-[0-9a-f]{16}", author):
            yield _row({**where, "column": "author"}, "author", POSSIBLE, "•" * min(len(author), _SHOWN))


def _docvars(text: str, where: dict[str, Any]) -> Iterator[dict[str, Any]]:
    try:
        values = json.loads(text)
    except ValueError:
        values = {"docvars": text}
    for name, value in _flat(values):
        at = {**where, "column": f"docvars.{name}"}
        if is_personal(name):
            yield _row(at, "personal column", CERTAIN, "•" * _SHOWN)
        elif isinstance(value, str):
            yield from _found(value, at)
            if _HASH.search(value):
                yield _row(at, "hash", POSSIBLE, "•" * _SHOWN)
        elif isinstance(value, int) and not isinstance(value, bool) and value >= 10**9:
            yield from _found(str(value), at)


def _flat(values: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    if isinstance(values, dict):
        for name, value in values.items():
            yield from _flat(value, f"{path}.{name}" if path else str(name))
    elif isinstance(values, list):
        for value in values:
            yield from _flat(value, path)
    else:
        yield path, values


def _settings(manifest: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Look through the card and the unknown places, which are words of the exports."""
    for name, value in _flat({k: manifest.get(k) for k in ("card",)}):
        if isinstance(value, str):
            yield from _found(value, {"file": store.MANIFEST, "post_id": None, "column": name})
    for place in manifest["counts"].get("unknown_places", []):
        yield from _found(str(place), {"file": store.MANIFEST, "post_id": None, "column": "unknown_places"})


def _found(text: str, where: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for hit in _hits(text):
        yield _row(where, hit.kind, hit.certainty, _snippet(text, hit))


def _hits(text: str) -> list[_Hit]:
    """Find what is left, the sure rules first; a place is reported once."""
    hits: list[_Hit] = []
    for match in re.finditer(_TOKEN, text):
        hits.append(_Hit("token", CERTAIN, *match.span()))
    for kind, pattern in (("email", EMAIL), ("url", URL), ("handle", MENTION)):
        hits += [_Hit(kind, CERTAIN, *m.span()) for m in compiled(pattern).finditer(text)]
    hits = [hit for hit in hits if not _is_placeholder(text[hit.start : hit.stop])]
    found = {"mention" if hit.kind == "handle" else hit.kind for hit in hits}
    hits += [_Hit(kind, CERTAIN, 0, 0) for kind in mask(text).kinds if kind not in found]
    for kind, pattern in _COARSE:
        hits += [_Hit(kind, POSSIBLE, *m.span()) for m in re.finditer(pattern, text)]
    kept: list[_Hit] = []
    for hit in hits:
        inside = any(hit.start < other.stop and other.start < hit.stop for other in kept)
        if not inside and not _is_placeholder(text[hit.start : hit.stop]):
            kept.append(hit)
    return sorted(kept, key=lambda hit: (hit.start, hit.kind))


def _is_placeholder(found: str) -> bool:
    return compiled(PLACEHOLDER).match(found) is not None or found.startswith(("@user", "＠user"))


def _snippet(text: str, hit: _Hit) -> str:
    """Show a few characters around a finding; the finding itself, and digits beside it, are dots."""
    left = re.sub(r"\d", "•", text[max(0, hit.start - _SHOWN) : hit.start])
    right = re.sub(r"\d", "•", text[hit.stop : hit.stop + _SHOWN])
    return f"{left}{'•' * min(hit.stop - hit.start, _SHOWN)}{right}".replace("\n", " ") if hit.stop else "•"


def _row(where: dict[str, Any], kind: str, certainty: str, snippet: str) -> dict[str, Any]:
    return {**where, "kind": kind, "certainty": certainty, "snippet": snippet}


def _own_key() -> bytes | None:
    try:
        return bytes.fromhex(key_path().read_text(encoding="ascii").strip())
    except (OSError, ValueError):
        return None


def _keys(place: Path, key: bytes | None) -> Iterator[dict[str, Any]]:
    """Look for the key in every file of the folder, as bytes and as digits."""
    if not key:
        return
    forms = {key, key.hex().encode("ascii"), key.hex().upper().encode("ascii")}
    for file in sorted(p for p in place.rglob("*") if p.is_file()):
        if any(_holds(file, form) for form in forms):
            at = {"file": file.relative_to(place).as_posix(), "post_id": None, "column": None}
            yield _row(at, "key", CERTAIN, "•" * _SHOWN)


def _holds(file: Path, wanted: bytes) -> bool:
    with file.open("rb") as handle:
        tail = b""
        while chunk := handle.read(_CHUNK):
            if wanted in tail + chunk:
                return True
            tail = (tail + chunk)[-len(wanted) :]
    return False
