"""The demo codes a new sample where the instrument has changed since the shipped one was drawn."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from discourse.errors import InputError, StudyError
from discourse.study import demo


@pytest.fixture
def runs(monkeypatch):
    """Stand in for a run: what it was given, and the faults that it meets."""
    seen = SimpleNamespace(codes=[], faults=[])

    def run_study(study, out, **options):
        seen.codes.append(study.validation and study.validation.folders)
        if seen.faults:
            raise seen.faults.pop(0)
        return {"report": str(out)}

    monkeypatch.setattr(demo, "run_study", run_study)
    monkeypatch.setattr(demo, "code_demo", lambda folder: folder.mkdir())
    return seen


def test_the_shipped_codes_are_taken_where_they_fit(runs, tmp_path):
    assert demo.run_demo(tmp_path / "out")["report"] == str(tmp_path / "out")
    assert [folders[0].endswith("tiktok-refugees-demo/codes") for folders in runs.codes] == [True]


def test_codes_of_another_instrument_are_replaced_by_new_ones(runs, tmp_path):
    runs.faults.append(StudyError("the codes belong to another instrument", where="validation.codes: x"))
    demo.run_demo(tmp_path / "out")
    assert len(runs.codes) == 2
    assert runs.codes[0] != runs.codes[1]
    assert runs.codes[1][0].endswith("codes")


@pytest.mark.parametrize("fault", [StudyError("no", where="groups"), InputError("no"), StudyError("no")])
def test_every_other_refusal_stands(runs, tmp_path, fault):
    runs.faults.append(fault)
    with pytest.raises(InputError):
        demo.run_demo(tmp_path / "out")
    assert len(runs.codes) == 1
