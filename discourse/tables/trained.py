"""The tables of instruments trained on hand codes: what they learned from, and what they were tested on."""

from __future__ import annotations

from discourse.tables.table import ESTIMATE, Column, Table

_MODEL = (
    Column("kind", "str", "what the model says of posts: stance | frame"),
    Column("name", "str", "name of the folder of the model"),
)

TRAINED_MODELS = Table(
    "trained_models",
    "The trained instruments of the study: what they learned from, and how they did on held-out posts.",
    (
        *_MODEL,
        Column("instrument", "str", "name and version, as the other tables print it"),
        Column("n_codes", "Int64", "coded posts that it was trained on", "posts"),
        Column("labels", "str", "what it tells apart, with commas between"),
        Column("macro_f1", "float64", "mean of the F1 of all labels on held-out posts", required=False),
        Column("low", "float64", "lower end of its interval", required=False),
        Column("high", "float64", "upper end of its interval", required=False),
        Column("level", "float64", "confidence level of the interval", required=False),
        Column(
            "features",
            "str",
            "what it reads: terms (words and characters) | nearby (those around the target) | lexicon (what "
            "the lexicon scorer says) | target | parents (the post answered) | embeddings and their package",
        ),
        Column("cost", "float64", "price of an error, as chosen by held-out macro-F1", required=False),
        Column("penalty", "float64", "penalty of the ridge, as chosen by held-out macro-F1", required=False),
        Column("temperature", "float64", "divisor that calibrates its decisions", required=False),
        Column("rising", "boolean", "whether the learning curve still rises at its end", required=False),
        Column("training_hash", "str", "SHA-256 of the coded posts, or hash of what was learned"),
        Column("notes", "str", "what was decided, or has changed, since it was trained", required=False),
        Column("reason", "str", "why figures are missing; NA otherwise", required=False),
    ),
)

TRAINED_ACCURACY = Table(
    "trained_accuracy",
    "How trained instruments did on coded posts that they had not seen, by language, target and label.",
    (
        *_MODEL,
        Column("lang", "str", "all | zh | en | mixed | other | none: language of the posts"),
        Column("target", "str", "name of the target; 'all' for all"),
        Column("label", "str", "a label or frame; macro: mean over labels; accuracy: share right"),
        Column("precision", "float64", "share of the posts given the label that people gave it, too"),
        Column("recall", "float64", "share of the posts that people gave the label that it gave it, too"),
        Column("f1", "float64", "harmonic mean of both"),
        Column("low", "float64", "lower end of the interval of F1", required=False),
        Column("high", "float64", "upper end of the interval of F1", required=False),
        Column("level", "float64", "confidence level of the interval", required=False),
        Column("n", "Int64", "held-out posts that people gave the label; all for macro", "posts"),
        Column("n_predicted", "Int64", "held-out posts that it gave the label; all for macro", "posts"),
    ),
)

TRAINED_CALIBRATION = Table(
    "trained_calibration",
    "Whether the confidence of a trained instrument is the share of held-out posts that it gets right.",
    (
        *_MODEL,
        Column("bin_low", "float64", "lowest confidence of the bin"),
        Column("bin_high", "float64", "highest confidence of the bin"),
        Column("confidence", "float64", "mean confidence in the bin"),
        *ESTIMATE,
        Column("n", "Int64", "held-out posts in the bin", "posts"),
    ),
)

LEARNING_CURVE = Table(
    "learning_curve",
    "What a trained instrument reaches when it learns from fewer codes: one row a size and draw.",
    (
        *_MODEL,
        Column("n_training", "Int64", "coded posts that it was trained on", "posts"),
        Column("draw", "Int64", "number of the random draw of that size, from 0"),
        Column("macro_f1", "float64", "mean of the F1 of all labels on the last block of posts"),
        Column("accuracy", "float64", "share of the last block of posts that it gets right"),
        Column("n_test", "Int64", "posts of the last block, on which it was tested", "posts"),
    ),
)
