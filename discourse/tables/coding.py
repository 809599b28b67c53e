"""The tables of hand coding: what was drawn, what coders see, what they said, and what follows from it."""

from __future__ import annotations

from discourse.tables.table import Column, Table

SAMPLE = Table(
    "sample",
    "One row a drawn unit: how it was drawn and what the frozen instrument says; never shown to coders.",
    (
        Column("post_id", "str", "id of the post, as text; the pseudonym of the author where unit is author"),
        Column("unit", "str", "post | author"),
        Column("target", "str", "what the code is toward; NA where unit is author", required=False),
        Column("group", "str", "group assigned by the rules", required=False),
        Column("lang", "str", "language of its stratum: zh | en | mixed | other", required=False),
        Column("label", "str", "what the instrument says; the group assigned where unit is author"),
        Column(
            "score", "float64", "score of the instrument; NA where there is none", "score", required=False
        ),
        Column("confidence", "float64", "its trust in the judgment, [0, 1]", required=False),
        Column("stratum", "str", "name of the stratum: its keys joined by ' | '"),
        Column("inclusion", "float64", "probability with which it was drawn, in (0, 1]"),
        Column("stratum_size", "Int64", "units of the stratum in the frame", "posts"),
        Column("stratum_drawn", "Int64", "units drawn from the stratum", "posts"),
        Column("overlap", "bool", "true if every coder codes it"),
        Column("coder", "str", "who codes it; NA where every coder does", required=False),
        Column("author", "str", "pseudonym of its author", required=False),
        Column("thread_id", "str", "thread", required=False),
    ),
)

PREDICTIONS = Table(
    "predictions",
    "What frozen instruments say of the drawn units in answer to further questions; never shown to coders.",
    (
        Column("post_id", "str", "id of the unit, as in the sample"),
        Column("variable", "str", "variable of the codebook: frame:<name> | emotion:<name>"),
        Column("label", "str", "yes | no; NA where the instrument says nothing", required=False),
    ),
)

SAMPLE_TEXTS = Table(
    "sample_texts",
    "What coders see of a drawn unit, and nothing else.",
    (
        Column("post_id", "str", "id of the unit, as in the sample"),
        Column("target", "str", "what the code is toward; NA where unit is author", required=False),
        Column("parent", "str", "the post that it answers, masked; NA if none is known", required=False),
        Column("text", "str", "title and text, masked; for an author the evidence that is permitted"),
    ),
)

CODES = Table(
    "codes",
    "One row a code that one coder gave to one unit; the last row of a coder, unit and variable counts.",
    (
        Column("post_id", "str", "id of the unit, as in the sample"),
        Column("target", "str", "what the code is toward; NA where unit is author", required=False),
        Column("coder", "str", "who coded; 'adjudicated' for what was settled between coders"),
        Column("variable", "str", "variable of the codebook"),
        Column("value", "str", "category of the codebook; NA where a code was taken back", required=False),
        Column("codebook_version", "str", "version and hash of the codebook in use"),
        Column("coded_at", "datetime64[us, UTC]", "when; NA where a sheet does not say", required=False),
        Column("note", "str", "remark of the coder", required=False),
    ),
)

FINAL_CODES = Table(
    "final_codes",
    "One row a unit and variable: adjudicated before agreed before single; NA where coders disagree.",
    (
        Column("post_id", "str", "id of the unit"),
        Column("target", "str", "what the code is toward", required=False),
        Column("variable", "str", "variable of the codebook"),
        Column("value", "str", "the code; NA where it is disputed", required=False),
        Column("origin", "str", "adjudicated | agreed | majority | single | disputed"),
        Column("n_coders", "Int64", "coders who coded it, without adjudication", "coders"),
    ),
)

