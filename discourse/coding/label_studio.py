"""Tasks for Label Studio, its labelling configuration, and the codes that its exports hold."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import quoteattr

from discourse.coding.codebook import Codebook, in_words
from discourse.coding.words import HEADERS, word
from discourse.errors import InputError

if TYPE_CHECKING:
    import pandas as pd

    from discourse.coding.sample import Sample

CONFIG = "label-studio.xml"
#: Answers that stand beside each other; more, such as topics, stand below each other.
MOST_BESIDE = 9
_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def write_tasks(sample: Sample, deck: pd.DataFrame, folder: Path, coder: str, language: str) -> Path:
    """Write the tasks of one coder, and the labelling configuration beside them.

    Parameters
    ----------
    sample : Sample
        For its codebook.
    deck : DataFrame
        :data:`discourse.tables.SAMPLE_TEXTS`, in the order of coding.
    folder : pathlib.Path
        Where the files go.
    coder : str
        Whose tasks they are; the name travels in the data of each task.
    language : {"en", "zh"}
        Language of the labels.

    Returns
    -------
    pathlib.Path
        ``CODER.json``: import it into a project set up with ``label-studio.xml``.
    """
    tasks = [
        {
            "data": {
                "post_id": row["post_id"],
                "text": row["text"],
                "parent": row["parent"] if isinstance(row["parent"], str) else "",
                "coder": coder,
                "codebook": sample.codebook.stamp,
            }
        }
        for row in deck.to_dict("records")
    ]
    path = folder / f"{coder}.json"
    text = json.dumps(tasks, ensure_ascii=False, indent=1)
    path.write_text(text + "\n", encoding="utf-8", newline="\n")
    config = labelling_config(sample.codebook, language)
    (folder / CONFIG).write_text(config, encoding="utf-8", newline="\n")
    return path


def labelling_config(codebook: Codebook, language: str = "en") -> str:
    """Write the labelling configuration of a codebook.

    Parameters
    ----------
    codebook : Codebook
        What is asked.
    language : {"en", "zh"}
        Language of the labels.

    Returns
    -------
    str
        XML for *Settings, Labeling Interface, Code*.  Choices carry the names of the categories and show
        their labels; the keys 1, 2, 3 choose among those of the first question.

    Examples
    --------
    >>> from discourse.coding.codebook import stance_codebook
    >>> print(labelling_config(stance_codebook({"en": "refugees"})).splitlines()[4].strip())
    <Choices name="label" toName="text" choice="single" required="true" showInline="true">
    """
    lines = [
        "<View>",
        f'  <Header value={_attribute(word(HEADERS["parent"], language))} size="5"/>',
        '  <Text name="parent" value="$parent"/>',
        '  <Text name="text" value="$text"/>',
    ]
    for k, variable in enumerate(codebook.variables):
        if k:
            lines.append(f'  <Header value={_attribute(variable.shown(language))} size="5"/>')
        name, few = _attribute(variable.name), str(len(variable.categories) <= MOST_BESIDE).lower()
        lines.append(
            f'  <Choices name={name} toName="text" choice="single" required="true" showInline="{few}">'
        )
        for n, category in enumerate(variable.categories, start=1):
            hint = _attribute(in_words(category.definition, language))
            key = f' hotkey="{n}"' if k == 0 and n < 10 else ""
            shown = f"value={_attribute(category.shown(language))} alias={_attribute(category.name)}"
            lines.append(f"    <Choice {shown} hint={hint}{key}/>")
        lines.append("  </Choices>")
    note = _attribute(word(HEADERS["note"], language))
    lines.append(f'  <TextArea name="note" toName="text" placeholder={note} rows="1" maxSubmissions="1"/>')
    return "\n".join([*lines, "</View>", ""])


def _attribute(text: str) -> str:
    return quoteattr(_XML.sub("\ufffd", text))


def read_tasks(path: Path, sample: Sample, coder: str | None = None) -> Iterator[dict[str, Any]]:
    """Read the codes of an export of Label Studio (JSON, or JSON-MIN).

    Parameters
    ----------
    path : pathlib.Path
        The export.
    sample : Sample
        What was drawn.
    coder : str, optional
        Whose codes they are; by default the coder for whom the tasks were written.

    Yields
    ------
    dict
        Columns of :data:`discourse.tables.CODES`, and ``where``.

    Raises
    ------
    InputError
        If it is no export, an id was not drawn, an answer is unknown, or several people annotated one task.
    """
    from discourse.coding.read_sheets import answer, coder_of, drawn_id

    targets = dict(zip(sample.units["post_id"], sample.units["target"], strict=True))
    for number, task in enumerate(_tasks(path), start=1):
        where = f"{path.name}, task {number}"
        data: dict[str, Any] = task["data"] if isinstance(task.get("data"), dict) else task
        post_id = drawn_id(str(data.get("post_id") or ""), targets, {}, where)
        who = coder_of(coder or str(data.get("coder") or ""), sample, where)
        said, at = _annotation(task, where)
        note = " ".join(said.pop("note", [])) or None
        for variable in sample.codebook.variables:
            values = said.get(variable.name, [])
            if len(values) > 1:
                raise InputError(f"{post_id} has {len(values)} answers to {variable.name!r}", where=where)
            for value in values:
                yield {
                    "post_id": post_id,
                    "target": targets[post_id],
                    "coder": who,
                    "variable": variable.name,
                    "value": answer(variable, value, where),
                    "codebook_version": data.get("codebook") or sample.codebook.stamp,
                    "coded_at": at,
                    "note": note,
                    "where": where,
                }


def _tasks(path: Path) -> list[dict[str, Any]]:
    try:
        tasks = json.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError) as error:
        raise InputError(f"the export cannot be read: {error}", where=str(path)) from error
    if not isinstance(tasks, list) or not all(isinstance(task, dict) for task in tasks):
        raise InputError("this is no export of Label Studio", where=str(path), expected="a list of tasks")
    return tasks


def _annotation(task: dict[str, Any], where: str) -> tuple[dict[str, list[str]], str | None]:
    """Give what was chosen by question, and when."""
    if "data" not in task:  # JSON-MIN: answers stand beside the data
        beside = {name: _listed(value) for name, value in task.items() if isinstance(value, str | list)}
        return beside, task.get("updated_at") or task.get("created_at")
    done = [a for a in task.get("annotations") or [] if not a.get("was_cancelled")]
    if len(done) > 1:
        raise InputError(
            f"this task has {len(done)} annotations",
            where=where,
            expected="one",
            hint="give every coder a project of her own, with the tasks written for her",
        )
    said: dict[str, list[str]] = {}
    for result in done[0].get("result", []) if done else []:
        value = result.get("value", {})
        chosen = value.get("choices") or value.get("text") or []
        said.setdefault(result.get("from_name", ""), []).extend(_listed(chosen))
    return said, (done[0].get("updated_at") or done[0].get("created_at")) if done else None


def _listed(value: str | list[str]) -> list[str]:
    return [value] if isinstance(value, str) else list(value)
