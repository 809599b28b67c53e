"""Compile the rules of the lexicon scorer: ``python -m discourse.compiled``.

Never fatal: without mypy, setuptools or a C compiler the rules stay plain Python, which one line says.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from discourse.compiled import BUILT, GROUP, LIBRARY, MODULES, RECORD, digest, library, source_of

#: The modules are typed; what they import besides is taken as it comes, so that no stubs need be read.
_CHECKS = ("--config-file=", "--no-site-packages", "--ignore-missing-imports", "--follow-imports=skip")
_OPTIMISED = "1"  # -O2 takes longer to compile and gives rules that are no quicker
_TAIL = 300  # characters of an error that are shown


def _is_ready() -> bool:
    try:
        return bool(json.loads(RECORD.read_text(encoding="utf-8"))["digest"] == digest())
    except (OSError, ValueError, KeyError, TypeError):
        return False


def compile_rules(folder: Path) -> None:
    """Compile the modules in an empty folder (this process is only for that)."""
    from mypyc.build import mypycify
    from setuptools import setup  # type: ignore[import-untyped]

    sources = [source_of(module).relative_to(source_of("discourse").parent) for module in MODULES]
    for source in sources:
        place = folder / source
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source_of("discourse").parent / source, place)
        for package in place.parents[: len(source.parts) - 1]:
            (package / "__init__.py").touch()
    os.chdir(folder)
    extensions = mypycify(
        [*_CHECKS, "--cache-dir=cache", *map(str, sources)], opt_level=_OPTIMISED, group_name=GROUP
    )
    setup(
        name=GROUP,
        packages=[],
        ext_modules=extensions,
        script_args=["--quiet", "build_ext", "--inplace", f"--parallel={os.cpu_count() or 1}"],
    )


def _keep(folder: Path) -> None:
    """Put what was compiled in its place; the record comes last and makes it valid."""
    RECORD.unlink(missing_ok=True)
    BUILT.mkdir(exist_ok=True)
    for module in (LIBRARY, *MODULES):
        made = folder.joinpath(*module.split("."))
        found = library(module)
        waiting = found.with_name(f"{found.name}.new")
        shutil.copyfile(made.with_name(made.name + found.name.removeprefix(module)), waiting)
        os.replace(waiting, found)
    RECORD.write_text(json.dumps({"digest": digest()}) + "\n", encoding="utf-8", newline="\n")


def build() -> str:
    """Compile the rules if that is needed and can be done; say in one line what came of it."""
    if _is_ready():
        return "the rules are compiled"
    begun = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "discourse.compiled", folder]
        done = subprocess.run(command, capture_output=True, text=True, errors="replace")
        if done.returncode == 0:
            try:
                _keep(Path(folder))
            except OSError as error:
                return (
                    f"the rules stay plain Python, which judges the same at two thirds of the pace: {error}"
                )
            return f"the rules are compiled ({time.monotonic() - begun:.0f} s)"
    lines = (done.stderr.strip() or done.stdout.strip() or "no compiler").splitlines()
    return (
        "the rules stay plain Python, which judges the same at two thirds of the pace:"
        f" they could not be compiled ({lines[-1][:_TAIL]})"
    )


def main() -> None:
    """Compile in the folder that is named, or build."""
    if len(sys.argv) > 1:
        compile_rules(Path(sys.argv[1]))
    else:
        sys.stdout.write(f"== {build()}\n")


if __name__ == "__main__":
    with contextlib.redirect_stdout(sys.stdout if len(sys.argv) < 2 else io.StringIO()):
        main()
