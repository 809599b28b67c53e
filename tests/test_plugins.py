"""Plug-ins are found by name, and nothing is loaded before it is asked for."""

from __future__ import annotations

import subprocess
import sys

import pytest

from discourse import plugins
from discourse.errors import ParameterError

KINDS = ("importers", "segmenters", "scorers", "engines")


@pytest.mark.parametrize("kind", KINDS)
def test_every_listed_plug_in_can_be_loaded(kind):
    for name in plugins.names(kind):
        assert callable(plugins.load(kind, name))


@pytest.mark.parametrize(
    ("kind", "wrong", "right"), [("scorers", "lexikon", "lexicon"), ("importers", "media", None)]
)
def test_an_unknown_name_offers_the_nearest(kind, wrong, right):
    with pytest.raises(ParameterError) as caught:
        plugins.load(kind, wrong)
    assert wrong in str(caught.value)
    if right:
        assert f"did you mean {right!r}" in str(caught.value)


def test_listing_names_loads_nothing():
    code = (
        "import sys; from discourse import plugins; plugins.names('scorers'); print('pandas' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout.strip() == "False"
