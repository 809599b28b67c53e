"""Drawing a validation sample by a recorded design: strata, allocation, inclusion probabilities, seed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
import pandas as pd

from discourse import __version__
from discourse.coding.allocation import Allocation, allocate
from discourse.coding.codebook import Codebook, stance_codebook
from discourse.coding.codes import ADJUDICATED, check_coder
from discourse.coding.order import coding_order
from discourse.coding.sample import Design, Purpose, Sample, Unit, frame_hash
from discourse.errors import ParameterError
from discourse.tables import SAMPLE, SAMPLE_TEXTS

if TYPE_CHECKING:
    from numpy.typing import NDArray

STRATA = ("group", "lang", "label")
_LANGUAGES = {"zh-Hans": "zh", "zh-Hant": "zh", "zh": "zh", "en": "en", "mixed": "mixed"}


def draw_sample(
    frame: pd.DataFrame,
    n: int = 400,
    *,
    coders: Sequence[str] = ("coder1",),
    overlap: int = 100,
    seed: int = 0,
    allocation: Allocation = "power",
    strata: Sequence[str] = STRATA,
    instrument: str = "",
    study_sha256: str | None = None,
    codebook: Codebook | None = None,
    unit: Unit = "post",
    language: Literal["en", "zh"] = "en",
) -> Sample:
    """Draw a stratified random sample of posts, or of authors, for people to code.

    Parameters
    ----------
    frame : DataFrame
        Every unit that could be drawn: ``post_id``, ``label`` (what the instrument says; ``absent`` is a
        label like others, or missed mentions would never be seen), and the keys of the strata.  Optional:
        ``target``, ``score``, ``confidence``, ``author``, ``thread_id``, and ``text`` and ``parent`` for the
        coders.
    n : int
        Units to draw.
    coders : sequence of str
        Who codes.
    overlap : int
        Units that every coder codes, where there are several.
    seed : int
        The same seed draws the same units in the same orders.
    allocation : {"power", "neyman", "proportional", "equal"}
        As in :func:`discourse.coding.allocation.allocate`; the expected spread within a stratum follows from
        ``confidence``.
    strata : sequence of str
        Columns whose combinations are the strata; languages are taken as zh, en, mixed and other.
    instrument : str
        The instrument as it names itself; frozen by the draw.
    study_sha256 : str, optional
        Hash of the study.
    codebook : Codebook, optional
        What is asked; the shipped one of sentiment by default.
    unit : {"post", "author"}
        What a row of the frame is.
    language : {"en", "zh"}
        Language of sheets and page.

    Returns
    -------
    Sample
        With the inclusion probability n_h / N_h of each unit, in (0, 1].

    Raises
    ------
    ParameterError
        If a column is missing, an id occurs twice or is unknown, n is too small for the strata, or a coder's
        name cannot be used.

    Notes
    -----
    Stratified simple random sampling (Cochran 1977, *Sampling Techniques*, chapter 5); strata of group,
    language and predicted label after Song et al. (2020) doi:10.1080/10584609.2020.1723752.  The order of the
    rows of the frame does not matter.

    Examples
    --------
    >>> frame = pd.DataFrame({"post_id": [str(i) for i in range(90)], "group": ["a", "b", "b"] * 30,
    ...     "lang": "en", "label": ["positive"] * 30 + ["absent"] * 60, "text": "..."})
    >>> sample = draw_sample(frame, 20, coders=("anna", "bo"), overlap=6)
    >>> len(sample.units), int(sample.units["overlap"].sum())
    (20, 6)
    >>> round(float((1 / sample.units["inclusion"]).sum()), 6)
    90.0
    """
    frame = _checked(frame, strata, n)
    who = _checked_coders(coders)
    names = _stratum_names(frame, strata)
    found, place = np.unique(names, return_inverse=True)
    sizes = np.bincount(place, minlength=found.size)
    drawn_sizes = allocate(sizes, n, spread_of(frame, place, found.size), allocation=allocation)
    rows = _draw(place, drawn_sizes, np.random.default_rng([seed, 1]))
    units = frame.iloc[rows].reset_index(drop=True)
    here = place[rows]
    units = units.assign(
        unit=unit,
        stratum=found[here],
        inclusion=drawn_sizes[here] / sizes[here],
        stratum_size=sizes[here],
        stratum_drawn=drawn_sizes[here],
    )
    units = _share_out(units, who, overlap if len(who) > 1 else 0, seed)
    book = codebook or stance_codebook({"en": "the target", "zh": "对象"})
    design = Design(
        purpose="validation",
        unit=unit,
        target=_target(frame),
        seed=seed,
        strata=tuple(strata),
        allocation=allocation,
        n=len(units),
        frame_size=len(frame),
        instrument=instrument,
        frame_sha256=frame_hash(frame["post_id"].tolist(), frame["label"].tolist()),
        study_sha256=study_sha256,
        codebook=book.stamp,
        coders=who,
        overlap=int(units["overlap"].sum()),
        language=language,
        made_by=__version__,
    )
    return Sample(_columns(SAMPLE, units), _columns(SAMPLE_TEXTS, units), design, book)


def plain_sample(
    frame: pd.DataFrame,
    *,
    purpose: Purpose,
    coders: Sequence[str],
    seed: int,
    codebook: Codebook | None = None,
    instrument: str = "",
    language: Literal["en", "zh"] = "en",
    everybody: bool = False,
) -> Sample:
    """Make a sample of given units that were not drawn at random: for training, or bilingual twins.

    Parameters
    ----------
    frame : DataFrame
        The units: ``post_id``, ``label``, ``text``; optional ``stratum`` (what a coder's order is spread
        over) and columns as for :func:`draw_sample`.
    purpose : {"training", "twins"}
        What they are for.
    coders, seed, codebook, instrument, language
        As for :func:`draw_sample`.
    everybody : bool
        Whether every coder codes every unit.

    Returns
    -------
    Sample
        Inclusion probabilities are 1: the units stand for nobody but themselves.
    """
    units = _checked(frame, ("label",), len(frame))
    who = _checked_coders(coders)
    if "stratum" not in units.columns:
        units["stratum"] = purpose
    size = units.groupby("stratum")["post_id"].transform("size")
    units = units.assign(unit="post", inclusion=1.0, stratum_size=size, stratum_drawn=size)
    units = _share_out(units, who, len(units) if everybody and len(who) > 1 else 0, seed)
    book = codebook or stance_codebook({"en": "the target", "zh": "对象"})
    design = Design(
        purpose=purpose,
        unit="post",
        target=_target(frame),
        seed=seed,
        strata=(),
        allocation="given",
        n=len(units),
        frame_size=len(units),
        instrument=instrument,
        frame_sha256=frame_hash(units["post_id"].tolist(), units["label"].tolist()),
        study_sha256=None,
        codebook=book.stamp,
        coders=who,
        overlap=int(units["overlap"].sum()),
        language=language,
        made_by=__version__,
    )
    return Sample(_columns(SAMPLE, units), _columns(SAMPLE_TEXTS, units), design, book)


def coarse_language(lang: Any) -> str:
    """Put a detected language into one of four strata.

    Examples
    --------
    >>> coarse_language("zh-Hant"), coarse_language("none")
    ('zh', 'other')
    """
    return _LANGUAGES.get(lang, "other") if isinstance(lang, str) else "other"


def _checked(frame: pd.DataFrame, strata: Sequence[str], n: int) -> pd.DataFrame:
    missing = [name for name in ("post_id", "label", *strata) if name not in frame.columns]
    if missing:
        raise ParameterError(
            f"the frame has no column {missing[0]!r}", expected=", ".join(map(str, frame.columns))
        )
    if n < 1 or frame.empty or not strata:
        raise ParameterError("there is nothing to draw", expected="posts, n above 0, and keys of strata")
    frame = frame.assign(post_id=frame["post_id"].astype("str"))
    if frame["post_id"].isna().any() or frame["post_id"].duplicated().any():
        raise ParameterError(
            "an id occurs twice in the frame, or is unknown",
            where="post_id",
            hint="give one row a post; draw a sample for each target",
        )
    if "lang" in frame.columns:
        frame["lang"] = frame["lang"].map(coarse_language)
    for name in {*strata, "label"}:
        frame[name] = frame[name].astype("str").fillna("unknown")
    return frame.sort_values("post_id").reset_index(drop=True)


def _checked_coders(coders: Sequence[str]) -> tuple[str, ...]:
    who = tuple(check_coder(name) for name in coders)
    folded = [name.casefold() for name in who]
    if not who or len(set(folded)) < len(who) or ADJUDICATED in folded:
        raise ParameterError(
            "coders need different names",
            where="coders",
            expected=f"one or more, none of them {ADJUDICATED!r}",
        )
    return who


def _target(frame: pd.DataFrame) -> str | None:
    if "target" not in frame.columns:
        return None
    names = frame["target"].dropna().unique().tolist()
    if len(names) > 1:
        raise ParameterError(
            "the frame holds several targets", where="target", hint="draw a sample for each target"
        )
    return str(names[0]) if names else None


def strata_of(frame: pd.DataFrame, strata: Sequence[str]) -> pd.DataFrame:
    """Say of each unit of a frame in which stratum it is, as :func:`draw_sample` does.

    Parameters
    ----------
    frame : DataFrame
        As for :func:`draw_sample`.
    strata : sequence of str
        Columns whose combinations are the strata.

    Returns
    -------
    DataFrame
        ``post_id`` and ``stratum``, in the order of ids.

    Examples
    --------
    >>> frame = pd.DataFrame({"post_id": ["2", "1"], "label": ["a", "b"], "lang": ["en", "zh-Hant"]})
    >>> strata_of(frame, ("lang", "label")).values.tolist()
    [['1', 'zh | b'], ['2', 'en | a']]
    """
    checked = _checked(frame, strata, 1)
    return checked[["post_id"]].assign(stratum=_stratum_names(checked, strata))


def _stratum_names(frame: pd.DataFrame, strata: Sequence[str]) -> NDArray[np.str_]:
    names = frame[strata[0]]
    for key in strata[1:]:
        names = names + " | " + frame[key]
    return np.asarray(names, dtype=np.str_)


def spread_of(frame: pd.DataFrame, place: NDArray[np.int64], n_strata: int) -> NDArray[np.float64]:
    """Expected standard deviation of being right, from confidence that is not trusted at its ends."""
    if "confidence" not in frame.columns:
        return np.ones(n_strata)
    trust = frame["confidence"].astype("Float64").to_numpy(dtype=np.float64, na_value=np.nan)
    trust = np.clip(np.where(np.isnan(trust), 0.75, trust), 0.55, 0.95)
    sums = np.bincount(place, weights=trust * (1.0 - trust), minlength=n_strata)
    counts = np.maximum(np.bincount(place, minlength=n_strata), 1)
    return np.asarray(np.sqrt(sums / counts), dtype=np.float64)


def _draw(
    place: NDArray[np.int64], n_drawn: NDArray[np.int64], rng: np.random.Generator
) -> NDArray[np.int64]:
    shuffled = rng.permutation(place.size)
    by_stratum = shuffled[np.argsort(place[shuffled], kind="stable")]
    first = np.concatenate([[0], np.cumsum(np.bincount(place, minlength=n_drawn.size))])
    chosen = [by_stratum[first[h] : first[h] + k] for h, k in enumerate(n_drawn)]
    return np.sort(np.concatenate(chosen)).astype(np.int64)


def _share_out(units: pd.DataFrame, who: tuple[str, ...], overlap: int, seed: int) -> pd.DataFrame:
    """Choose the overlap evenly over the strata, and deal the rest to the coders in turn."""
    order = coding_order(units, seed, "overlap: every coder")
    both = np.zeros(len(units), dtype=bool)
    both[order[:overlap]] = True
    coder = np.full(len(units), None, dtype=object)
    for turn, row in enumerate(order[overlap:]):
        coder[row] = who[turn % len(who)]
    return units.assign(overlap=both, coder=coder)


def _columns(table: Any, units: pd.DataFrame) -> pd.DataFrame:
    known = units[[name for name in table.names if name in units.columns]]
    if "text" in table.names and "text" not in known.columns:
        known = known.assign(text="")
    conformed: pd.DataFrame = table.conform(known)
    return conformed
