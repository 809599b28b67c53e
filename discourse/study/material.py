"""What the analyses of a study work on: posts, groups, scores, made once and read by all."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal

import pandas as pd

from discourse.errors import NotMeasurable
from discourse.room import laid_in
from discourse.study.mapped import Mapped
from discourse.study.progress import Progress, Silent
from discourse.study.schema import Study
from discourse.study.spread import spread
from discourse.study.store import Store

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from discourse.corpus.corpus import Corpus
    from discourse.study.numbered import Numbered
    from discourse.study.scoring import FullTexts
    from discourse.text.tokens import Tokens
    from discourse.topics.model import TopicModel


#: Posts from which topics are learned, at most; all are placed.  More posts would hardly move them.
LEARNED_FROM = 50_000


@dataclass
class Material:
    """The material of a study, in the order in which it was made.

    Parameters
    ----------
    study : Study
        The study.
    corpus : Corpus
        As it was read, with counts and rejects.
    marked : DataFrame
        All posts, with their marks of copies.
    posts : DataFrame
        The posts that are analysed (copies left out where the study says so), with ``group``.
    authors : DataFrame
        Authors with ``group`` and signals.
    readable : DataFrame
        The posts with words, with a fresh index.
    scored : DataFrame
        One row a readable post and target: ``post_id``, ``author``, ``thread_id``, ``group``, ``lang``,
        ``platform``, ``created_at``, ``target``, ``label``, ``score``, ``confidence``, ``mixed``,
        ``mention_kind``.
    instruments : dict of str to str
        Target to scorer and version.
    left_out : dict of str to int
        Copies that the study leaves out, by step.
    workers : int
        Processes; no result depends on them.
    progress : Progress
        Told what happens.
    store : Store
        What steps have made before; none by default.
    mapped : Mapped
        Where the columns of a large study lie; a small one is held in memory.
    tables : dict of str to DataFrame
        What the analyses before have made.
    beside : bool
        Whether a fork makes analyses beside this process just now.
    """

    study: Study
    corpus: Corpus
    marked: pd.DataFrame
    posts: pd.DataFrame
    authors: pd.DataFrame
    readable: pd.DataFrame
    scored: pd.DataFrame
    instruments: dict[str, str]
    left_out: dict[str, int] = field(default_factory=dict)
    workers: int = 1
    progress: Progress = field(default_factory=Silent)
    store: Store = field(default_factory=Store)
    mapped: Mapped = field(default_factory=Mapped)
    tables: dict[str, pd.DataFrame] = field(default_factory=dict)
    beside: bool = False

    @property
    def texts(self) -> FullTexts:
        """The readable posts as a reader sees them, read when they are looked at."""
        from discourse.study.scoring import FullTexts

        return FullTexts(self.readable, self.mapped)

    @cached_property
    def tokens(self) -> Tokens:
        """The words of the readable posts, cut once for all."""
        from discourse.study.scoring import FEW, cut_part, parts_to_cut

        tasks = parts_to_cut(self.readable, self.mapped)
        small = parts_to_cut(self.readable[:FEW], self.mapped)[0] if tasks else None
        return self.mapped.tokens(spread(cut_part, tasks, self.workers, small=small))

    @cached_property
    def numbered(self) -> Numbered:
        """Posts and scores with numbers in place of names, for analyses that count."""
        from discourse.study.numbered import numbered

        return numbered(self.posts, self.scored, self.mapped)

    @cached_property
    def codes(self) -> pd.DataFrame:
        """The frames of the study in the readable posts: ``post_id`` and one column a frame."""
        from discourse.sentiment.frames import code_frames
        from discourse.study.findings.frames import study_frames

        if not self.study.codes:
            return self.readable[["post_id"]].copy()
        frames = study_frames(self.study, self.readable)
        wide = code_frames(self.texts, frames, wide=True)
        return wide.assign(post_id=self.readable["post_id"].to_numpy())

    @cached_property
    def emotions(self) -> dict[str, tuple[pd.DataFrame, dict[str, str]]]:
        """The emotions toward each target that asks for them: codes of the readable posts, instruments."""
        from discourse.sentiment.emotion import EMOTIONS, emotions, load_emotions
        from discourse.study.steps import full_texts, load_targets, parent_texts

        wanted = [(use, target) for use, target in load_targets(self.study) if use.emotions]
        if not wanted:
            return {}
        texts, parents = full_texts(self.readable), parent_texts(self.readable)
        made = dict.fromkeys(EMOTIONS, load_emotions().instrument)
        scorer = self.study.scorer.name
        return {
            target.name: (
                emotions(texts, target, scorer=scorer, parents=parents if use.replies else None)[
                    list(EMOTIONS)
                ],
                made,
            )
            for use, target in wanted
        }

    @cached_property
    def discovered(self) -> NDArray[np.bool_] | None:
        """Which readable posts topics are learned from, where groups are compared in the other ones."""
        from discourse.topics.halves import discovery_half

        if self.study.topics.inference != "split":
            return None
        return discovery_half(self.readable["author"], self.study.study.seed)

    @cached_property
    def topic_model(self) -> TopicModel | None:
        """The topics of the readable posts, fitted once for all; None where no post has a content word."""
        from discourse.topics.labels import read_labels, with_labels

        asked_for = self.study.topics
        model = self.fitted(asked_for.n_topics)
        if model is not None:
            docs = {lang: self.mapped.lists(rows) for lang, rows in model.docs.items()}
            model = replace(model, prevalence=self.mapped.array(model.prevalence), docs=docs)
        if model is None or asked_for.labels is None:
            return model
        return with_labels(model, read_labels(asked_for.labels))

    def fitted(self, n_topics: int | Literal["auto"]) -> TopicModel | None:
        """Fit the topics of the study, so many of them; None where no post has a content word."""
        from discourse.topics.fit import GRID, fit_topics
        from discourse.topics.halves import fit_half

        asked_for = self.study.topics
        how: Any = {"languages": asked_for.languages, "engine": asked_for.engine}
        how["grid"] = asked_for.grid or GRID
        how["authors"] = self.readable["author"]
        how["sample"] = LEARNED_FROM if len(self.readable) > LEARNED_FROM else None
        seed = self.study.study.seed
        tokens = self.tokens
        with suppress(NotMeasurable), laid_in(self.mapped):
            if self.discovered is not None:
                return fit_half(tokens, self.discovered, n_topics, seed=seed, **how)
            return fit_topics(tokens, n_topics, seed=seed, **how)
        return None
