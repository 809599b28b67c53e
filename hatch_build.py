"""Compile the scorer's rules into the wheel where that can be done; without them scoring is only slower."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompiledRules(BuildHookInterface[Any]):
    """Put what ``python -m discourse.compiled`` makes into a wheel.

    The wheel is then for one platform and Python.  Where nothing can be compiled, or with
    ``DISCOURSE_COMPILED=0``, it holds plain Python alone and is for all.  An editable install takes its rules
    from the checkout (``make demo``).
    """

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile, and name the files to be packed."""
        if version == "editable" or os.environ.get("DISCOURSE_COMPILED") == "0":
            return
        command = [sys.executable, "-m", "discourse.compiled"]
        try:
            done = subprocess.run(command, cwd=self.root, capture_output=True, text=True, errors="replace")
        except OSError:
            return
        self.app.display_info(done.stdout.strip() or "the rules stay plain Python")
        built = Path(self.root, "discourse", "compiled", "built")
        if done.returncode or "rules are compiled" not in done.stdout:
            return
        build_data["force_include"] |= {
            str(path): path.relative_to(self.root).as_posix() for path in sorted(built.iterdir())
        }
        build_data["pure_python"] = False
        build_data["infer_tag"] = True
