"""Lines to quote: drawn, counted, held back or paraphrased, by the policy of the study."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

import pandas as pd

from discourse.study.steps import full_texts
from discourse.tables import CONCORDANCE

if TYPE_CHECKING:
    from discourse.study.material import Material
    from discourse.study.schema import Quotes

NEITHER: Final = "fewer than {least} authors write the same, and nobody has paraphrased it"
UNFILLED: Final = "nobody has paraphrased it"
_TEXTS = ("left", "node", "right", "gloss")


def quote_tables(material: Material, use: str, stance: pd.Series[str]) -> dict[str, pd.DataFrame]:
    """Make the table of lines that a report may print.

    Parameters
    ----------
    material : Material
        The material of a study.
    use : str
        The target, as :func:`discourse.sentiment.load_target` takes it.
    stance : Series of str
        Label of each readable post toward it, NA where it has none.

    Returns
    -------
    dict of str to DataFrame
        ``concordance``; nothing under the policy ``none``.
    """
    from discourse.study.quote_sheet import read_paraphrases

    quotes, least = material.study.quotes, least_authors(material)
    if quotes.policy == "none":
        return {}
    lines = quote_lines(material, use, stance)
    said = read_paraphrases(quotes.sheet) if quotes.sheet else {}
    table = printable_lines(lines, quotes, least, said)
    found = int(table["findable"].fillna(False).astype(bool).sum())
    if found:
        material.progress.say(f"   note: a search would find {found} of the lines that are printed")
    held = int(table["not_printed"].notna().sum())
    if held:
        material.progress.say(f"   note: {held} of {len(table)} lines are not printed; paraphrase them first")
    return {"concordance": table}


def least_authors(material: Material) -> int:
    """Say how many authors must write a line before it is printed as it stands."""
    return material.study.quotes.authors or material.study.study.min_cell


def quote_lines(material: Material, use: str, stance: pd.Series[str]) -> pd.DataFrame:
    """Draw lines around the target, with who else writes them, and their gloss.

    Parameters
    ----------
    material, use, stance
        As for :func:`quote_tables`.

    Returns
    -------
    DataFrame
        The columns of :data:`discourse.tables.CONCORDANCE`; ``findable`` holds the run that a search would
        find.
    """
    from discourse.compare.concordance import draw_lines
    from discourse.compare.quotes import quotation_use

    study, posts = material.study, material.readable.assign(stance=stance.to_numpy())
    texts = full_texts(posts)
    drawn = draw_lines(
        texts,
        posts,
        use,
        n=study.nearby.lines,
        seed=study.study.seed,
        shared_by=least_authors(material) if study.quotes.policy == "masked" else 0,
    )
    whole = (drawn["left"] + drawn["node"] + drawn["right"]).tolist()
    ids = posts["post_id"].to_numpy()[drawn["doc"].to_numpy(dtype="int64")] if len(drawn) else []
    names = [quote_name(str(post), int(at)) for post, at in zip(ids, drawn["start"], strict=True)]
    counted = quotation_use(whole, texts, posts["author"].tolist())
    gloss = [word_by_word(text) if study.quotes.gloss else None for text in whole]
    return drawn.assign(
        quote=names,
        gloss=pd.Series(gloss, dtype="str"),
        n_authors=counted["n_authors"],
        findable=counted["findable"],
    )


def quote_name(post: str, start: int) -> str:
    """Name a line so that it keeps its name when posts are added; the post cannot be read from it."""
    return hashlib.sha256(f"{post}\n{start}".encode()).hexdigest()[:10]


def word_by_word(text: str) -> str | None:
    """Say each Chinese word of a line in English, by its first sense in CC-CEDICT; NA without Chinese.

    Examples
    --------
    >>> word_by_word("欢迎邻居 home")
    'to welcome / neighbor / home'
    >>> word_by_word("hello") is None
    True
    """
    from discourse.text.glosses import gloss
    from discourse.text.segment import segment_zh
    from discourse.text.stopwords import stop_words

    words = [word.strip() for word in segment_zh(text)]
    if not any("\u3400" <= letter <= "\u9fff" for letter in text):
        return None
    # the first sense of a particle is seldom the one meant: 的 is no bull's-eye
    telling = [word for word in words if word not in stop_words("zh")]
    return " / ".join(gloss(word) or word for word in telling if any(c.isalnum() for c in word))


def printable_lines(
    lines: pd.DataFrame, quotes: Quotes, least: int, paraphrases: Mapping[str, str]
) -> pd.DataFrame:
    """Keep of each line what the policy lets print.

    Parameters
    ----------
    lines : DataFrame
        From :func:`quote_lines`.
    quotes : Quotes
        The policy.
    least : int
        Authors who must write the same before a masked line is printed as it stands.
    paraphrases : mapping of str to str
        What people wrote, by the name of the line.

    Returns
    -------
    DataFrame
        :data:`discourse.tables.CONCORDANCE`: under ``verbatim`` every line, under ``masked`` those of many
        authors, otherwise the paraphrase; a line with neither keeps group and stance, and the reason.
    """
    shared = lines["n_authors"].ge(least).fillna(False).astype(bool)
    as_it_stands = {"verbatim": shared | True, "masked": shared}.get(quotes.policy, shared & False)
    said = lines["quote"].map(dict(paraphrases)).astype("str").where(~as_it_stands)
    table = lines.assign(paraphrase=said, findable=lines["findable"].notna().astype("boolean"))
    for name in _TEXTS:
        table[name] = table[name].astype("str").where(as_it_stands)
    table["findable"] = table["findable"].where(as_it_stands)
    reason = NEITHER.format(least=least) if quotes.policy == "masked" else UNFILLED
    held = ~as_it_stands & said.isna()
    table["not_printed"] = pd.Series(reason, index=table.index, dtype="str").where(held)
    # where a line stands in the corpus is nobody's business
    return CONCORDANCE.conform(table[[name for name in CONCORDANCE.names if name in table.columns]])
