"""Which posts to code next, to train an instrument: those it is unsure of, and that are unlike each other."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING, Literal

import numpy as np
import pandas as pd

from discourse.coding.allocation import allocate
from discourse.coding.codebook import Codebook
from discourse.coding.draw import coarse_language, plain_sample
from discourse.coding.sample import Sample
from discourse.errors import InputError, ParameterError

if TYPE_CHECKING:
    from numpy.typing import NDArray

POOL = 20
"""Candidates for each post proposed."""
MOST = 4000
"""Candidates at most: beyond this more of them take time and change little."""


def propose_training(
    frame: pd.DataFrame,
    n: int = 100,
    *,
    validation: Sequence[Sample],
    done: Sequence[Sample] = (),
    coders: Sequence[str] = ("coder1",),
    seed: int = 0,
    instrument: str = "",
    codebook: Codebook | None = None,
    language: Literal["en", "zh"] = "en",
) -> Sample:
    """Propose posts to code for training, by active learning, apart from every validation sample.

    Parameters
    ----------
    frame : DataFrame
        Every post: ``post_id``, ``label``, ``confidence``, ``text``, and ``lang`` where known.
    n : int
        Posts to propose; fewer if there are no more.
    validation : sequence of Sample
        Validation samples: their posts, and posts with the same text, are never proposed.
    done : sequence of Sample
        Training samples made before; not proposed again.
    coders, seed, instrument, codebook, language
        As for :func:`discourse.draw_sample`.

    Returns
    -------
    Sample
        With purpose ``training``: its codes train an instrument and can neither measure nor correct one,
        since its posts were chosen for being hard.

    Raises
    ------
    ParameterError
        If no text is left, or a sample of `validation` was not drawn to validate.

    Notes
    -----
    Candidates are the posts of least confidence, each language with its share; they are clustered by their
    characters (TF-IDF of 1- to 3-grams, weighted by 1 - confidence), and the candidate nearest to the middle
    of each cluster is proposed: diverse mini-batch active learning (Zhdanov 2019, arXiv:1901.05954).

    Examples
    --------
    >>> from discourse.coding.draw import draw_sample
    >>> frame = pd.DataFrame({"post_id": [str(i) for i in range(60)], "group": "a", "lang": "en",
    ...     "label": "neutral", "confidence": 0.5, "text": [f"topic {i % 7}, post {i}" for i in range(60)]})
    >>> checked = draw_sample(frame, 20)
    >>> more = propose_training(frame, 10, validation=[checked])
    >>> len(more.units), set(more.units["post_id"]) & set(checked.units["post_id"])
    (10, set())
    """
    for sample in validation:
        if sample.design.purpose != "validation":
            raise ParameterError(f"a sample for {sample.design.purpose} is no validation sample")
    left = _left(frame, [*validation, *done])
    if left.empty or n < 1:
        raise ParameterError(
            "there is no post to propose", expected="posts with text that nobody has coded yet"
        )
    chosen = pd.concat(
        [_chosen(_candidates(part, k), k, seed) for part, k in _by_language(left, n) if k],
        ignore_index=True,
    )
    return plain_sample(
        chosen,
        purpose="training",
        coders=coders,
        seed=seed,
        codebook=codebook,
        instrument=instrument,
        language=language,
    )


def _left(frame: pd.DataFrame, samples: Sequence[Sample]) -> pd.DataFrame:
    """Leave out what was drawn before, and what reads the same: a copy would carry the answer over."""
    ids: Collection[str] = {i for s in samples for i in s.units["post_id"]}
    texts: Collection[str] = {_plain(t) for s in samples for t in s.texts["text"].dropna()}
    plain = frame["text"].fillna("").map(_plain)
    free = ~frame["post_id"].astype("str").isin(ids) & ~plain.isin(texts) & (plain != "")
    kept = frame[free].assign(plain=plain[free], post_id=frame.loc[free, "post_id"].astype("str"))
    return kept.sort_values("post_id").drop_duplicates("plain").reset_index(drop=True)


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()


def _by_language(left: pd.DataFrame, n: int) -> list[tuple[pd.DataFrame, int]]:
    """Give every language its share: a model of one language is unsure of all others."""
    lang = left["lang"].map(coarse_language) if "lang" in left.columns else pd.Series("all", left.index)
    parts = [part for _, part in left.groupby(lang, sort=True)]
    if n < len(parts):
        return [(left, n)]
    shares = allocate([len(part) for part in parts], n, allocation="proportional", floor=1)
    return list(zip(parts, shares.tolist(), strict=True))


def _candidates(left: pd.DataFrame, n: int) -> pd.DataFrame:
    trust = left["confidence"] if "confidence" in left.columns else pd.Series(0.5, left.index)
    left = left.assign(doubt=1.0 - trust.astype("float64").fillna(0.5).clip(0.0, 1.0))
    doubtful = left.sort_values(["doubt", "post_id"], ascending=[False, True]).head(min(POOL * n, MOST))
    return doubtful.sort_values("post_id").reset_index(drop=True)


def _chosen(pool: pd.DataFrame, n: int, seed: int) -> pd.DataFrame:
    if len(pool) <= n:
        return pool
    from sklearn.cluster import KMeans

    points = _points(pool["plain"].tolist(), seed)
    weight = pool["doubt"].to_numpy(dtype=np.float64) + 1e-3
    model = KMeans(n_clusters=n, n_init=3, max_iter=50, random_state=seed).fit(points, sample_weight=weight)
    distance = model.transform(points)
    taken: list[int] = []
    for cluster in range(n):  # the nearest to each middle that is not taken yet
        order = np.argsort(distance[:, cluster], kind="stable")
        taken.append(int(next(i for i in order if int(i) not in taken)))
    return pool.iloc[sorted(taken)].reset_index(drop=True)


def _points(texts: list[str], seed: int) -> NDArray[np.float64]:
    from sklearn.decomposition import TruncatedSVD
    from sklearn.feature_extraction.text import TfidfVectorizer

    grams = TfidfVectorizer(analyzer="char", ngram_range=(1, 3), max_features=20_000, sublinear_tf=True)
    table = grams.fit_transform(texts)
    width = min(50, table.shape[1] - 1, table.shape[0] - 1)
    if width < 2:
        return np.asarray(table.toarray(), dtype=np.float64)
    return np.asarray(TruncatedSVD(width, random_state=seed).fit_transform(table), dtype=np.float64)


def training_table(samples: Sequence[tuple[Sample, pd.DataFrame]]) -> pd.DataFrame:
    """Give coded training posts as :command:`discourse train` reads them.

    Parameters
    ----------
    samples : sequence of (Sample, DataFrame)
        Training samples with their codes.

    Returns
    -------
    DataFrame
        ``text``, ``label``, ``target``, ``parent``, ``post_id``; one row a settled post.

    Raises
    ------
    InputError
        If a sample was drawn to validate: an instrument that has seen its test passes it.
    """
    from discourse.coding.codebook import STANCE
    from discourse.coding.final import final_codes

    parts = []
    for sample, codes in samples:
        if sample.design.purpose != "training":
            raise InputError(
                f"this sample was made for {sample.design.purpose}, not for training",
                hint="propose training posts with: discourse code next",
            )
        final = final_codes(codes[codes["variable"] == STANCE])
        settled = final.loc[final["value"].notna(), ["post_id", "value"]].rename(columns={"value": "label"})
        parts.append(sample.texts.merge(settled, on="post_id"))
    columns = ["text", "label", "target", "parent", "post_id"]
    return pd.concat(parts)[columns].reset_index(drop=True) if parts else pd.DataFrame(columns=columns)
