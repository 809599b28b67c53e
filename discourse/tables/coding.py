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
