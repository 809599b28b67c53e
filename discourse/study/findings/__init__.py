"""The tables of a study, one module an analysis: each turns what came before into what a report prints."""
