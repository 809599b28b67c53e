"""Figures of a report: one function a figure, each giving a matplotlib Figure."""
