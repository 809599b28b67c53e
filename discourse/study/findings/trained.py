"""What a study says of instruments trained on hand codes: how they did on posts they had not seen."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from discourse.errors import InputError

if TYPE_CHECKING:
    from discourse.sentiment.frame_classifier import FrameClassifier
    from discourse.sentiment.trained.classifier import StanceClassifier
    from discourse.study.material import Material
    from discourse.study.schema import Study

NONE: Final = "the folder of the model holds no held-out figures"
OTHERS: Final = "the held-out figures in the folder are those of another model"
OLD: Final = "the model was trained by an earlier version, which kept no intervals and no calibration"
Parts = dict[str, list[pd.DataFrame]]
#: Macro-F1 is written with six digits; what differs by more than this is of another model.
_NEAR = 1e-4
#: Columns of the quality of frames, as those of labels are called.
_OF_FRAMES = {"frame": "label", "f1_low": "low", "f1_high": "high", "n_hand": "n", "n_found": "n_predicted"}


def uses_trained(study: Study) -> bool:
    """Say whether a study is scored, or any of its frames coded, by what was trained on hand codes."""
    return _stance_folder(study) is not None or any(code.trained for code in study.codes)


def trained_tables(material: Material) -> dict[str, pd.DataFrame]:
    """Read how the trained instruments of a study did on held-out posts.

    Parameters
    ----------
    material : Material
        Its study.

    Returns
    -------
    dict of str to DataFrame
        ``trained_models``, ``trained_accuracy``, ``trained_calibration`` and ``learning_curve``; nothing
        where nothing was trained.

    Notes
    -----
    Nothing is computed: the figures are those that ``discourse train`` and ``FrameClassifier.save`` put
    beside a model.  Where they are missing, or not of this model, ``reason`` of ``trained_models`` says so.
    """
    from discourse.tables import LEARNING_CURVE, TRAINED_ACCURACY, TRAINED_CALIBRATION, TRAINED_MODELS

    if not uses_trained(material.study):
        return {}
    tables = (TRAINED_MODELS, TRAINED_ACCURACY, TRAINED_CALIBRATION, LEARNING_CURVE)
    parts: Parts = {table.name: [] for table in tables}
    folder = _stance_folder(material.study)
    if folder is not None:
        _add_stance(parts, folder, material)
    for place in dict.fromkeys(code.trained for code in material.study.codes if code.trained):
        _add_frames(parts, Path(place), [c.name for c in material.study.codes if c.trained == place])
    return {
        table.name: table.conform(pd.concat(found, ignore_index=True))
        for table in tables
        if (found := parts[table.name])
    }


def _stance_folder(study: Study) -> Path | None:
    kind, colon, folder = study.scorer.name.partition(":")
    return Path(folder.strip()) if colon and kind.strip() == "trained" else None


def _add_stance(parts: Parts, folder: Path, material: Material) -> None:
    """Add what stands beside a model of stances."""
    from discourse.sentiment.trained.classifier import StanceClassifier
    from discourse.sentiment.trained.train import CALIBRATION, CURVE, REPORT

    model = StanceClassifier.load(folder)
    report, about = _read(folder / REPORT), {"kind": "stance", "name": folder.name}
    macro = None if report is None else _macro(report)
    reason = NONE if macro is None else None
    if macro is not None and not _is_of(model, macro):
        reason, macro, report = OTHERS, None, None
    calibration = _read(folder / CALIBRATION) if report is not None else None
    curve = _read(folder / CURVE) if report is not None else None
    if report is not None:
        named = report.rename(columns={"f1_low": "low", "f1_high": "high"})
        parts["trained_accuracy"].append(named.assign(**about))
        if calibration is None or "f1_low" not in report.columns:
            reason = OLD
    for name, table in (("trained_calibration", calibration), ("learning_curve", curve)):
        if table is not None:
            parts[name].append(table.assign(**about))
    row = about | _of_stance(model) | _curve_end(curve) | {"reason": reason}
    row["instrument"] = next(iter(material.instruments.values()), None)
    if macro is not None:
        row |= {
            name: macro.get(given)
            for name, given in {"low": "f1_low", "high": "f1_high", "level": "level"}.items()
        }
    parts["trained_models"].append(pd.DataFrame([row]))


def _of_stance(model: StanceClassifier) -> dict[str, Any]:
    return {
        "n_codes": model.n_training_,
        "labels": ", ".join(str(label) for label in model.classes_),
        "macro_f1": model.validation_,
        "features": ", ".join(_features(model)),
        # without a machine for each target there is no support vector machine, and nothing that has a cost
        "cost": model.strength_.cost if model.own_targets_ else None,
        "penalty": model.strength_.penalty,
        "temperature": model.temperature_,
        "training_hash": model.training_hash_,
        "notes": "; ".join(note for note in model.notes_ if "sentence embeddings" not in note) or None,
    }


def _features(model: StanceClassifier) -> list[str]:
    """List what a model reads, in the order of a post: itself, what is near the target, what it answers."""
    sides = [part.side for part in model.machine_.parts]
    views = " ".join(side.view for side in sides)
    found = ["terms"]
    found += ["nearby"] if any(word in views for word in ("before", "near", "clause")) else []
    found += ["lexicon"] if any(side.kind == "tone" for side in sides) else []
    found += ["target"] if any(side.view == "target" for side in sides) else []
    found += ["parents"] if "parent" in views else []
    if model.embeddings_:
        found.append(f"embeddings {model.embeddings_} {model.instruments_.get('embeddings', '')}".strip())
    return found


def _macro(report: pd.DataFrame) -> dict[str, Any] | None:
    found = report[(report["lang"] == "all") & (report["target"] == "all") & (report["label"] == "macro")]
    rows: list[dict[Any, Any]] = found.to_dict("records")
    return rows[0] if rows else None


def _is_of(model: StanceClassifier, macro: dict[str, Any]) -> bool:
    """Whether a report is that of a model: a folder may be copied together from two."""
    return bool(macro["n"] == model.n_training_) and abs(float(macro["f1"]) - model.validation_) < _NEAR


def _curve_end(curve: pd.DataFrame | None) -> dict[str, Any]:
    from discourse.sentiment.trained.learning import still_rising

    return {"rising": None if curve is None else still_rising(curve)}


def _add_frames(parts: Parts, folder: Path, names: list[str]) -> None:
    """Add what stands beside a model of frames, of those that the study codes by it."""
    from discourse.sentiment.frame_classifier import QUALITY, FrameClassifier

    model = FrameClassifier.load(folder)
    quality, about = _read(folder / QUALITY), {"kind": "frame", "name": folder.name}
    reason = NONE if quality is None else None
    if quality is not None and not _are_of(model, quality):
        quality, reason = None, OTHERS
    if quality is not None:
        found = quality[quality["frame"].isin(names)].drop(columns="n")
        renamed = {
            "frame": "label",
            "f1_low": "low",
            "f1_high": "high",
            "n_hand": "n",
            "n_found": "n_predicted",
        }
        parts["trained_accuracy"].append(
            found.rename(columns=renamed).assign(lang="all", target="all", **about)
        )
    row = about | {
        "instrument": f"trained {model.digest}",
        "n_codes": max(model.n_coded_[name] for name in names),
        "labels": ", ".join(names),
        "features": "terms",
        "training_hash": model.digest,
        "reason": reason,
    }
    parts["trained_models"].append(pd.DataFrame([row]))


def _are_of(model: FrameClassifier, quality: pd.DataFrame) -> bool:
    """Whether the figures are of the frames, and of as many coded posts, as the model has learned."""
    counts = dict(zip(quality["frame"].astype(str), quality["n"].astype(int), strict=True))
    return all(counts.get(name) == model.n_coded_[name] for name in model.frames_)


def _read(path: Path) -> pd.DataFrame | None:
    """Read a table beside a model; None where there is none."""
    if not path.is_file():
        return None
    try:
        return pd.read_csv(path, encoding="utf-8", keep_default_na=False, na_values=[""])
    except (OSError, ValueError) as error:
        raise InputError(
            f"the held-out figures of a trained model cannot be read: {error}",
            where=str(path),
            hint="train the model anew, or take the file away: the report says then that there are none",
        ) from error
