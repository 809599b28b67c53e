"""The references of the methods that ran, in the style of each language: APA, or GB/T 7714.

Authors, year, title, container, pages and DOI of the entries were compared in November 2026 with citations of
the same work in public repositories and on public pages, not with the publisher's own record.  A DOI that could
not be found there is left out.  Of those added on 22 November 2026, these have not been compared yet and keep what
they were written with: angelopoulos2023, hajek1971, song2020, church1990, hilbe2011, li2010, rychly2008,
haberman1973, killick2012, kitagawa1955, lopezbernal2017, newey1987, zeleny1982, rubin1987, barnard1999, kuhn1955,
deerwester1990, shi2018, hao2018, banerjee2005 and chan2020; of griliches1995 title and DOI only were found.
"""

# ruff: noqa: E501  (sentences of a catalogue are read whole)

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Literal

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


def _r(
    authors: str, year: int, title: str, kind: Literal["J", "M", "C", "OL"], *rest: str, **more: str
) -> Reference:
    pairs = tuple(tuple(a.strip().split(", ")) for a in authors.split(";"))
    names = ("container", "volume", "issue", "pages")
    return Reference(pairs, year, title, kind, **dict(zip(names, rest, strict=False)), **more)  # type: ignore[arg-type]


WORKS: Final[dict[str, Reference]] = {
    "angelopoulos2023": _r(
        "Angelopoulos, A. N.; Duchi, J. C.; Zrnic, T.",
        2023,
        "PPI++: Efficient prediction-powered inference",
        "OL",
        "arXiv",
        url="https://arxiv.org/abs/2311.01453",
    ),
    "benjamini1995": _r(
        "Benjamini, Y.; Hochberg, Y.",
        1995,
        "Controlling the false discovery rate: A practical and powerful approach to multiple testing",
        "J",
        "Journal of the Royal Statistical Society: Series B",
        "57",
        "1",
        "289–300",
        doi="10.1111/j.2517-6161.1995.tb02031.x",
    ),
    "bestvater2023": _r(
        "Bestvater, S. E.; Monroe, B. L.",
        2023,
        "Sentiment is not stance: Target-aware opinion classification for political text analysis",
        "J",
        "Political Analysis",
        "31",
        "2",
        "235–256",
        doi="10.1017/pan.2022.10",
    ),
    "blei2003": _r(
        "Blei, D. M.; Ng, A. Y.; Jordan, M. I.",
        2003,
        "Latent Dirichlet allocation",
        "J",
        "Journal of Machine Learning Research",
        "3",
        "",
        "993–1022",
    ),
    "boutsidis2008": _r(
        "Boutsidis, C.; Gallopoulos, E.",
        2008,
        "SVD based initialization: A head start for nonnegative matrix factorization",
        "J",
        "Pattern Recognition",
        "41",
        "4",
        "1350–1362",
        doi="10.1016/j.patcog.2007.09.010",
    ),
    "cameron2011": _r(
        "Cameron, A. C.; Gelbach, J. B.; Miller, D. L.",
        2011,
        "Robust inference with multiway clustering",
        "J",
        "Journal of Business & Economic Statistics",
        "29",
        "2",
        "238–249",
        doi="10.1198/jbes.2010.07136",
    ),
    "dunning1993": _r(
        "Dunning, T.",
        1993,
        "Accurate methods for the statistics of surprise and coincidence",
        "J",
        "Computational Linguistics",
        "19",
        "1",
        "61–74",
    ),
    "efron1987": _r(
        "Efron, B.",
        1987,
        "Better bootstrap confidence intervals",
        "J",
        "Journal of the American Statistical Association",
        "82",
        "397",
        "171–185",
        doi="10.1080/01621459.1987.10478410",
    ),
    "egami2023": _r(
        "Egami, N.; Hinck, M.; Stewart, B. M.; Wei, H.",
        2023,
        "Using imperfect surrogates for downstream inference: Design-based supervised learning for social science applications of large language models",
        "C",
        "Advances in Neural Information Processing Systems 36",
        url="https://arxiv.org/abs/2306.04746",
    ),
    "evert2022": _r(
        "Evert, S.",
        2022,
        "Measuring keyness",
        "C",
        "Digital Humanities 2022: Conference Abstracts",
        url="https://osf.io/cy6mw/",
    ),
    "fiesler2018": _r(
        "Fiesler, C.; Proferes, N.",
        2018,
        "“Participant” perceptions of Twitter research ethics",
        "J",
        "Social Media + Society",
        "4",
        "1",
        "2056305118763366",
        doi="10.1177/2056305118763366",
    ),
    "franco2019": _r(
        "Franco, C.; Little, R. J. A.; Louis, T. A.; Slud, E. V.",
        2019,
        "Comparative study of confidence intervals for proportions in complex sample surveys",
        "J",
        "Journal of Survey Statistics and Methodology",
        "7",
        "3",
        "334–364",
    ),
    "franzke2020": _r(
        "franzke, a. s.; Bechmann, A.; Zimmer, M.; Ess, C. M.",
        2020,
        "Internet research: Ethical guidelines 3.0",
        "OL",
        "Association of Internet Researchers",
        url="https://aoir.org/reports/ethics3.pdf",
    ),
    "hajek1971": _r(
        "Hájek, J.",
        1971,
        "Comment on An essay on the logical foundations of survey sampling, part one",
        "C",
        "V. P. Godambe & D. A. Sprott (Eds.), Foundations of Statistical Inference",
        "",
        "",
        "236",
    ),
    "hall1988": _r(
        "Hall, P.",
        1988,
        "Theoretical comparison of bootstrap confidence intervals",
        "J",
        "The Annals of Statistics",
        "16",
        "3",
        "927–953",
        doi="10.1214/aos/1176350933",
    ),
    "hardie2014": _r(
        "Hardie, A.",
        2014,
        "Log ratio: An informal introduction",
        "OL",
        "ESRC Centre for Corpus Approaches to Social Science",
        url="http://cass.lancs.ac.uk/log-ratio-an-informal-introduction/",
    ),
    "hayes2007": _r(
        "Hayes, A. F.; Krippendorff, K.",
        2007,
        "Answering the call for a standard reliability measure for coding data",
        "J",
        "Communication Methods and Measures",
        "1",
        "1",
        "77–89",
        doi="10.1080/19312450709336664",
    ),
    "hedges1981": _r(
        "Hedges, L. V.",
        1981,
        "Distribution theory for Glass’s estimator of effect size and related estimators",
        "J",
        "Journal of Educational Statistics",
        "6",
        "2",
        "107–128",
        doi="10.3102/10769986006002107",
    ),
    "hoffman2010": _r(
        "Hoffman, M. D.; Blei, D. M.; Bach, F.",
        2010,
        "Online learning for latent Dirichlet allocation",
        "C",
        "Advances in Neural Information Processing Systems 23",
        "",
        "",
        "856–864",
    ),
    "holm1979": _r(
        "Holm, S.",
        1979,
        "A simple sequentially rejective multiple test procedure",
        "J",
        "Scandinavian Journal of Statistics",
        "6",
        "2",
        "65–70",
    ),
    "lee1999": _r(
        "Lee, D. D.; Seung, H. S.",
        1999,
        "Learning the parts of objects by non-negative matrix factorization",
        "J",
        "Nature",
        "401",
        "6755",
        "788–791",
        doi="10.1038/44565",
    ),
    "monroe2008": _r(
        "Monroe, B. L.; Colaresi, M. P.; Quinn, K. M.",
        2008,
        "Fightin’ words: Lexical feature selection and evaluation for identifying the content of political conflict",
        "J",
        "Political Analysis",
        "16",
        "4",
        "372–403",
        doi="10.1093/pan/mpn018",
    ),
    "nosek2018": _r(
        "Nosek, B. A.; Ebersole, C. R.; DeHaven, A. C.; Mellor, D. T.",
        2018,
        "The preregistration revolution",
        "J",
        "Proceedings of the National Academy of Sciences",
        "115",
        "11",
        "2600–2606",
        doi="10.1073/pnas.1708274114",
    ),
    "okabe2008": _r(
        "Okabe, M.; Ito, K.",
        2008,
        "Color universal design: How to make figures and presentations that are friendly to colorblind people",
        "OL",
        "J*FLY Data Depository",
        url="https://jfly.uni-koeln.de/color/",
    ),
    "owen2007": _r(
        "Owen, A. B.",
        2007,
        "The pigeonhole bootstrap",
        "J",
        "The Annals of Applied Statistics",
        "1",
        "2",
        "386–411",
        doi="10.1214/07-AOAS122",
    ),
    "rehurek2010": _r(
        "Řehůřek, R.; Sojka, P.",
        2010,
        "Software framework for topic modelling with large corpora",
        "C",
        "Proceedings of the LREC 2010 Workshop on New Challenges for NLP Frameworks",
        "",
        "",
        "45–50",
    ),
    "roeder2015": _r(
        "Röder, M.; Both, A.; Hinneburg, A.",
        2015,
        "Exploring the space of topic coherence measures",
        "C",
        "Proceedings of the Eighth ACM International Conference on Web Search and Data Mining",
        "",
        "",
        "399–408",
        doi="10.1145/2684822.2685324",
    ),
    "song2020": _r(
        "Song, H.; Tolochko, P.; Eberl, J.-M.; Eisele, O.; Greussing, E.; Heidenreich, T.; Lind, F.; Galyga, S.; Boomgaarden, H. G.",
        2020,
        "In validations we trust? The impact of imperfect human annotations as a gold standard on the quality of validation of automated content analysis",
        "J",
        "Political Communication",
        "37",
        "4",
        "550–572",
        doi="10.1080/10584609.2020.1723752",
    ),
    "sun2012": _r(
        "Sun, J.",
        2012,
        "jieba: Chinese text segmentation",
        "OL",
        "Software",
        url="https://github.com/fxsjy/jieba",
    ),
    "vanatteveldt2021": _r(
        "van Atteveldt, W.; van der Velden, M. A. C. G.; Boukes, M.",
        2021,
        "The validity of sentiment analysis: Comparing manual annotation, crowd-coding, dictionary approaches, and machine learning algorithms",
        "J",
        "Communication Methods and Measures",
        "15",
        "2",
        "121–140",
        doi="10.1080/19312458.2020.1869198",
    ),
    "waskom2021": _r(
        "Waskom, M. L.",
        2021,
        "seaborn: Statistical data visualization",
        "J",
        "Journal of Open Source Software",
        "6",
        "60",
        "3021",
        doi="10.21105/joss.03021",
    ),
    "willenborg2001": _r(
        "Willenborg, L.; de Waal, T.",
        2001,
        "Elements of statistical disclosure control",
        "M",
        "Springer",
    ),
    "wilson1927": _r(
        "Wilson, E. B.",
        1927,
        "Probable inference, the law of succession, and statistical inference",
        "J",
        "Journal of the American Statistical Association",
        "22",
        "158",
        "209–212",
        doi="10.1080/01621459.1927.10502953",
    ),
    "church1990": _r(
        "Church, K. W.; Hanks, P.",
        1990,
        "Word association norms, mutual information, and lexicography",
        "J",
        "Computational Linguistics",
        "16",
        "1",
        "22–29",
        url="https://aclanthology.org/J90-1003",
    ),
    "clauset2004": _r(
        "Clauset, A.; Newman, M. E. J.; Moore, C.",
        2004,
        "Finding community structure in very large networks",
        "J",
        "Physical Review E",
        "70",
        "6",
        "066111",
        doi="10.1103/PhysRevE.70.066111",
    ),
    "fay1979": _r(
        "Fay, R. E.; Herriot, R. A.",
        1979,
        "Estimates of income for small places: An application of James-Stein procedures to census data",
        "J",
        "Journal of the American Statistical Association",
        "74",
        "366",
        "269–277",
        doi="10.1080/01621459.1979.10482505",
    ),
    "freeman1977": _r(
        "Freeman, L. C.",
        1977,
        "A set of measures of centrality based on betweenness",
        "J",
        "Sociometry",
        "40",
        "1",
        "35–41",
        doi="10.2307/3033543",
    ),
    "hilbe2011": _r(
        "Hilbe, J. M.",
        2011,
        "Negative binomial regression (2nd ed.)",
        "M",
        "Cambridge University Press",
        doi="10.1017/CBO9780511973420",
    ),
    "kluger2025": _r(
        "Kluger, D. M.; Lu, K.; Zrnic, T.; Wang, S.; Bates, S.",
        2025,
        "Prediction-powered inference with imputed covariates and nonuniform sampling",
        "OL",
        "arXiv",
        url="https://arxiv.org/abs/2501.18577",
    ),
    "krackhardt1988": _r(
        "Krackhardt, D.; Stern, R. N.",
        1988,
        "Informal networks and organizational crises: An experimental simulation",
        "J",
        "Social Psychology Quarterly",
        "51",
        "2",
        "123–140",
        doi="10.2307/2786835",
    ),
    "li2010": _r(
        "Li, H.; Lahiri, P.",
        2010,
        "An adjusted maximum likelihood method for solving small area estimation problems",
        "J",
        "Journal of Multivariate Analysis",
        "101",
        "4",
        "882–892",
        doi="10.1016/j.jmva.2009.10.009",
    ),
    "liang1986": _r(
        "Liang, K.-Y.; Zeger, S. L.",
        1986,
        "Longitudinal data analysis using generalized linear models",
        "J",
        "Biometrika",
        "73",
        "1",
        "13–22",
        doi="10.1093/biomet/73.1.13",
    ),
    "newman2003": _r(
        "Newman, M. E. J.",
        2003,
        "Mixing patterns in networks",
        "J",
        "Physical Review E",
        "67",
        "2",
        "026126",
        doi="10.1103/PhysRevE.67.026126",
    ),
    "rychly2008": _r(
        "Rychlý, P.",
        2008,
        "A lexicographer-friendly association score",
        "C",
        "Proceedings of Recent Advances in Slavonic Natural Language Processing",
        "",
        "",
        "6–9",
    ),
    "griliches1995": _r(
        "Griliches, Z.; Regev, H.",
        1995,
        "Firm productivity in Israeli industry 1979–1988",
        "J",
        "Journal of Econometrics",
        "65",
        "1",
        "175–203",
        doi="10.1016/0304-4076(94)01601-U",
    ),
    "haberman1973": _r(
        "Haberman, S. J.",
        1973,
        "The analysis of residuals in cross-classified tables",
        "J",
        "Biometrics",
        "29",
        "1",
        "205–220",
        doi="10.2307/2529686",
    ),
    "killick2012": _r(
        "Killick, R.; Fearnhead, P.; Eckley, I. A.",
        2012,
        "Optimal detection of changepoints with a linear computational cost",
        "J",
        "Journal of the American Statistical Association",
        "107",
        "500",
        "1590–1598",
        doi="10.1080/01621459.2012.737745",
    ),
    "kitagawa1955": _r(
        "Kitagawa, E. M.",
        1955,
        "Components of a difference between two rates",
        "J",
        "Journal of the American Statistical Association",
        "50",
        "272",
        "1168–1194",
        doi="10.1080/01621459.1955.10501299",
    ),
    "lopezbernal2017": _r(
        "Lopez Bernal, J.; Cummins, S.; Gasparrini, A.",
        2017,
        "Interrupted time series regression for the evaluation of public health interventions: A tutorial",
        "J",
        "International Journal of Epidemiology",
        "46",
        "1",
        "348–355",
        doi="10.1093/ije/dyw098",
    ),
    "newey1987": _r(
        "Newey, W. K.; West, K. D.",
        1987,
        "A simple, positive semi-definite, heteroskedasticity and autocorrelation consistent covariance matrix",
        "J",
        "Econometrica",
        "55",
        "3",
        "703–708",
        doi="10.2307/1913610",
    ),
    "simonsohn2020": _r(
        "Simonsohn, U.; Simmons, J. P.; Nelson, L. D.",
        2020,
        "Specification curve analysis",
        "J",
        "Nature Human Behaviour",
        "4",
        "",
        "1208–1214",
        doi="10.1038/s41562-020-0912-z",
    ),
    "zeleny1982": _r(
        "Zeleny, M.",
        1982,
        "Multiple criteria decision making",
        "M",
        "McGraw-Hill",
    ),
    "rubin1987": _r(
        "Rubin, D. B.",
        1987,
        "Multiple imputation for nonresponse in surveys",
        "M",
        "Wiley",
    ),
    "satterthwaite1946": _r(
        "Satterthwaite, F. E.",
        1946,
        "An approximate distribution of estimates of variance components",
        "J",
        "Biometrics Bulletin",
        "2",
        "6",
        "110–114",
        doi="10.2307/3002019",
    ),
    "kuhn1955": _r(
        "Kuhn, H. W.",
        1955,
        "The Hungarian method for the assignment problem",
        "J",
        "Naval Research Logistics Quarterly",
        "2",
        "1–2",
        "83–97",
        doi="10.1002/nav.3800020109",
    ),
    "deerwester1990": _r(
        "Deerwester, S.; Dumais, S. T.; Furnas, G. W.; Landauer, T. K.; Harshman, R.",
        1990,
        "Indexing by latent semantic analysis",
        "J",
        "Journal of the American Society for Information Science",
        "41",
        "6",
        "391–407",
    ),
    "shi2018": _r(
        "Shi, T.; Kang, K.; Choo, J.; Reddy, C. K.",
        2018,
        "Short-text topic modeling via non-negative matrix factorization enriched with local word-context correlations",
        "C",
        "Proceedings of the 2018 World Wide Web Conference",
        "",
        "",
        "1105–1114",
        doi="10.1145/3178876.3186009",
    ),
    "hao2018": _r(
        "Hao, S.; Paul, M. J.",
        2018,
        "Learning multilingual topics from incomparable corpora",
        "C",
        "Proceedings of the 27th International Conference on Computational Linguistics",
        "",
        "",
        "2595–2609",
    ),
    "rohe2023": _r(
        "Rohe, K.; Zeng, M.",
        2023,
        "Vintage factor analysis with varimax performs statistical inference",
        "J",
        "Journal of the Royal Statistical Society: Series B",
        "85",
        "4",
        "1037–1060",
        doi="10.1093/jrsssb/qkad029",
    ),
    "banerjee2005": _r(
        "Banerjee, A.; Dhillon, I. S.; Ghosh, J.; Sra, S.",
        2005,
        "Clustering on the unit hypersphere using von Mises-Fisher distributions",
        "J",
        "Journal of Machine Learning Research",
        "6",
        "",
        "1345–1382",
    ),
    "chan2020": _r(
        "Chan, C.-h.; Zeng, J.; Wessler, H.; Jungblut, M.; Welbers, K.; Bajjalieh, J. W.; van Atteveldt, W.; Althaus, S. L.",
        2020,
        "Reproducible extraction of cross-lingual topics (rectr)",
        "J",
        "Communication Methods and Measures",
        "14",
        "4",
        "285–305",
        doi="10.1080/19312458.2020.1812555",
    ),
}

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
    "privacy": ("willenborg2001", "fiesler2018", "franzke2020"),
    "correction": ("egami2023",),
    "plan": ("nosek2018",),
    "correction_by_codes": (
        "angelopoulos2023",
        "egami2023",
        "hajek1971",
        "hayes2007",
        "song2020",
    ),
    "coefficients": ("kluger2025",),
    "phases": ("griliches1995", "killick2012", "lopezbernal2017", "newey1987"),
    "topic_stance": ("benjamini1995", "haberman1973", "kitagawa1955"),
    "robustness": ("simonsohn2020",),
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
    'Holm S, 1979. A si'
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
    if work.kind == "J":
        where += f", {work.volume}{issue}" + (f", {work.pages}" if work.pages else "")
    elif work.kind == "C":
        where = f"In {where}" + (f" (pp. {work.pages})" if work.pages else "")
    link = f" https://doi.org/{work.doi}" if work.doi else f" {work.url}" if work.url else ""
    return f"{who} ({work.year}). {work.title}. {where}.{link}"


def gbt(work: Reference) -> str:
    """Write an entry after GB/T 7714-2015, author and year.

    Examples
    --------
    >>> gbt(WORKS["dunning1993"])
    'Dunning T, 1993. Accurate methods for the statistics of surprise and coincidence[J]. Computational Linguistics, 19(1): 61–74.'
    """
    names = [f"{family} {initials.replace('.', '').strip()}" for family, initials in work.authors]
    who = ", ".join(names[:3]) + (", et al" if len(names) > 3 else "")
    issue = f"({work.issue})" if work.issue else ""
    where = f"{work.container}, {work.volume}{issue}" if work.kind == "J" else work.container
    mark = {"J": "[J]. ", "M": "[M]. ", "C": "[C]//", "OL": "[EB/OL]. "}[work.kind]
    pages = f": {work.pages}" if work.pages else ""
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
