"""How good the group rules are, where people have coded authors."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from discourse.errors import StudyError

if TYPE_CHECKING:
    from discourse.coding.sample import Sample
    from discourse.compare.regrouped import GroupedAuthors
    from discourse.study.material import Material

_WHERE = "validation.groups"


def group_rule_tables(material: Material) -> dict[str, pd.DataFrame]:
    """Compare the group that the rules give an author with the one that people give.

    Parameters
    ----------
    material : Material
        Its authors; of the study the folder of coded authors (``[validation] groups``).

    Returns
    -------
    dict of str to DataFrame
        ``group_rules`` and ``group_shares``; nothing where the study names no such folder.

    Raises
    ------
    StudyError
        If the units are no authors, or the rules give other groups than when they were drawn.

    Notes
    -----
    An error of a rule mixes groups and draws their figures together, or apart where who is misplaced speaks
    unlike both; :mod:`discourse.compare.regrouped` corrects shares and differences for it.
    """
    from discourse.coding.codes import read_codes
    from discourse.coding.measure import measure
    from discourse.coding.sample import Sample

    given = material.study.validation
    if given is None or given.groups is None:
        return {}
    sample = Sample.load(given.groups)
    _refuse(sample, material.authors, given.groups)
    codes = read_codes(given.groups, sample)
    tables = measure(sample, codes)
    rules = group_rules(tables, material.study.study.min_cell)
    return {"group_rules": rules, "group_shares": _shares(material, sample, codes)}


def known_authors(material: Material) -> GroupedAuthors | None:
    """Give the authors with the group of the rules, and that of people where they coded the author.

    Parameters
    ----------
    material : Material
        Its authors; of the study the folder of coded authors (``[validation] groups``).

    Returns
    -------
    GroupedAuthors or None
        None where the study names no such folder.

    Raises
    ------
    StudyError
        As :func:`group_rule_tables`.
    """
    from discourse.coding.codes import read_codes
    from discourse.coding.sample import Sample
    from discourse.compare.regrouped import GroupedAuthors

    given = material.study.validation
    if given is None or given.groups is None:
        return None
    sample = Sample.load(given.groups)
    _refuse(sample, material.authors, given.groups)
    coded = _coded(sample, read_codes(given.groups, sample))
    return GroupedAuthors(_authors(material).merge(coded, on="author", how="left"))


def _authors(material: Material) -> pd.DataFrame:
    """List the authors who could have been drawn, with their posts."""
    posts = material.readable[material.readable["author"].notna()]
    n_posts = posts.groupby("author", sort=True).size().rename("n_posts").reset_index()
    return n_posts.merge(material.authors[["author", "group"]], on="author", how="left")


def _coded(sample: Sample, codes: pd.DataFrame) -> pd.DataFrame:
    from discourse.coding.codebook import GROUP
    from discourse.coding.final import coded_units

    units = coded_units(sample, codes, GROUP)[["post_id", "code", "pi"]]
    return units.rename(columns={"post_id": "author", "code": "value"})


def _shares(material: Material, sample: Sample, codes: pd.DataFrame) -> pd.DataFrame:
    """Correct the sizes of groups, over the authors who could have been drawn."""
    from discourse.compare.group_shares import group_shares
    from discourse.study.findings.groups import group_names
    from discourse.study.findings.validation import settings_of

    groups = group_names(material.study, material.readable[material.readable["author"].notna()])
    settings = settings_of(material.study)
    return group_shares(_authors(material), _coded(sample, codes), groups, settings)


def group_rules(tables: dict[str, pd.DataFrame], min_cell: int) -> pd.DataFrame:
    """Lay out how often a rule is right, group by group.

    Parameters
    ----------
    tables : dict of str to DataFrame
        From :func:`discourse.measure` of coded authors.
    min_cell : int
        Figures of fewer coded authors are left out.

    Returns
    -------
    DataFrame
        :data:`discourse.tables.GROUP_RULES`.
    """
    from discourse.tables import GROUP_RULES

    def whole(table: pd.DataFrame) -> pd.DataFrame:
        return table[(table["group"] == "all") & (table["lang"] == "all")]

    right = whole(tables["accuracy"])
    right = right[right["measure"] == "accuracy"].assign(label="all")
    each = whole(tables["class_accuracy"])
    found = pd.concat([right, each[each["measure"] != "f1"]], ignore_index=True)
    found = found.drop(columns="group").rename(columns={"label": "group"})
    return GROUP_RULES.conform(found[found["n"] >= min_cell][GROUP_RULES.names])


def _refuse(sample: Sample, authors: pd.DataFrame, folder: str) -> None:
    """Refuse posts, and authors whom the rules have put elsewhere since they were drawn."""
    design: Any = sample.design
    if design.unit != "author" or design.purpose != "validation":
        raise StudyError(
            f"these units are {design.unit}s drawn for {design.purpose}",
            where=f"{_WHERE}: {folder}",
            expected="authors drawn for validation",
            hint="draw them with: discourse code sample --unit author",
        )
    now = authors.set_index("author")["group"].reindex(sample.units["post_id"]).astype("object")
    moved = int((now.to_numpy() != sample.units["label"].astype("object").to_numpy()).sum())
    if moved:
        raise StudyError(
            f"the rules put {moved} of {len(now)} coded authors into another group than when they were drawn",
            where=f"{_WHERE}: {folder}",
            expected="the group rules of the draw",
            hint="put the rules back, or draw and code authors again",
        )
