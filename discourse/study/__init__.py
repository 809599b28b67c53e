"""The recipe: a study file and the ordered steps that turn exports into findings."""
