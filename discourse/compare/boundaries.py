"""Boundaries of places, from a file of the researcher's own: none ship, for where lines run is disputed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pandas as pd

from discourse.errors import InputError
from discourse.tables import AREA_BOUNDARIES


def read_boundaries(path: str | Path, key: str = "id") -> pd.DataFrame:
    """Read the boundaries of places from GeoJSON.

    Parameters
    ----------
    path : path
        A FeatureCollection of polygons and multipolygons.
    key : str
        Property of a feature that holds the code of the place (``CN-GD``, ``US``); or the member ``id``
        beside the properties.

    Returns
    -------
    DataFrame
        :data:`discourse.tables.AREA_BOUNDARIES`, outer rings only.  Features without a code are left out.

    Raises
    ------
    InputError
        If the file cannot be read, is no GeoJSON, or no feature has the property.

    Notes
    -----
    GeoJSON: RFC 7946.  Longitudes and latitudes are drawn as they stand, one degree as wide as high; supply
    projected coordinates for another look.

    Examples
    --------
    >>> import tempfile
    >>> square = [[[0, 0], [1, 0], [1, 1], [0, 0]]]
    >>> feature = {"type": "Feature", "id": "CN-GD", "geometry": {"type": "Polygon", "coordinates": square}}
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = Path(folder, "map.geojson")
    ...     _ = path.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}))
    ...     read_boundaries(path)["area"].tolist()
    ['CN-GD', 'CN-GD', 'CN-GD', 'CN-GD']
    """
    rows: list[tuple[str, int, float, float]] = []
    for feature in _features(Path(path)):
        code = (feature.get("properties") or {}).get(key, feature.get(key))
        if code is None:
            continue
        for ring in _rings(feature.get("geometry") or {}, path):
            rows += [(str(code), len(rows), x, y) for x, y in ring[:1]]
            first = rows[-1][1]
            rows += [(str(code), first, x, y) for x, y in ring[1:]]
    if not rows:
        raise InputError(f"no place in {path} has the property {key!r}", hint="name it in places.property")
    return AREA_BOUNDARIES.conform(pd.DataFrame(rows, columns=["area", "ring", "x", "y"]))


def _features(path: Path) -> list[dict[str, Any]]:
    try:
        found = json.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError, json.JSONDecodeError) as error:
        raise InputError(f"{path} cannot be read: {error}", expected="GeoJSON") from None
    features = found.get("features") if isinstance(found, dict) else None
    if not isinstance(features, list) or not all(isinstance(f, dict) for f in features):
        raise InputError(f"{path} holds no features", expected="a GeoJSON FeatureCollection")
    return features


def _rings(geometry: dict[str, Any], path: str | Path) -> list[list[tuple[float, float]]]:
    parts = geometry.get("coordinates") or []
    polygons = parts if geometry.get("type") == "MultiPolygon" else [parts]
    try:
        return [
            [(float(point[0]), float(point[1])) for point in polygon[0]] for polygon in polygons if polygon
        ]
    except (TypeError, ValueError, IndexError):
        raise InputError(f"a boundary in {path} is no polygon", expected="Polygon or MultiPolygon") from None
