"""From a file of coded posts to a model in a folder."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from discourse.errors import InputError, ParameterError
from discourse.sentiment.trained.classifier import StanceClassifier
from discourse.sentiment.trained.encoders import Choice, wanted
from discourse.sentiment.trained.held_out import calibration, with_intervals
from discourse.sentiment.trained.learning import learning_curve
from discourse.sentiment.trained.posts import gather
from discourse.sentiment.trained.report import report

REPORT, CURVE, CALIBRATION = "report.csv", "learning_curve.csv", "calibration.csv"


@dataclass(frozen=True)
class Training:
    """What came of training.

    ``read`` = ``used`` + ``uncoded``: rows of the file, those trained on, and those without text or label.
    ``report`` compares held-out predictions with the codes (columns of
    :data:`discourse.sentiment.trained.report.COLUMNS`, and the interval of each F1).  ``curve`` says what
    more codes would bring (columns of :data:`discourse.sentiment.trained.learning.COLUMNS`); None where it
    was not asked for, or there were too few codes for one.
    """

    model: StanceClassifier
    folder: Path
    report: pd.DataFrame
    read: int
    used: int
    uncoded: int
    curve: pd.DataFrame | None = None

    def summary(self) -> dict[str, Any]:
        """Say the main figures as plain values, ready for JSON."""
        return {
            "model": str(self.folder),
            "read": self.read,
            "used": self.used,
            "uncoded": self.uncoded,
            "labels": self.model.classes_.tolist(),
            "targets_of_their_own": len(self.model.own_targets_),
            "macro_f1_held_out": round(self.model.validation_, 4),
            "training_hash": self.model.training_hash_,
            "notes": list(self.model.notes_),
        }


def train_file(
    csv: str | Path,
    out: str | Path,
    text_column: str = "text",
    label_column: str = "label",
    target_column: str | None = None,
    parent_column: str | None = None,
    *,
    embeddings: Choice = "auto",
    random_state: int = 0,
    curve: bool = False,
) -> Training:
    """Train on a CSV file of coded posts and write the model into a folder.

    Parameters
    ----------
    csv : str or pathlib.Path
        The file, UTF-8 or GB18030; rows without text or label are left out and counted.
    out : str or pathlib.Path
        Folder to make; beside the model it gets ``report.csv``, ``calibration.csv``, and
        ``learning_curve.csv`` where asked for, which the report of a study prints that is scored by it.
    text_column, label_column : str
        Names of the columns with the posts and their codes.
    target_column, parent_column : str, optional
        Names of the columns with what each is coded toward, and with the post answered.
    embeddings : {"auto", True, False} or str
        As for :class:`StanceClassifier`.
    random_state : int
        As for :class:`StanceClassifier`.
    curve : bool
        Whether a learning curve is made, too (:func:`~discourse.sentiment.trained.learning.learning_curve`):
        it trains up to 20 more models.

    Returns
    -------
    Training
        The model, its folder, the held-out report, the curve, and the counts.

    Raises
    ------
    InputError
        If the file cannot be read or lacks a column.
    ParameterError
        If the codes do not allow training.
    MissingExtra
        If embeddings are asked for and their package is not installed; before anything is read.
    """
    wanted(embeddings)
    path = Path(csv)
    frame = _read(path)
    named = [text_column, label_column, target_column, parent_column]
    _require(frame, [name for name in named if name is not None], path)
    coded = frame[(frame[text_column].str.strip() != "") & (frame[label_column].str.strip() != "")]
    texts, labels = coded[text_column].tolist(), coded[label_column].str.strip().tolist()
    targets = None if target_column is None else coded[target_column].tolist()
    parents = None if parent_column is None else coded[parent_column].tolist()
    model = StanceClassifier(embeddings=embeddings, random_state=random_state)
    model.fit(texts, labels, targets, parents)
    folder = model.save(out)
    held_out = model.classes_[model.held_out_.argmax(axis=1)]
    posts = gather(texts, targets).take(model.rows_.tolist())
    codes = np.asarray(labels)[model.rows_]
    table = with_intervals(report(posts, codes, held_out), posts, codes, held_out)
    _write(table, folder / REPORT)
    _write(calibration(codes == held_out, model.held_out_.max(axis=1)), folder / CALIBRATION)
    learned = _curve(model, (texts, labels, targets, parents), folder) if curve else None
    return Training(model, folder, table, len(frame), len(coded), len(frame) - len(coded), learned)


def _write(table: pd.DataFrame, path: Path) -> None:
    table.to_csv(path, index=False, encoding="utf-8", lineterminator="\n", float_format="%.6g")


def _curve(model: StanceClassifier, posts: tuple[Any, ...], folder: Path) -> pd.DataFrame | None:
    (folder / CURVE).unlink(missing_ok=True)  # that of a model that stood here before
    try:
        found = learning_curve(model, *posts)
    except ParameterError:  # too few for a curve may be enough for a model
        return None
    _write(found, folder / CURVE)
    return found


def _read(path: Path) -> pd.DataFrame:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return pd.read_csv(path, dtype=str, keep_default_na=False, encoding=encoding)
        except UnicodeDecodeError:
            continue
        except (OSError, ValueError) as error:
            raise InputError(f"the file of coded posts cannot be read: {error}", where=str(path)) from error
    raise InputError("the file is neither UTF-8 nor GB18030", where=str(path), hint="save it as UTF-8")


def _require(frame: pd.DataFrame, names: list[str], path: Path) -> None:
    missing = [name for name in names if name not in frame.columns]
    if missing:
        raise InputError(
            f"no column {missing[0]!r}",
            where=f"{path}, line 1",
            expected=", ".join(map(str, frame.columns)),
            hint="name the columns with --text-column, --label-column, --target-column, --parent-column",
        )
