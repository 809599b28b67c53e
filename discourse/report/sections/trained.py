"""How far an instrument trained on hand codes can be trusted: its figures on posts that it had not seen."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from typing import Any

from discourse.report.document import Block, Column, Grid, Heading, Paragraph, Picture, Row
from discourse.report.figures.trained import trained
from discourse.report.numerals import UNKNOWN, count, interval, is_unknown, percent
from discourse.report.sections.context import Context, capital
from discourse.report.selection import text_of

_TOTALS = ("macro", "accuracy")
#: Labels and languages in the order of the other pages; what coders call otherwise comes behind.
_LABELS = ("positive", "neutral", "negative", "absent")
_LANGS = ("all", "zh", "en", "mixed", "other", "none")


def trained_page(context: Context) -> list[Block]:
    """Print the held-out figures of the trained instruments; nothing where none was trained."""
    models = context.findings.table("trained_models").to_dict("records")
    stance = [row for row in models if row["kind"] == "stance"]
    frames = [row for row in models if row["kind"] == "frame"]
    if not models:
        return []
    say, w = context.say, context.say.w
    blocks: list[Block] = [Heading(_claim(context, stance), 2, kicker=w["section.trained"], new_page=True)]
    for row in stance:
        blocks += _stance(context, row)
    for row in frames:
        blocks += _frames(context, row)
    return [*blocks, Paragraph(say.how("trained"), lead=w["how"], style="small")]


def _claim(context: Context, stance: list[dict[Any, Any]]) -> str:
    known = [row for row in stance if not is_unknown(row["macro_f1"])]
    if not known:
        return context.word("section.trained")
    return context.say.note("trained_claim", value=_of_100(known[0], "macro_f1"))


def _of_100(row: Mapping[Any, Any], name: str) -> str:
    if is_unknown(row["low"]):
        return percent(row[name])
    return interval(row[name], row["low"], row["high"], "share")


def _stance(context: Context, row: dict[Any, Any]) -> list[Block]:
    accuracy = _rows(context, "trained_accuracy", row)
    blocks: list[Block] = [Paragraph(text) for text in _sentences(context, row)]
    blocks += [_scopes(context, accuracy), _labels(context, accuracy)] if accuracy else []
    return [*blocks, *_picture(context, row)]


def _rows(context: Context, table: str, row: Mapping[Any, Any]) -> list[dict[Any, Any]]:
    """Give the rows of a table that are about one model."""
    found = context.findings.table(table)
    rows: list[dict[Any, Any]] = found[
        (found["kind"] == row["kind"]) & (found["name"] == row["name"])
    ].to_dict("records")
    return rows


def _label(context: Context, name: Any) -> str:
    """Print a label; coders may call it otherwise than the study does."""
    return context.say.w.get(f"label.{name}", str(name))


def _sentences(context: Context, row: dict[Any, Any]) -> list[str]:
    """Say what it was trained on, how it was chosen, and whether more codes would help."""
    say, gap = context.say, "" if context.language == "zh" else " "
    labels = say.joined(
        [_label(context, name) for name in _in_order(str(row["labels"]).split(", "), _LABELS)]
    )
    first = [say.note("trained_on", n=count(row["n_codes"]), labels=labels, reads=_reads(context, row))]
    if not is_unknown(row["penalty"]):
        given = {name: f"{float(row[name]):g}" for name in ("cost", "penalty") if not is_unknown(row[name])}
        key = "trained_chosen" if "cost" in given else "trained_chosen_penalty"
        first.append(say.note(key, **given))
    first.append(say.note("trained_hash", hash=str(row["training_hash"])[:16]))
    second = [*_without(context, row), say.note(_curve_note(row))]
    notes = [say.reason(note) for note in text_of(row["notes"]).split("; ") if note]
    if notes:
        listed = ("；" if context.language == "zh" else "; ").join(notes)
        second.append(say.note("trained_notes", notes=listed))
    return [gap.join(first), gap.join(second)]


def _without(context: Context, row: Mapping[Any, Any]) -> list[str]:
    """Say why figures are missing, where any are."""
    if is_unknown(row["reason"]):
        return []
    return [context.say.note("trained_without", reason=context.say.reason(text_of(row["reason"])))]


def _reads(context: Context, row: Mapping[Any, Any]) -> str:
    found = []
    for part in str(row["features"]).split(", "):
        name, _, package = part.partition(" ")
        said = context.word(f"reads.{name}")
        behind = f"（{package}）" if context.language == "zh" else f" ({package})"
        found.append(said + behind if package else said)
    return context.say.joined(found)


def _curve_note(row: Mapping[Any, Any]) -> str:
    if is_unknown(row["rising"]):
        return "trained_no_curve"
    return "trained_rising" if row["rising"] else "trained_flat"


def _value(row: Mapping[Any, Any] | None, name: str, context: Context, *, bare: bool = True) -> str:
    """Print a figure, unless it rests on fewer posts than a cell may."""
    if row is None or is_unknown(row[name]) or row["n"] < context.least:
        return UNKNOWN
    return percent(row[name]) if bare else _of_100(row, name)


def _scopes(context: Context, rows: Iterable[Mapping[Any, Any]]) -> Grid:
    """One row for all held-out posts, each language and each target."""
    w = context.say.w
    found: dict[tuple[Any, Any], dict[str, Mapping[Any, Any]]] = {}
    for row in rows:
        found.setdefault((row["lang"], row["target"]), {})[str(row["label"])] = row
    labels = _in_order((name for name in found["all", "all"] if name not in _TOTALS), _LABELS)
    body: list[Row] = []
    for lang, target in sorted(found, key=lambda place: (place[1] != "all", _LANGS.index(str(place[0])))):
        given = found[lang, target]
        cells = [_value(given.get(name), "f1", context, bare=False) for name in reversed(_TOTALS)]
        cells += [_value(given.get(name), "f1", context) for name in labels]
        body.append((_scope(context, str(lang), str(target)), count(given["macro"]["n"]), *cells))
    heads = [f"{w['f1']} {_label(context, name)}" for name in labels]
    columns = (
        Column(w["scope"], wide=True),
        *(Column(head, "right") for head in (w["codes"], w["accuracy"], w["macro_f1"], *heads)),
    )
    notes = (context.say.note("trained_interval", level=context.level), _few(context))
    return Grid(w["caption.trained"], columns, tuple(body), notes, full=True)


def _in_order(names: Iterable[str], known: Sequence[str]) -> list[str]:
    return sorted(names, key=lambda name: known.index(name) if name in known else len(known))


def _few(context: Context) -> str:
    return context.say.note("trained_few", least=context.least)


def _scope(context: Context, lang: str, target: str) -> str:
    if target != "all":
        return context.say.note("trained_toward", target=context.subject.target(target))
    return context.word("trained.all") if lang == "all" else capital(context.say.term("lang", lang))


def _labels(context: Context, rows: Iterable[Mapping[Any, Any]]) -> Grid:
    """One row a label, over all held-out posts."""
    chosen = {
        str(r["label"]): r
        for r in rows
        if r["lang"] == "all" and r["target"] == "all" and r["label"] not in _TOTALS
    }
    body = [
        (capital(_label(context, name)), *_measured(context, chosen[name]))
        for name in _in_order(chosen, _LABELS)
    ]
    return _measures(context, context.word("label_column"), "caption.trained_labels", body)


def _measured(context: Context, row: Mapping[Any, Any]) -> tuple[str, ...]:
    figures = [_value(row, name, context) for name in ("precision", "recall")]
    return (count(row["n"]), count(row["n_predicted"]), *figures, _value(row, "f1", context, bare=False))


def _measures(context: Context, head: str, caption: str, body: Sequence[Row]) -> Grid:
    w = context.say.w
    names = (w["coded_so"], w["given_so"], w["precision"], w["recall"], w["f1"])
    columns = (Column(head, wide=True), *(Column(name, "right") for name in names))
    return Grid(w[caption], columns, tuple(body))


def _picture(context: Context, row: Mapping[Any, Any]) -> list[Block]:
    say, w = context.say, context.say.w
    found = context.findings.table("learning_curve")
    curve = found[(found["kind"] == row["kind"]) & (found["name"] == row["name"])]
    bins = _rows(context, "trained_calibration", row)
    if curve.empty and not bins:
        return []
    captions, items = [], []
    if len(curve):
        captions.append(say.note("trained_curve_caption", n=count(curve["n_test"].iloc[0])))
        means = curve["macro_f1"].astype(float).groupby(curve["n_training"].astype(int)).mean()
        items.append(say.alt_shares(w["macro_f1"], [f"{count(n)} {percent(v)}" for n, v in means.items()]))
    if bins:
        captions.append(say.note("trained_calibration_caption"))
        items += [
            say.alt_shares(percent(r["confidence"]), [interval(r["estimate"], r["low"], r["high"], "share")])
            for r in bins
        ]
    claim = say.note(_curve_note(row)) if len(curve) else w["axis.right"]
    caption = ("" if context.language == "zh" else " ").join(captions)
    draw = partial(trained, curve, bins, context.subject, claim)
    return [Picture("trained", caption, say.alt("dots", claim, items), draw)]


def _frames(context: Context, row: dict[Any, Any]) -> list[Block]:
    """Say what a model of frames was trained on, and how it did on posts it had not seen."""
    say, w = context.say, context.say.w
    quote = "“{}”"
    names = say.joined([quote.format(context.subject.frame(name)) for name in str(row["labels"]).split(", ")])
    gap = "" if context.language == "zh" else " "
    said = [say.note("trained_frames", n=count(row["n_codes"]), frames=names, hash=row["training_hash"])]
    said += _without(context, row)
    rows = _rows(context, "trained_accuracy", row)
    body = [(context.subject.frame(str(r["label"])), *_measured(context, r)) for r in rows]
    table = _measures(context, w["frame"], "caption.trained_frames", body)
    return [Paragraph(gap.join(said)), *([table] if body else [])]
