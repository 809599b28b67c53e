"""Boundaries come from a file of the researcher's own, and a bad one is refused with its name."""

from __future__ import annotations

import json

import pytest

from discourse.compare.boundaries import read_boundaries
from discourse.errors import InputError

SQUARE = [[[0, 0], [2, 0], [2, 2], [0, 0]]]


def write(tmp_path, features):
    path = tmp_path / "map.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")
    return path


def feature(code, coordinates, kind="Polygon"):
    return {"properties": {"iso": code}, "geometry": {"type": kind, "coordinates": coordinates}}


def test_rings_of_polygons_and_multipolygons_are_told_apart(tmp_path):
    path = write(tmp_path, [feature("CN-GD", SQUARE), feature("CN-HI", [SQUARE, SQUARE], "MultiPolygon")])
    table = read_boundaries(path, "iso")
    assert table.groupby("area")["ring"].nunique().to_dict() == {"CN-GD": 1, "CN-HI": 2}
    assert table.groupby("ring").size().unique().tolist() == [4]
    assert table.loc[1, ["x", "y"]].tolist() == [2.0, 0.0]


@pytest.mark.parametrize("text", ["no json", "[]", '{"features": 3}', '{"features": [{"geometry": {}}]}'])
def test_a_file_without_places_is_refused(tmp_path, text):
    path = tmp_path / "bad.geojson"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=r"bad\.geojson"):
        read_boundaries(path, "iso")


def test_a_file_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(InputError, match="cannot be read"):
        read_boundaries(tmp_path / "none.geojson")
