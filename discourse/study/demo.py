"""The demo study, with its made-up coders at hand."""

from __future__ import annotations

import importlib.util
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from discourse.errors import StudyError
from discourse.shipped import shipped_path
from discourse.study.load import load_study
from discourse.study.progress import Progress, Silent
from discourse.study.run import run_study


def run_demo(
    out: str | Path,
    overrides: Sequence[str] = (),
    *,
    progress: Progress | None = None,
    **options: Any,
) -> dict[str, Any]:
    """Run the demo study that ships with the package.

    Parameters
    ----------
    out : path
        Folder for the results.
    overrides : sequence of str
        Values that replace those of the study, each ``"key=value"``.
    progress : Progress, optional
        Told what happens.
    **options
        As for :func:`discourse.run_study`.

    Returns
    -------
    dict
        As :func:`discourse.run_study` gives it.

    Notes
    -----
    The coded sample of the demo was drawn by the instrument of its day.  Whoever changes the instrument is
    told so, as with any codes; since the coders of the demo are made up, they code a new sample at once.
    """
    study = load_study(shipped_path("reports", "tiktok-refugees", "study.toml"), overrides)
    progress = progress or Silent()
    try:
        return run_study(study, out, progress=progress, **options)
    except StudyError as error:
        if study.validation is None or not (error.where or "").startswith("validation.codes"):
            raise
        progress.say(f"   note: {error.message}; the made-up coders of the demo code a new sample")
    with tempfile.TemporaryDirectory(prefix="discourse-") as folder:
        codes = Path(folder, "codes")
        code_demo(codes)
        anew = study.validation.model_copy(update={"codes": (str(codes),)})
        return run_study(study.model_copy(update={"validation": anew}), out, progress=progress, **options)


def code_demo(folder: Path) -> None:
    """Draw posts of the demo by the instrument of today, and let its made-up coders code them.

    Parameters
    ----------
    folder : path
        A new folder for the sample and its codes.
    """
    script = shipped_path("corpora", "tiktok-refugees-demo", "coders.py")
    spec = importlib.util.spec_from_file_location("discourse_demo_coders", script)
    if spec is None or spec.loader is None:  # pragma: no cover
        raise StudyError("the coders of the demo cannot be loaded", where=str(script))
    coders = importlib.util.module_from_spec(spec)
    before = list(sys.path)
    try:
        spec.loader.exec_module(coders)
        coders.simulate(folder)
    finally:
        sys.path[:] = before
