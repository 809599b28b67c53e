"""The references of the methods that ran, in the style of each language: APA, or GB/T 7714.

The works stand in ``references.toml``.  Authors, year, title, container, pages and DOI were compared in
November 2026 with citations of the same work in public repositories and on public pages, not with the
publisher's own record.  A DOI that could not be found there is left out.  Not found there: the pages of
griliches1995, the proceedings and pages of hao2018 (its title and authors were, at the address given); the
citations of li2010 that were found end on page 902, ours on 892: not settled.

Places of publication are those that citations of the same edition give; that of hilbe2011 is in the name of its
publisher.  A place that no citation was found to give is left out: egami2023, evert2022, guo2017, hao2018,
hoffman2010, nguyen2015, shi2018.  GB/T 7714 writes [S.l.] where the
work itself names no place: that is not known of these.  It asks for the day on which an address was last seen;
nobody has noted one, so none is printed.
"""

# ruff: noqa: E501  (entries are shown whole)

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Literal

from discourse.report.numerals import Language


@dataclass(frozen=True)
class Reference:
    """One work: authors as (family name, initials)."""

    authors: tuple[tuple[str, str], ...]
    year: int
    title: str
    kind: Literal["J", "M", "C", "OL"]
    container: str = ""
    volume: str = ""
    issue: str = ""
    pages: str = ""
    doi: str = ""
    url: str = ""
    place: str = ""
    publisher: str = ""


def _read_works() -> dict[str, Reference]:
    """Read the shipped list of works."""
    listed = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
    return {key: _work(dict(given)) for key, given in listed.items()}


def _work(given: dict[str, Any]) -> Reference:
    names = [author.strip().partition(", ") for author in given.pop("authors").split(";")]
    return Reference(tuple((family, initials) for family, _, initials in names), **given)


WORKS: Final[dict[str, Reference]] = _read_works()

# which works a paragraph of the methods cites
CITED: Final[dict[str, tuple[str, ...]]] = {
    "text": ("sun2012",),
    "stance": ("bestvater2023", "vanatteveldt2021"),
    "stance_other": ("bestvater2023",),
    "intervals": ("cameron2011", "wilson1927", "franco2019"),
    "intervals_bootstrap": ("owen2007", "hall1988", "efron1987", "cameron2011"),
    "contrasts": ("hedges1981", "holm1979"),
    "topics": ("blei2003", "hoffman2010", "rehurek2010", "roeder2015"),
    "topics_nmf": ("lee1999", "boutsidis2008", "rehurek2010", "roeder2015"),
    "topic_uncertainty": ("rubin1987", "satterthwaite1946", "kuhn1955", "benjamini1995"),
    "topics_other": ("rehurek2010", "roeder2015"),
    "topics_lsa": (
        *("hao2018", "shi2018", "deerwester1990", "chan2020", "rohe2023", "banerjee2005"),
        *("roeder2015", "rehurek2010"),
    ),
    "topics_joint": ("hao2018", "roeder2015", "rehurek2010"),
    "keyness": ("monroe2008", "dunning1993", "hardie2014", "evert2022", "benjamini1995"),
    "privacy": ("willenborg2001", "fiesler2018", "franzke2020", "reagle2022"),
    "correction": ("egami2023",),
    "trained": ("cortes1995", "guo2017", "nguyen2015"),
    "plan": ("nosek2018",),
    "correction_by_codes": (
        "angelopoulos2023",
        "belsley1980",
        "egami2023",
        "hajek1971",
        "hayes2007",
        "song2020",
    ),
    "groups_corrected": ("cassel1976",),
    "coefficients": ("kluger2025",),
    "phases": ("griliches1995", "killick2012", "lopezbernal2017", "newey1987"),
    "topic_stance": ("benjamini1995", "haberman1973", "kitagawa1955"),
    "topic_covariates": ("benjamini1995", "cameron2011", "rubin1987"),
    "robustness": ("simonsohn2020",),
    "emotions": ("li2025",),
    "families": ("benjamini1995", "holm1979"),
    "replies": ("freeman1977", "krackhardt1988", "newman2003"),
    "likes": ("hilbe2011", "liang1986", "zeleny1982"),
    "places": ("fay1979", "li2010"),
    "nearby": ("church1990", "clauset2004", "rychly2008"),
    "software": ("waskom2021", "okabe2008"),
}


def bibliography(methods: Iterable[str], language: Language) -> list[str]:
    """List the works that the methods cite, in alphabetical order.

    Parameters
    ----------
    methods : iterable of str
        Keys of the paragraphs of the methods that were printed.
    language : {"en", "zh"}
        APA in English, GB/T 7714-2015 (author and year) in Chinese.

    Returns
    -------
    list of str
        One entry a work.

    Examples
    --------
    >>> bibliography(["contrasts"], "zh")[1][:18]
    'HOLM S, 1979. A si'
    """
    keys = {key for method in methods for key in CITED.get(method, ())}
    works = sorted((WORKS[key] for key in keys), key=_alphabetical)
    return [gbt(work) if language == "zh" else apa(work) for work in works]


