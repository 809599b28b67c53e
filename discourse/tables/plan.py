"""What was planned before anybody looked, and what became of it."""

from __future__ import annotations

from discourse.tables.table import Column, Table

PLANNED = Table(
    "planned",
    "What the plan says, beside what the study does: questions, comparisons and settings.",
    (
        Column("kind", "str", "question | comparison | setting"),
        Column("name", "str", "id of the question, groups and target compared, or key of the study"),
        Column("status", "str", "planned | changed | exploratory (not in the plan) | left out"),
        Column("note", "str", "what was changed; NA otherwise", required=False),
    ),
)
