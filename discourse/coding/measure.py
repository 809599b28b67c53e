"""How good is the instrument?  Its labels against the codes of people, weighted to all posts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from discourse.coding.codebook import GROUP, STANCE
from discourse.coding.differential import differential_error
from discourse.coding.final import coded_units
from discourse.coding.further import TOPIC, YES, further_units
from discourse.coding.weighted import NOTHING, Share, clusters_of, share_from_influence, weighted_share
from discourse.errors import InputError, ParameterError
from discourse.tables import ACCURACY, CALIBRATION, CLASS_ACCURACY, CONFUSION

if TYPE_CHECKING:
    from discourse.coding.sample import Sample

ORDER = ("positive", "neutral", "negative", "absent")


def measure(
    sample: Sample,
    codes: pd.DataFrame,
    *,
    level: float = 0.95,
    margin: float = 0.05,
    variable: str | None = None,
) -> dict[str, pd.DataFrame]:
    """Compare the frozen labels of an instrument with the codes of people.

    Parameters
    ----------
    sample : Sample
        A validation sample.
    codes : DataFrame
        Its codes, from :func:`discourse.read_codes`; a part of the sample is enough to begin with.
    level : float
        Level of the intervals.
    margin : float
        Differences between groups within plus and minus this are taken as none, if the interval lies there.
    variable : str, optional
        Variable of the codebook; by default ``label``, or ``group`` where authors were coded.  Frames and
        emotions (``frame:NAME``) are measured one by one.

    Returns
    -------
    dict of str to DataFrame
        ``accuracy``, ``class_accuracy``, ``confusion``, ``calibration`` and ``differential``; see
        :mod:`discourse.tables`.  All figures are weighted by one over the probability of being drawn and
        coded, and stand for the whole frame.

    Raises
    ------
    ParameterError
        If the sample was not drawn to validate.
    NotMeasurable
        If nothing was coded.

    Notes
    -----
    Song et al. (2020) doi:10.1080/10584609.2020.1723752.  Weighted since strata are drawn unequally: the
    plain share of right labels in such a sample is that of no population.

    Examples
    --------
    >>> from discourse.coding.draw import draw_sample
    >>> frame = pd.DataFrame({"post_id": [str(i) for i in range(200)], "group": ["a", "b"] * 100,
    ...     "lang": "en", "label": ["positive", "absent", "absent", "absent"] * 50, "target": "refugees"})
    >>> sample = draw_sample(frame, 40)
    >>> codes = sample.units[["post_id", "target"]].assign(coder="anna", variable="label",
    ...     value=sample.units["label"])
    >>> table = measure(sample, codes)["accuracy"]
    >>> float(table.loc[0, "estimate"]), int(table.loc[0, "n"])
    (1.0, 40)
    """
    if sample.design.purpose != "validation":
        raise ParameterError(
            f"this sample was made for {sample.design.purpose}; it says nothing about all posts",
            hint="draw one with: discourse code sample",
        )
    name = variable or (GROUP if sample.design.unit == "author" else STANCE)
    further = name in sample.design.variables
    units = further_units(sample, codes, name) if further else coded_units(sample, codes, name)
    return {
        "accuracy": accuracy(units, level=level),
        "class_accuracy": class_accuracy(units, level=level),
        "confusion": confusion(units),
        "calibration": calibration(units, level=level),
        "differential": differential_error(units, margin=margin, level=level),
    }


def measure_further(
    sample: Sample, codes: pd.DataFrame, *, level: float = 0.95, margin: float = 0.05
) -> dict[str, pd.DataFrame]:
    """Compare what instruments say of frames, emotions and the main topic with the codes of people.

    Parameters
    ----------
    sample, codes, level, margin
        As for :func:`measure`.

    Returns
    -------
    dict of str to DataFrame
        ``further_accuracy`` (precision, recall and F1 of yes, or of each topic) and
        ``further_differential``, as
        :data:`discourse.tables.CLASS_ACCURACY` and :data:`discourse.tables.DIFFERENTIAL` with ``variable``
        before; nothing where nobody has coded any.

    Examples
    --------
    >>> from discourse.coding.draw import draw_sample
    >>> frame = pd.DataFrame({"post_id": list("12"), "group": "a", "lang": "en", "label": "absent"})
    >>> measure_further(draw_sample(frame, 2), pd.DataFrame({"variable": ["label"]}))
    {}
    """
    asked = [name for name in sample.design.variables if (codes["variable"] == name).any()]
    found: dict[str, list[pd.DataFrame]] = {"further_accuracy": [], "further_differential": []}
    for name in asked:
        units = further_units(sample, codes, name)
        each = class_accuracy(units, level=level)
        asked_for = each if name == TOPIC else each[each["label"] == YES]
        found["further_accuracy"].append(asked_for.assign(variable=name))
        found["further_differential"].append(
            differential_error(units, margin=margin, level=level).assign(variable=name)
        )
    return {
        name: table[["variable", *(column for column in table.columns if column != "variable")]]
        for name, tables in found.items()
        if tables
        for table in [pd.concat(tables, ignore_index=True)]
    }


def check_frozen(sample: Sample, scored: pd.DataFrame, instrument: str) -> None:
    """Refuse to measure an instrument other than the one that was frozen when the sample was drawn.

    Parameters
    ----------
    sample : Sample
        The sample.
    scored : DataFrame
        What the run says: ``post_id``, ``target`` and ``label``.
    instrument : str
        The instrument of the run, as it names itself.

    Raises
    ------
    InputError
        If the instrument is another one, or says something else of a drawn post.
    """
    hint = "draw a new sample for this instrument, or measure the run that the sample was drawn from"
    frozen = sample.design.instrument
    if frozen and instrument != frozen:
        raise InputError(
            f"the run used {instrument!r}",
            where="instrument",
            expected=f"{frozen!r}, frozen by the draw",
            hint=hint,
        )
    said = scored[scored["target"] == sample.design.target].set_index("post_id")["label"]
    now = said.reindex(sample.units["post_id"]).to_numpy(dtype=object)
    frozen_labels = sample.units["label"].to_numpy(dtype=object)
    changed = int((now != frozen_labels).sum())
    if changed:
        raise InputError(
            f"the run says something else of {changed:,} of {len(now):,} drawn posts",
            where="scores of the run",
            expected="the labels that were frozen when the sample was drawn",
            hint=hint,
        )


def labels_of(units: pd.DataFrame) -> list[str]:
    """List the labels in use, in the order of a report."""
    used = set(units["code"]) | set(units["label"])
    return [name for name in ORDER if name in used] + sorted(used - set(ORDER))


def scopes(units: pd.DataFrame) -> Iterator[tuple[str, str, pd.DataFrame]]:
    """Give all units, then those of each language, then those of each group."""
    yield "all", "all", units
    for column, place in (("lang", 1), ("group", 0)):
        for name in sorted(units[column].dropna().unique()):
            where = ["all", "all"]
            where[place] = str(name)
            yield where[0], where[1], units[(units[column] == name).fillna(False)]


def accuracy(units: pd.DataFrame, *, level: float = 0.95) -> pd.DataFrame:
    """Estimate accuracy, macro-F1 and F_avg: overall, by language, by group.

    Parameters
    ----------
    units : DataFrame
        From :func:`discourse.coding.final.coded_units`.
    level : float
        Level of the intervals.

    Returns
    -------
    DataFrame
        :data:`discourse.tables.ACCURACY`.

    Notes
    -----
    macro-F1 is the mean F1 of the labels that occur in the scope; F_avg that of positive and negative, as in
    the shared tasks on stance (Mohammad et al. 2016, doi:10.18653/v1/S16-1003).
    """
    rows = []
    for group, lang, part in scopes(units):
        found = {
            "accuracy": _right(part, level),
            "macro_f1": _mean_f1(part, labels_of(part), level),
            "f_avg": _mean_f1(
                part, [name for name in ("positive", "negative") if name in labels_of(part)], level
            ),
        }
        rows += [_row(group, lang, share, level, measure=name) for name, share in found.items() if share.n]
    return ACCURACY.conform(pd.DataFrame(rows))


def _right(part: pd.DataFrame, level: float) -> Share:
    right = (part["code"] == part["label"]).to_numpy(dtype=np.float64)
    return weighted_share(right, np.ones(len(part)), 1.0 / part["pi"].to_numpy(), clusters_of(part), level)


def _row(group: str, lang: str, share: Share, level: float, **more: Any) -> dict[str, Any]:
    return {"group": group, "lang": lang, **more, **share._asdict(), "level": level}


def _parts_of_f1(part: pd.DataFrame, label: str) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    said, meant = (part[name].eq(label).to_numpy(dtype=np.float64) for name in ("label", "code"))
    return said, meant, said * meant


def _mean_f1(part: pd.DataFrame, labels: list[str], level: float) -> Share:
    """Average F1 over labels; its influence values are the averages of theirs."""
    if not labels:
        return NOTHING
    w = 1.0 / part["pi"].to_numpy(dtype=np.float64)
    values, influence = [], np.zeros(len(part))
    for label in labels:
        said, meant, both = _parts_of_f1(part, label)
        total = float(w @ (said + meant))
        f1 = 2.0 * float(w @ both) / total
        values.append(f1)
        influence += w * (2.0 * both - f1 * (said + meant)) / total / len(labels)
    return share_from_influence(float(np.mean(values)), influence, w, clusters_of(part), level)


def class_accuracy(units: pd.DataFrame, *, level: float = 0.95) -> pd.DataFrame:
    """Estimate precision, recall and F1 of each label: overall, by language, by group.

    Parameters
    ----------
    units : DataFrame
        From :func:`discourse.coding.final.coded_units`.
    level : float
        Level of the intervals.

    Returns
    -------
    DataFrame
        :data:`discourse.tables.CLASS_ACCURACY`; NA where the label does not occur.
    """
    rows = []
    for group, lang, part in scopes(units):
        w, clusters = 1.0 / part["pi"].to_numpy(dtype=np.float64), clusters_of(part)
        for label in labels_of(units):
            said, meant, both = _parts_of_f1(part, label)
            for name, top, bottom in (
                ("precision", both, said),
                ("recall", both, meant),
                ("f1", 2.0 * both, said + meant),
            ):
                share = weighted_share(top, bottom, w, clusters, level)
                rows.append(_row(group, lang, share, level, label=label, measure=name))
    return CLASS_ACCURACY.conform(pd.DataFrame(rows).drop(columns="n_effective"))


def confusion(units: pd.DataFrame) -> pd.DataFrame:
    """Cross-tabulate what people and the instrument say: overall, by language, by group.

    Parameters
    ----------
    units : DataFrame
        From :func:`discourse.coding.final.coded_units`.

    Returns
    -------
    DataFrame
        :data:`discourse.tables.CONFUSION`: counts, and shares weighted to the frame; every pair of labels has
        a row.
    """
    labels, rows = labels_of(units), []
    for group, lang, part in scopes(units):
        w = 1.0 / part["pi"]
        for code in labels:
            meant = part["code"] == code
            for label in labels:
                both = meant & (part["label"] == label)
                share = float(w[both].sum() / w.sum())
                of_code = float(w[both].sum() / w[meant].sum()) if meant.any() else None
                rows.append((group, lang, code, label, int(both.sum()), share, of_code))
    return CONFUSION.conform(pd.DataFrame(rows, columns=CONFUSION.names))


def calibration(units: pd.DataFrame, *, bins: int = 5, level: float = 0.95) -> pd.DataFrame:
    """Compare the confidence of the instrument with the share of posts that it gets right.

    Parameters
    ----------
    units : DataFrame
        From :func:`discourse.coding.final.coded_units`.
    bins : int
        Bins with about equal numbers of coded posts.
    level : float
        Level of the intervals.

    Returns
    -------
    DataFrame
        :data:`discourse.tables.CALIBRATION`; empty where no confidence is known.

    Notes
    -----
    Bins of equal numbers rather than equal widths (Nguyen and O'Connor 2015, doi:10.18653/v1/D15-1182).
    """
    known = units[units["confidence"].notna()]
    if known.empty:
        return CALIBRATION.empty()
    trust = known["confidence"].to_numpy(dtype=np.float64)
    edges = np.unique(np.quantile(trust, np.linspace(0.0, 1.0, bins + 1)))
    place = np.clip(np.searchsorted(edges, trust, side="right") - 1, 0, max(len(edges) - 2, 0))
    rows = []
    for b in np.unique(place):
        part = known[place == b]
        w = 1.0 / part["pi"].to_numpy(dtype=np.float64)
        share = _right(part, level)
        rows.append(
            {
                "bin_low": edges[b],
                "bin_high": edges[min(b + 1, len(edges) - 1)],
                "confidence": float(w @ trust[place == b] / w.sum()),
                "level": level,
                **share._asdict(),
            }
        )
    return CALIBRATION.conform(pd.DataFrame(rows).drop(columns="n_effective"))
