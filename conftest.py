"""Tests run the rules as plain Python: compiled ones keep no docstrings, and no example would be run.

That the compiled rules judge the same is a test of its own (tests/test_compiled.py).  To run others over
them: ``DISCOURSE_COMPILED=1 python -m pytest tests/sentiment``.
"""

from __future__ import annotations

import os

os.environ.setdefault("DISCOURSE_COMPILED", "0")
