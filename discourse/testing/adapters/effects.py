"""Effect sizes, shares with intervals, tests of tables and many tests at once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from discourse import stats
from discourse.testing.reference import Adapter, Entry, NotCovered


def _asked(entry: Entry, known: dict[str, Callable[[], Any]]) -> dict[str, Any]:
    unknown = [key for key in entry.expected if key not in known]
    if unknown:
        raise NotCovered(f"no function is named for {unknown[0]!r}")
    return {key: known[key]() for key in entry.expected}


def _false_discovery(entry: Entry) -> dict[str, Any]:
    adjusted = stats.benjamini_hochberg(entry.input)
    return _asked(entry, {"reject": lambda: int((adjusted <= 0.05).sum()), "adjusted": lambda: adjusted})


def _wilson(entry: Entry) -> tuple[Any, ...]:
    return stats.wilson(*entry.input)[1:]


def _newcombe(entry: Entry) -> tuple[Any, ...]:
    return stats.risk_difference(*entry.input)[1:]


def _independence(entry: Entry) -> dict[str, Any]:
    chi2, g2 = (stats.independence(entry.input, statistic=name) for name in ("chi2", "g2"))
    return _asked(
        entry,
        {
            "chi2": lambda: chi2.statistic,
            "p": lambda: chi2.p,
            "dof": lambda: chi2.dof,
            "G": lambda: g2.statistic,
            "pG": lambda: g2.p,
        },
    )


def _fisher(entry: Entry) -> dict[str, Any]:
    (a, c), (b, d) = entry.input
    row = (a, b, a + c, b + d)
    return _asked(entry, {"OR_sample": lambda: stats.odds_ratio(*row), "p": lambda: stats.fisher(*row).p})


def _mann_whitney(entry: Entry) -> dict[str, Any]:
    samples = entry.input["m"], entry.input["f"]
    return _asked(
        entry,
        {
            "U": lambda: stats.mann_whitney(*samples).u,
            "p_exact": lambda: stats.mann_whitney(*samples, method="exact").p,
            "p_asym_cc": lambda: stats.mann_whitney(*samples).p,
            "cliffs_delta": lambda: stats.cliff_delta(*samples),
        },
    )


def _cramer(entry: Entry) -> float:
    return stats.cramer_v(entry.input)


def _rogan_gladen(entry: Entry) -> Any:
    return stats.rogan_gladen(entry.input["apparent"], entry.input["sens"], entry.input["spec"])


ADAPTERS: dict[str, Adapter] = {
    "bh.1995": _false_discovery,
    "wilson.81.263": _wilson,
    "wilson.15.148": _wilson,
    "wilson.0.20": _wilson,
    "wilson.1.29": _wilson,
    "newcombe.diff": _newcombe,
    "scipy.chi2": _independence,
    "scipy.fisher": _fisher,
    "scipy.mwu": _mann_whitney,
    "scipy.cramer": _cramer,
    "rogan_gladen": _rogan_gladen,
}
