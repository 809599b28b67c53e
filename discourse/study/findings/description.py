"""Who and what was collected, the way of the records, and what the data cannot say."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from discourse.compare.lookup import rows_of
from discourse.study.findings.groups import group_names
from discourse.study.steps import has_words

if TYPE_CHECKING:
    from discourse.study.material import Material


def description_tables(material: Material) -> dict[str, pd.DataFrame]:
    """Describe the corpus, the way of its records, and the signals behind the groups.

    Parameters
    ----------
    material : Material
        What came before.

    Returns
    -------
    dict of str to DataFrame
        ``flow``, ``corpus_description``, ``group_signals``.
    """
    from discourse.compare.description import describe_corpus, flow
    from discourse.compare.groups import group_signals

    study, posts = material.study, material.numbered.posts
    left_out = material.left_out | {"without words": _without_words(material)}
    min_cell = study.study.min_cell
    return {
        "flow": flow(material.corpus.counts, left_out),
        "corpus_description": describe_corpus(posts, group_names(study, posts), min_cell=min_cell),
        "group_signals": group_signals(material.authors, min_cell=min_cell),
    }


def _without_words(material: Material) -> int:
    return int((~has_words(material.posts, material.mapped.unlook)).sum())


def copy_tables(material: Material) -> dict[str, pd.DataFrame]:
    """Say what dropping copies would change, and which clusters of near copies there are.

    Parameters
    ----------
    material : Material
        What came before.

    Returns
    -------
    dict of str to DataFrame
        ``dropped_copies`` and ``near_clusters`` (clusters by fewer authors than the minimum cell are left
        out); nothing where near copies were not searched for.
    """
    from discourse.compare.groups import post_groups
    from discourse.compare.suppression import hide_cells
    from discourse.corpus.copies import dropped_copies, near_clusters

    study, marked = material.study, material.marked
    if study.duplicates.near == "keep":
        return {}
    clusters = near_clusters(marked)
    dropped = dropped_copies(marked.assign(group=post_groups(marked, material.authors)))
    counts = [name for name in dropped.columns if name != "group"]
    return {
        # the groups add up to all
        "dropped_copies": hide_cells(
            dropped.assign(whole=""), [["whole"]], study.study.min_cell, figures=counts, authors="authors"
        ).drop(columns="whole"),
        "near_clusters": clusters[clusters["n_authors"] >= study.study.min_cell].reset_index(drop=True),
    }


def limit_counts(material: Material) -> dict[str, int]:
    """Count what the limits of a report must say.

    Parameters
    ----------
    material : Material
        What came before.

    Returns
    -------
    dict of str to int
        As :func:`discourse.study.limits.write_limits` reads them.
    """
    posts, authors, ids = material.posts, material.authors, material.numbered.posts
    opening = ids["kind"] == "post"
    copies = posts["duplicate_of"].notna() | posts["near_duplicate_of"].notna()
    answers = ids["parent_id"].notna().to_numpy(dtype=bool)
    return {
        "rejected": int(material.corpus.counts["rejected"]),
        "unread": _without_words(material),
        "time_lost": int(posts["created_at"].isna().sum()),
        "time_assumed": int(sum("zone-assumed" in (found or ()) for found in posts["flags"])),
        "unassigned": int((authors["group"] == "unassigned").sum()),
        "shown": int(posts["comments"][opening].fillna(0).sum()),
        "collected": int((~opening).sum()),
        "orphans": int((answers & (rows_of(ids["parent_id"], ids["post_id"]) < 0)).sum()),
        "parentless": 0 if answers.any() else len(posts),  # nothing for `replies = true` to go by
        "copies": int(copies.sum()),
        "left": int((~copies).sum()),
    }


def limit_tables(material: Material) -> dict[str, pd.DataFrame]:
    """Write down what the data cannot say.

    Parameters
    ----------
    material : Material
        What came before.

    Returns
    -------
    dict of str to DataFrame
        ``limits``.
    """
    from discourse.study.limits import write_limits
    from discourse.study.provenance import portable_study

    study = material.study
    return {
        "limits": write_limits(
            study,
            instrument=portable_study(study)["scorer"]["name"],  # no folder of this machine in a report
            counts=limit_counts(material),
            flags=material.corpus.counts.get("flags"),
            coded=_coded(material),
            regrouped=_regrouped(material),
        )
    }


def _regrouped(material: Material) -> bool:
    """Say whether any difference of groups was corrected for errors of the group rules."""
    estimated = material.tables.get("three_estimates")
    if estimated is None:
        return False
    found = estimated[(estimated["figure"] == "difference") & (estimated["version"] == "both")]
    return bool(found["estimate"].notna().any())


def _coded(material: Material) -> dict[str, int]:
    """Count the posts with human codes, by target."""
    validation = material.tables.get("validation")
    if validation is None:
        return {}
    return dict(zip(validation["target"].astype(str), validation["n_codes"].astype(int), strict=True))
