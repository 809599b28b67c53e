from __future__ import annotations

import json

from discourse.study import steps
from discourse.study.load import check_study


def test_every_step_has_its_name_here():
    assert all(hasattr(steps, name) for name in steps.__all__)


def test_rules_are_plain_values_without_labels():
    group = {"name": "hosts", "label": {"en": "Hosts", "zh": "主人"}, "any": [{"ip": ["CN-*"]}]}
    study = check_study(
        {
            "version": 1,
            "study": {"title": "T", "question": "Q?"},
            "sources": [{"path": "p.csv"}],
            "groups": [group],
        }
    )
    assert steps.group_rules(study) == [{"name": "hosts", "any": [{"ip": ["CN-*"]}]}]


def test_plain_values_are_written_in_one_way(tmp_path):
    steps.write_json(tmp_path / "a.json", {"b": "猫", "a": 1})
    assert json.loads((tmp_path / "a.json").read_text(encoding="utf-8")) == {"a": 1, "b": "猫"}
    assert (tmp_path / "a.json").read_bytes().endswith(b"}\n")
