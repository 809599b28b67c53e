"""Instruments trained on hand codes: a stance model for each target from a few hundred coded posts."""
