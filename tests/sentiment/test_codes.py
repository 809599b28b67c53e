from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from discourse.errors import InputError, ParameterError
from discourse.sentiment.codes import load_code
from discourse.sentiment.frame_classifier import FrameClassifier
from discourse.sentiment.frames import code_frames


def test_each_way_of_coding_is_found(tmp_path: Path) -> None:
    (tmp_path / "own.tsv").write_text(
        "language\tform\tnote\tsource\nen\tsoup\t\tme\n", encoding="utf-8", newline="\n"
    )
    codes = pd.DataFrame({"noodles": [1, 0] * 5})
    FrameClassifier().fit(["noodles", "rain"] * 5, codes).save(tmp_path / "model")
    coders = [
        load_code("protest"),
        load_code("tax", lexicon="cultural-exchange"),
        load_code("soup", lexicon="own.tsv", base=tmp_path),
        load_code("noodles", trained="model", base=tmp_path),
        load_code("hand", values=[1]),
    ]
    found = code_frames(["cat tax and soup and noodles noodles"], coders)
    assert found["present"].tolist() == [False, True, True, True, True]
    assert [method.split()[0] for method in found["method"]] == ["lexicon"] * 3 + ["trained", "hand"]


def test_two_ways_or_none_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ParameterError, match="2 ways"):
        load_code("x", lexicon="protest", values=[1])
    with pytest.raises(ParameterError, match="no way of coding") as caught:
        load_code("x")
    assert "displacement" in str(caught.value)
    with pytest.raises(InputError, match="cannot be read"):
        load_code("x", lexicon="none.tsv", base=tmp_path)
