"""Checks that anyone can run: our functions against published values (``python -m discourse.testing``)."""
