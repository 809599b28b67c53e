"""The tables of a checked instrument: what was coded, and every figure in three versions."""

from __future__ import annotations

from discourse.tables.table import ESTIMATE, Column, Table

_METHOD = Column("method", "str", "how estimate and interval were computed")
_REASON = Column("reason", "str", "why no figure is given; NA otherwise", required=False)
_CODED_POSTS = Column("n_coded", "Int64", "posts among them that people coded", "posts")
_CODED_AUTHORS = Column("n_authors", "Int64", "authors of the coded posts; of all posts for naive", "authors")
#: The columns of a figure of groups in several versions, behind what the figure is.
_IN_VERSIONS = (
    Column("group", "str", "the group, or two joined by ' vs '"),
    Column("lang", "str", "all | zh | en | mixed: language of the posts counted"),
    Column(
        "version",
        "str",
        "human | naive | corrected | groups | both: corrected are labels, groups, or labels and groups",
    ),
    *ESTIMATE,
    Column("n", "Int64", "posts that labels count: the mentions, or all where the share is of all", "posts"),
    Column("n_coded", "Int64", "posts that people coded, those without a mention too", "posts"),
    Column(
        "n_authors",
        "Int64",
        "authors of the coded posts; of all posts for naive; for groups and both those coded by hand",
        "authors",
    ),
    _METHOD,
    _REASON,
)
#: What coders were asked beside the label.
_ASKED = (
    Column("kind", "str", "frame | emotion | topic: it is the main topic of a post"),
    Column("name", "str", "name of the frame or emotion; number of the topic from 000, none, or all"),
    Column("target", "str", "toward whom the emotion is; NA otherwise", required=False),
)

VALIDATION = Table(
    "validation",
    "What people coded, of which posts, by which codebook, and how far they agreed.",
    (
        Column("target", "str", "name of the target"),
        Column("n_codes", "Int64", "posts with a code", "posts"),
        Column("n_drawn", "Int64", "posts drawn for coding", "posts"),
        Column("frame_size", "Int64", "posts that could have been drawn", "posts"),
        Column("n_coders", "Int64", "people who coded", "coders"),
        Column("n_double", "Int64", "posts that two or more people coded", "posts"),
        Column("n_adjudicated", "Int64", "posts settled between coders", "posts"),
        Column("n_open", "Int64", "posts on which coders disagree and that nobody has settled", "posts"),
        Column(
            "alpha", "float64", "Krippendorff's alpha, nominal; NA without a second coder", required=False
        ),
        Column("low", "float64", "lower end of its interval", required=False),
        Column("high", "float64", "upper end of its interval", required=False),
        Column("level", "float64", "confidence level of the interval"),
        Column("alpha_languages", "float64", "alpha between two languages of one message", required=False),
        Column("n_twins", "Int64", "messages coded in two languages", "messages", required=False),
        Column("strata", "str", "keys of the strata of the draw"),
        Column("allocation", "str", "how many were drawn from which stratum"),
        Column("seed", "Int64", "seed of the draw"),
        Column("codebook", "str", "version and hash of the codebook"),
        Column("instrument", "str", "the instrument, frozen before the draw"),
        Column("method", "str", "the correction: ppi++ | dsl"),
        Column("n_figures", "Int64", "figures of groups and differences that were corrected", "figures"),
        Column(
            "n_outside", "Int64", "of them, those of labels alone outside the corrected interval", "figures"
        ),
        Column(
            "width_to_naive", "float64", "median width of corrected intervals to labels alone", required=False
        ),
        Column(
            "width_to_human", "float64", "median width of corrected intervals to codes alone", required=False
        ),
    ),
)

GROUP_RULES = Table(
    "group_rules",
    "How often the group rules give an author the group that people give, weighted to all authors.",
    (
        Column("group", "str", "name of the group; 'all' for everybody"),
        Column("measure", "str", "accuracy | precision | recall"),
        *ESTIMATE,
        Column("n", "Int64", "coded authors behind the figure", "authors"),
    ),
)

GROUP_SHARES = Table(
    "group_shares",
    "How large each group is, in three versions: as people code authors, by the rules, and corrected.",
    (
        Column("group", "str", "name of the group"),
        Column("of", "str", "authors | posts: what the share is of"),
        Column("version", "str", "human | naive | corrected"),
        *ESTIMATE,
        Column("n", "Int64", "authors", "authors"),
        Column("n_coded", "Int64", "authors among them that people coded", "authors"),
        _METHOD,
        _REASON,
    ),
)

THREE_ESTIMATES = Table(
    "three_estimates",
    "Each figure from human codes alone, from labels alone, and corrected, for labels, groups, or both.",
    (
        Column("target", "str", "name of the target"),
        Column(
            "figure",
            "str",
            "group | difference | event | phase | change | question | topic | place | reply | influence | "
            "same authors | without author | without thread | without day: the question without the one that "
            "moves it most",
        ),
        Column(
            "id",
            "str",
            "id of the question, name of the event, phase or place, number of the topic, stance answered, or "
            "influence; NA otherwise",
            required=False,
        ),
        Column("outcome", "str", "mean | positive | neutral | negative | balance | coverage"),
        *_IN_VERSIONS,
    ),
)

CODE_ESTIMATES = Table(
    "code_estimates",
    "Shares of frames, emotions and main topics in three versions: human codes, instrument, and corrected.",
    (
        *_ASKED,
        Column("figure", "str", "group | difference | question"),
        Column("id", "str", "id of the question; NA otherwise", required=False),
        *_IN_VERSIONS,
    ),
)

CODE_ACCURACY = Table(
    "code_accuracy",
    "How far instruments of frames, emotions and topics say what people say, and how far people agree.",
    (
        *_ASKED,
        Column("group", "str", "name of the group; 'all' for everybody"),
        Column("lang", "str", "zh | en | mixed | other; 'all' for all"),
        Column(
            "measure",
            "str",
            "precision | recall | f1 of yes or of the topic, accuracy, macro_f1, or alpha of the coders",
        ),
        *ESTIMATE,
        Column("n", "Int64", "coded posts behind the figure; for alpha those coded twice", "posts"),
        Column("instrument", "str", "the instrument, frozen before the draw"),
    ),
)

COEFFICIENTS = Table(
    "coefficients",
    "Regression coefficients in three versions, where an instrument labels the outcome or a regressor.",
    (
        Column("target", "str", "name of the target"),
        Column("model", "str", "stance | trend | interrupted | likes opening | likes comments"),
        Column("id", "str", "group of a trend; event and group of a series; NA otherwise", required=False),
        Column("term", "str", "regressor; week: change a week; level, slope: jump and change of slope"),
        Column("level_of", "str", "its value; NA for a number", required=False),
        Column("reference", "str", "the value that it is compared with; NA for a number", required=False),
        Column("version", "str", "human | naive | corrected"),
        *ESTIMATE,
        Column("p", "float64", "p-value of no difference"),
        Column("n", "Int64", "posts behind the model", "posts"),
        _CODED_POSTS,
        _CODED_AUTHORS,
        Column("labelled", "str", "what the instrument labels in it: outcome | regressor"),
        Column("method", "str", "how estimate and interval were computed", required=False),
        _REASON,
    ),
)