AGREEMENT = Table(
    "agreement",
    "Do coders code alike?  Overall, and by category, language and pair of coders.",
    (
        Column("variable", "str", "variable of the codebook"),
        Column("scope", "str", "all | category | language | pair | twins"),
        Column("value", "str", "which category, language or pair; NA for all", required=False),
        Column("n_units", "Int64", "units coded twice or more", "units"),
        Column("n_coders", "Int64", "coders", "coders"),
        Column("alpha", "float64", "Krippendorff's alpha, nominal; NA where nothing varies", required=False),
        Column("low", "float64", "lower end of its bootstrap interval", required=False),
        Column("high", "float64", "upper end of its bootstrap interval", required=False),
        Column("level", "float64", "confidence level of the interval"),
        Column("percent", "float64", "share of agreeing pairs of codes", required=False),
        Column("kappa", "float64", "Cohen's kappa; Conger's for several coders", required=False),
        Column("pi", "float64", "Scott's pi; Fleiss' kappa for several coders", required=False),
        Column("ac1", "float64", "Gwet's AC1", required=False),
        Column("brennan_prediger", "float64", "Brennan and Prediger's kappa", required=False),
    ),
)

_SCOPE = (
    Column("group", "str", "name of the group; 'all' for everybody"),
    Column("lang", "str", "zh | en | mixed | other; 'all' for all"),
)
_MEASURED = (
    Column("estimate", "float64", "the figure, weighted by the design", required=False),
    Column("low", "float64", "lower end of the interval", required=False),
    Column("high", "float64", "upper end of the interval", required=False),
    Column("level", "float64", "confidence level of the interval"),
    Column("n", "Int64", "coded posts behind the figure", "posts"),
)

ACCURACY = Table(
    "accuracy",
    "P2: how often the instrument says what people say, weighted to the frame.",
    (
        *_SCOPE,
        Column("measure", "str", "accuracy | macro_f1 | f_avg (mean F1 of positive and negative)"),
        *_MEASURED,
        Column("n_effective", "float64", "unweighted posts that would be as informative", "posts"),
    ),
)

CLASS_ACCURACY = Table(
    "class_accuracy",
    "P2: precision, recall and F1 of each label, weighted to the frame.",
    (
        *_SCOPE,
        Column("label", "str", "the label"),
        Column("measure", "str", "precision | recall | f1"),
        *_MEASURED,
    ),
)

CONFUSION = Table(
    "confusion",
    "What the instrument says where people say something: one row a pair of labels.",
    (
        *_SCOPE,
        Column("code", "str", "what people say"),
        Column("label", "str", "what the instrument says"),
        Column("n", "Int64", "coded posts", "posts"),
        Column("share", "float64", "share of the posts of the frame, by weight"),
        Column("share_of_code", "float64", "share of the posts with that code, by weight", required=False),
    ),
)

CALIBRATION = Table(
    "calibration",
    "Whether the confidence of the instrument is the share of posts that it gets right.",
    (
        Column("bin_low", "float64", "lower end of the bin of confidence"),
        Column("bin_high", "float64", "upper end of the bin"),
        Column("confidence", "float64", "mean confidence in the bin, by weight"),
        *_MEASURED,
    ),
)

DIFFERENTIAL = Table(
    "differential",
    "Whether the instrument errs more, or in another direction, in one group than in the other.",
    (
        Column("group_a", "str", "first group"),
        Column("group_b", "str", "second group"),
        Column("measure", "str", "error | bias positive | bias negative | missed | error if LABEL"),
        Column("estimate", "float64", "first minus second", required=False),
        Column("low", "float64", "lower end of the interval", required=False),
        Column("high", "float64", "upper end of the interval", required=False),
        Column("level", "float64", "confidence level of the interval"),
        Column("p", "float64", "p of no difference", required=False),
        Column("p_adjusted", "float64", "the same after Holm, over the pairs of groups", required=False),
        Column("detectable", "float64", "least difference found in 80 of 100 samples", required=False),
        Column("n_a", "Int64", "coded posts of the first group", "posts"),
        Column("n_b", "Int64", "coded posts of the second group", "posts"),
        Column("verdict", "str", "different | equal within the margin | not known"),
    ),
)
