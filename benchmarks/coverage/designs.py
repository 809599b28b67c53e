"""The designs of the simulation: who writes where, how outcomes depend on each other, who is coded."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy import special

Floats = NDArray[np.float64]
Codes = NDArray[np.int64]


@dataclass(frozen=True)
class Design:
    """Sizes, tails and effects; see ``describe``.

    ``thread_tail`` and ``author_tail`` are shapes of Pareto-distributed weights (0: equal weights): 0.8 puts
    a third of all posts or more under one thread of twenty.  Effects are standard deviations on the latent
    scale; ``shared`` is the part of the thread variance that both groups have in common.  ``share`` makes the
    outcome 0/1 with that mean; None leaves the score.
    """

    name: str
    n_authors: int
    n_threads: int
    n_posts: int
    thread_tail: float = 0.0
    author_tail: float = 0.0
    author_sd: float = 0.5
    thread_sd: float = 0.5
    shared: float = 0.5
    post_sd: tuple[float, float] = (1.0, 1.0)
    share_b: float = 0.4
    share: float | None = None
    apart: bool = False

    def describe(self) -> str:
        """One line for the page of results."""
        tails = " / ".join(f"Pareto {t:g}" if t else "even" for t in (self.thread_tail, self.author_tail))
        outcome = (
            f"share {self.share:g}" if self.share else f"score, sd {self.post_sd[0]:g}/{self.post_sd[1]:g}"
        )
        people = f"{self.n_authors:,} authors ({1 - self.share_b:.0%}/{self.share_b:.0%})"
        threads = f"{self.n_threads} threads{', apart by group' if self.apart else ''}"
        effects = f"author sd {self.author_sd:g}, thread sd {self.thread_sd:g} ({self.shared:.0%} shared)"
        return f"{people}, {threads}, {self.n_posts:,} posts, sizes {tails}, {effects}, {outcome}"


_HEAVY = {"thread_tail": 1.2, "author_tail": 1.5}
COMPARISONS = (
    Design("smallest, even", 200, 20, 1000),
    Design("smallest, heavy tails", 200, 20, 1000, thread_tail=1.2, author_tail=1.5),
    Design("smallest, thread effects differ by group", 200, 20, 1000, 1.2, 1.5, shared=0.0),
    Design("smallest, no thread effect", 200, 20, 1000, 1.2, 1.5, thread_sd=0.0),
    Design("giant threads", 250, 20, 4000, 0.8, 1.2, post_sd=(1.0, 2.0)),
    Design("medium, unequal 4:1, unequal sd", 600, 100, 2000, 1.2, 1.5, 0.5, 0.3, 0.5, (1.0, 2.0), 0.2),
    Design("medium, no dependence", 600, 100, 2000, author_sd=0.0, thread_sd=0.0),
    Design("medium, threads apart", 600, 100, 2000, 1.2, 1.5, 0.5, 0.3, apart=True),
    Design("medium, share .3", 600, 100, 2000, 0.0, 1.5, 0.5, 0.3, share=0.3),
    Design("medium, share .1, heavy", 600, 100, 2000, 1.2, 1.5, 0.5, 0.3, share=0.1),
    Design("large, heavy", 1000, 300, 4000, 1.2, 1.5, 0.5, 0.5, 0.5, (1.0, 2.0), 0.3),
    Design("large, even, author effects only", 1000, 300, 4000, author_sd=1.0, thread_sd=0.0),
)
_GAP = Design("", 600, 60, 4000, author_sd=0.5, thread_sd=0.3, shared=1.0, share=0.33)
GAPS = tuple(
    (replace(design, name=f"{design.name}, {coded:.0%} coded"), coded)
    for coded in (0.05, 0.15)
    for design in (
        replace(_GAP, name="even"),
        replace(_GAP, name="heavy tails", **_HEAVY),
        replace(_GAP, name="few threads", n_threads=20, n_authors=400, thread_tail=2.0, author_tail=2.0),
        replace(
            _GAP,
            name="many threads, weak effects",
            n_threads=300,
            n_authors=1500,
            thread_tail=1.5,
            author_tail=2.0,
            author_sd=0.3,
            thread_sd=0.2,
        ),
    )
)
SENSITIVITY, SPECIFICITY = (0.70, 0.92), (0.95, 0.80)
GAP_SHARES = (0.27, 0.38)


def place(design: Design, rng: np.random.Generator) -> tuple[Codes, Codes, Codes]:
    """Author, thread and group of each post; every author writes at least once."""
    writing = _weights(design.author_tail, design.n_authors, 0.3, rng)
    drawing = _weights(design.thread_tail, design.n_threads, 0.2, rng)
    more = design.n_posts - design.n_authors
    authors = np.concatenate([np.arange(design.n_authors), rng.choice(design.n_authors, more, p=writing)])
    group_of = np.zeros(design.n_authors, dtype=np.int64)
    group_of[rng.permutation(design.n_authors)[: round(design.n_authors * design.share_b)]] = 1
    groups = group_of[authors]
    if not design.apart:
        return authors, rng.choice(design.n_threads, design.n_posts, p=drawing), groups
    threads = np.empty(design.n_posts, dtype=np.int64)
    half = design.n_threads // 2
    for g, members in enumerate((np.arange(half), np.arange(half, design.n_threads))):
        inside = groups == g
        threads[inside] = rng.choice(members, int(inside.sum()), p=drawing[members] / drawing[members].sum())
    return authors, threads, groups


def _weights(tail: float, n: int, floor: float, rng: np.random.Generator) -> Floats:
    w = rng.pareto(tail, n) + floor if tail else np.ones(n)
    return w / w.sum()


def latent(design: Design, posts: tuple[Codes, Codes, Codes], rng: np.random.Generator) -> Floats:
    """Author effect, thread effect (in common and apart) and noise, with mean zero in both groups."""
    authors, threads, groups = posts
    own, common = np.sqrt(1.0 - design.shared), np.sqrt(design.shared)
    thread = common * rng.normal(size=design.n_threads)[:, None] + own * rng.normal(
        size=(design.n_threads, 2)
    )
    noise = rng.normal(size=groups.shape[0]) * np.asarray(design.post_sd)[groups]
    effect = design.author_sd * rng.normal(size=design.n_authors)[authors]
    return effect + design.thread_sd * thread[threads, groups] + noise


def total_sd(design: Design) -> Floats:
    """Standard deviation of the latent score in the two groups."""
    return np.sqrt(design.author_sd**2 + design.thread_sd**2 + np.square(design.post_sd))


def threshold(design: Design, shares: tuple[float, float]) -> Floats:
    """Where to cut the latent score so that the groups have these shares."""
    return total_sd(design) * special.ndtri(1.0 - np.asarray(shares))
