"""The frames of a study."""

from __future__ import annotations

import pytest

from discourse.errors import StudyError
from discourse.study.findings.frames import frame_tables


def test_hand_codes_are_read_from_a_column_of_the_export(posts, material):
    study = {"codes": [{"name": "mine", "column": "coded"}]}
    frame = posts("a", "b", docvars=['{"coded": "1"}', '{"coded": "0"}'])
    table = frame_tables(material(frame, study))["frames"]
    assert table["frame"].tolist() == ["mine"]
    assert table.loc[0, "reason"] == "fewer than 10 authors"


def test_a_column_that_no_post_has_is_a_mistake(posts, material):
    study = {"codes": [{"name": "mine", "column": "codde"}]}
    with pytest.raises(StudyError, match="codde"):
        frame_tables(material(posts("a"), study))