def _alphabetical(work: Reference) -> tuple[str, int]:
    import unicodedata

    plain = unicodedata.normalize("NFD", work.authors[0][0]).encode("ascii", "ignore").decode()
    return plain.lower(), work.year


def apa(work: Reference) -> str:
    """Write an entry after the Publication Manual of the APA, 7th edition.

    Examples
    --------
    >>> apa(WORKS["dunning1993"])
    'Dunning, T. (1993). Accurate methods for the statistics of surprise and coincidence. Computational Linguistics, 19(1), 61–74.'
    """
    names = [f"{family}, {initials}" for family, initials in work.authors]
    who = names[0] if len(names) == 1 else ", ".join(names[:-1]) + f", & {names[-1]}"
    issue = f"({work.issue})" if work.issue else ""
    where = work.container
    many = "–" in work.pages
    if work.kind == "J":
        # a number without an end is that of an article
        pages = work.pages if many or not work.pages else f"Article {work.pages}"
        where += f", {work.volume}{issue}" + (f", {pages}" if pages else "")
    elif work.kind == "C":
        where = f"In {where}" + (f" ({'pp.' if many else 'p.'} {work.pages})" if work.pages else "")
        where += f". {work.publisher}" if work.publisher else ""
    link = f" https://doi.org/{work.doi}" if work.doi else f" {work.url}" if work.url else ""
    return f"{who} ({work.year}). {work.title}. {where}.{link}"


def gbt(work: Reference) -> str:
    """Write an entry after GB/T 7714-2015, author and year.

    Examples
    --------
    >>> gbt(WORKS["dunning1993"])
    'DUNNING T, 1993. Accurate methods for the statistics of surprise and coincidence[J]. Computational Linguistics, 19(1): 61-74.'
    >>> gbt(WORKS["rubin1987"])
    'RUBIN D B, 1987. Multiple imputation for nonresponse in surveys[M]. New York: Wiley.'
    """
    names = [f"{family.upper()} {initials.replace('.', '').strip()}" for family, initials in work.authors]
    who = ", ".join(names[:3]) + (", et al" if len(names) > 3 else "")
    issue = f"({work.issue})" if work.issue else ""
    where = f"{work.container}, {work.volume}{issue}" if work.kind == "J" else work.container
    if work.kind == "M" and work.place:
        where = f"{work.place}: {where}"
    elif work.place:
        where = f"{where}. {work.place}: {work.publisher}"
    mark = {"J": "[J]. ", "M": "[M]. ", "C": "[C]//", "OL": "[EB/OL]. "}[work.kind]
    pages = f": {work.pages.replace('–', '-')}" if work.pages else ""
    link = f" DOI: {work.doi}." if work.doi else f" {work.url}." if work.url else ""
    return f"{who}, {work.year}. {work.title}{mark}{where}{pages}.{link}"


_BIBTEX: Final[dict[str, tuple[str, str]]] = {
    "J": ("article", "journal"),
    "M": ("book", "publisher"),
    "C": ("inproceedings", "booktitle"),
    "OL": ("misc", "howpublished"),
}
_SPECIAL = str.maketrans({c: f"\\{c}" for c in "&%$#_{}"} | {"\\": "\\textbackslash{}"})


def bibtex(key: str, work: Reference) -> str:
    """Write an entry for BibTeX.

    Parameters
    ----------
    key : str
        What a text cites it by.
    work : Reference
        The work.

    Returns
    -------
    str
        One entry; capitals of the title are kept.

    Examples
    --------
    >>> print(bibtex("dunning1993", WORKS["dunning1993"]))
    @article{dunning1993,
      author = {Dunning, T.},
      year = {1993},
      title = {{Accurate methods for the statistics of surprise and coincidence}},
      journal = {Computational Linguistics},
      volume = {19},
      number = {1},
      pages = {61--74},
    }
    """
    kind, container = _BIBTEX[work.kind]
    fields = {
        "author": " and ".join(
            f"{family}, {initials}".translate(_SPECIAL) for family, initials in work.authors
        ),
        "year": str(work.year),
        "title": f"{{{work.title.translate(_SPECIAL)}}}",
        container: work.container.translate(_SPECIAL),
        "volume": work.volume,
        "number": work.issue,
        "pages": work.pages.replace("–", "--"),
        "address": work.place,
        **({"publisher": work.publisher.translate(_SPECIAL)} if work.publisher else {}),
        "doi": work.doi,
        "url": work.url,
    }
    lines = [f"  {name} = {{{text}}}," for name, text in fields.items() if text]
    return "\n".join([f"@{kind}{{{key},", *lines, "}"])


def bibtex_of(methods: Iterable[str]) -> str:
    """Write the references of the methods that ran as a BibTeX file.

    Parameters
    ----------
    methods : iterable of str
        Methods, as for :func:`bibliography`.

    Returns
    -------
    str
        Entries in the order of their keys, each by the key under which we keep it.

    Examples
    --------
    >>> bibtex_of(["contrasts"]).count("@") > 0
    True
    """
    keys = sorted({key for method in methods for key in CITED.get(method, ())})
    return "".join(f"{bibtex(key, WORKS[key])}\n\n" for key in keys)
