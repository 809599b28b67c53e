"""Bilingual or translated items, by which people show that a codebook means the same in both languages."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Literal

import pandas as pd

from discourse.coding.codebook import Codebook
from discourse.coding.draw import coarse_language, plain_sample
from discourse.coding.sample import Sample
from discourse.errors import InputError, ParameterError

COLUMNS = ("item", "lang", "text")


def twins_sample(
    items: pd.DataFrame,
    *,
    coders: Sequence[str] = ("coder1",),
    seed: int = 0,
    codebook: Codebook | None = None,
    language: Literal["en", "zh"] = "en",
) -> Sample:
    """Make a sample of messages in two languages, to see whether they are coded alike.

    Parameters
    ----------
    items : DataFrame
        One row a version: ``item`` (the message), ``lang`` (zh or en) and ``text``; ``target`` where known.
        Use translations checked by a second person, or posts that their authors wrote in both languages.
    coders, seed, codebook, language
        As for :func:`discourse.draw_sample`; every coder codes every version.

    Returns
    -------
    Sample
        With purpose ``twins``; ``stratum`` is the item.  The two versions of an item stand about half of the
        posts apart, so that nobody codes the second from memory of the first.

    Raises
    ------
    ParameterError
        If a column is missing, a language is neither zh nor en, or an item has not one version in each.

    Examples
    --------
    >>> items = pd.DataFrame({"item": ["1", "1"], "lang": ["zh", "en"], "text": ["欢迎", "Welcome"]})
    >>> twins_of(twins_sample(items)).to_numpy().tolist()
    [['1', 'en', '1-en'], ['1', 'zh', '1-zh']]
    """
    missing = [name for name in COLUMNS if name not in items.columns]
    if missing:
        raise ParameterError(f"the items have no column {missing[0]!r}", expected=", ".join(COLUMNS))
    frame = items.assign(item=items["item"].astype("str"), lang=items["lang"].map(coarse_language))
    versions = frame.groupby("item")["lang"].agg(lambda found: "".join(sorted(found)))
    odd = versions[versions != "enzh"]
    if len(odd):
        raise ParameterError(
            f"item {odd.index[0]!r} has not one version in each language", expected="lang zh once and en once"
        )
    frame = frame.assign(post_id=frame["item"] + "-" + frame["lang"], label="unknown", stratum=frame["item"])
    return plain_sample(
        frame,
        purpose="twins",
        coders=coders,
        seed=seed,
        codebook=codebook,
        language=language,
        everybody=True,
    )


def twins_of(sample: Sample) -> pd.DataFrame:
    """Say which units of a sample of twins are the same message.

    Parameters
    ----------
    sample : Sample
        From :func:`twins_sample`.

    Returns
    -------
    DataFrame
        ``item``, ``lang``, ``post_id``: what :func:`discourse.coding.agreement.twin_agreement` reads.
    """
    if sample.design.purpose != "twins":
        raise ParameterError(f"this sample was made for {sample.design.purpose}, it holds no twins")
    units = sample.units.rename(columns={"stratum": "item"})
    return units[["item", "lang", "post_id"]].reset_index(drop=True)


def read_items(path: str | Path, columns: Sequence[str] = COLUMNS) -> pd.DataFrame:
    """Read a table of items (CSV): texts to code, or the ids of posts that are coded already.

    Parameters
    ----------
    path : path
        CSV with a header, UTF-8 or GB18030.
    columns : sequence of str
        Columns that it must have.

    Returns
    -------
    DataFrame
        All cells as text.

    Raises
    ------
    InputError
        If it cannot be read or lacks a column.
    """
    from discourse.corpus.encodings import find_encoding, open_text

    path = Path(path)
    if not path.is_file():
        raise InputError(f"there is no file {path}")
    try:
        with open_text(path, find_encoding(path)) as handle:
            table = pd.read_csv(handle, dtype=str, keep_default_na=False, sep=None, engine="python")
    except (OSError, ValueError) as error:
        raise InputError(f"the items cannot be read: {error}", where=str(path)) from error
    table.columns = [str(name).lstrip("\ufeff").strip() for name in table.columns]
    missing = [name for name in columns if name not in table.columns]
    if missing:
        raise InputError(
            f"the items have no column {missing[0]!r}", where=f"{path}, line 1", expected=", ".join(columns)
        )
    return table
