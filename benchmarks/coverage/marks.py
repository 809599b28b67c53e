"""Tables of the simulation, and whether each mark holds."""

from __future__ import annotations

import numpy as np

from benchmarks.coverage.alternatives import EXCEPTIONS
from benchmarks.coverage.designs import COMPARISONS, GAPS
from discourse.stats.correction import METHODS

Z = 3.2905  # two-sided 99.9 %


def band(rate: float, n: int) -> tuple[float, float]:
    """Monte-Carlo interval of a rate (Wilson)."""
    middle = (rate + Z * Z / (2 * n)) / (1 + Z * Z / n)
    half = Z * np.sqrt(rate * (1 - rate) / n + Z * Z / (4 * n * n)) / (1 + Z * Z / n)
    return float(middle - half), float(middle + half)


def meets(rate: float, n: int, low: float, high: float) -> bool:
    """Whether the Monte-Carlo interval of a rate reaches into [low, high]."""
    a, b = band(rate, n)
    return a <= high and b >= low


def _figure(rate: float, n: int, low: float, high: float) -> str:
    inside = low <= rate <= high
    return f"{rate:6.1%}{'  ' if inside else ' ~' if meets(rate, n, low, high) else ' !'}"


def comparison_table(found: dict[str, np.ndarray]) -> list[str]:
    """Type-I error of the contrast and its neighbours, coverage of a group figure."""
    lines = [
        "| design | contrast, type I | group figure, coverage | author-only, type I | token G2, type I "
        "| median df | refused |",
        "|---|---|---|---|---|---|---|",
    ]
    for name, rows in found.items():
        n = int(np.isfinite(rows[:, 0]).sum())
        m = np.nanmean(rows, axis=0)
        df = float(np.nanmedian(rows[:, 5]))
        lines.append(
            f"| {name} | {_figure(m[0], n, 0.035, 0.065)} | {_figure(m[1], n, 0.92, 1.0)} | {m[2]:.1%} "
            f"| {m[3]:.1%} | {df:.1f} | {rows.shape[0] - n} |"
        )
    return lines


def gap_table(found: dict[str, np.ndarray]) -> list[str]:
    """Coverage, width relative to human-only, and bias of each method."""
    lines = [
        "| design | " + " | ".join(f"{m}: coverage, width / human, bias" for m in METHODS) + " |",
        "|---|" + "---|" * len(METHODS),
    ]
    human = METHODS.index("human")
    for name, rows in found.items():
        m = np.nanmean(rows, axis=0)
        cells = [f"{c:.1%}, {w / m[human, 1]:.2f}, {e:+.4f}" for c, w, e in m]
        lines.append(f"| {name} | " + " | ".join(cells) + " |")
    return lines


def alternative_table(found: dict[str, np.ndarray]) -> list[str]:
    """Type-I error of the resampling tests."""
    lines = ["| test | type I | refused | exception |", "|---|---|---|---|"]
    for name, p in found.items():
        held = p[np.isfinite(p)]
        rate = float((held <= 0.05 + 1e-12).mean())
        refused = p.shape[0] - held.shape[0]
        figure = _figure(rate, held.shape[0], 0.035, 0.065)
        lines.append(f"| {name} | {figure} | {refused} | {EXCEPTIONS.get(name, '')} |")
    return lines


def design_list() -> list[str]:
    """What was simulated."""
    lines = [f"* {design.name}: {design.describe()}" for design in COMPARISONS]
    return lines + [f"* gap, {design.name}: {design.describe()}" for design, _ in GAPS]


def judge(
    comparisons: dict[str, np.ndarray], gaps: dict[str, np.ndarray], alternatives: dict[str, np.ndarray]
) -> list[tuple[str, str, bool]]:
    """Each mark: what, the figure, whether it holds."""
    n = next(iter(comparisons.values())).shape[0]
    type_one = {name: float(np.nanmean(rows[:, 0])) for name, rows in comparisons.items()}
    others = {
        name: float((p[np.isfinite(p)] <= 0.05 + 1e-12).mean())
        for name, p in alternatives.items()
        if name not in EXCEPTIONS
    }
    intervals = [1.0 - rate for rate in type_one.values()]
    intervals += [float(np.nanmean(rows[:, 1])) for rows in comparisons.values()]
    coverage = {m: [float(np.nanmean(r[:, i, 0])) for r in gaps.values()] for i, m in enumerate(METHODS)}
    width = {m: [float(np.nanmean(r[:, i, 1])) for r in gaps.values()] for i, m in enumerate(METHODS)}
    out = [_between("type I of the contrast, 3.5-6.5 %", list(type_one.values()), n, 0.035, 0.065)]
    out.append(_between("type I of the other tests, 3.5-6.5 %", list(others.values()), n, 0.035, 0.065))
    out += _coverage("contrasts and group figures", intervals, n)
    for method in ("ppi++", "dsl"):
        out += _coverage(f"gaps by {method}", coverage[method], n)
    for method in ("ppi++", "dsl"):
        ratio = float(np.mean(np.divide(width[method], width["human"])))
        out.append((f"mean width of {method} / human-only, at most 1.05", f"{ratio:.3f}", ratio <= 1.05))
    return out


def _between(text: str, rates: list[float], n: int, low: float, high: float) -> tuple[str, str, bool]:
    holds = all(meets(rate, n, low, high) for rate in rates)
    return text, f"{min(rates):.1%} to {max(rates):.1%}", holds


def _coverage(what: str, rates: list[float], n: int) -> list[tuple[str, str, bool]]:
    mean = float(np.mean(rates))
    return [
        (f"coverage of {what}: mean 94-96 %", f"{mean:.1%}", meets(mean, n * len(rates), 0.94, 0.96)),
        (f"coverage of {what}: minimum above 92 %", f"{min(rates):.1%}", meets(min(rates), n, 0.92, 1.0)),
    ]
