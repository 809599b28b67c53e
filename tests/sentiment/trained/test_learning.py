from __future__ import annotations

import pandas as pd
import pytest

from discourse.errors import ParameterError
from discourse.sentiment.trained.classifier import StanceClassifier
from discourse.sentiment.trained.learning import COLUMNS, learning_curve
from tests.sentiment.trained.conftest import Coded, made


def test_more_posts_teach_more_and_the_last_block_is_never_trained_on(coded: Coded) -> None:
    model = StanceClassifier(embeddings=False)
    curve = learning_curve(model, coded.texts, coded.labels, sizes=(12, 40, 900), draws=2)
    assert tuple(curve.columns) == COLUMNS
    assert curve["n_training"].tolist() == [12, 12, 40, 40, 90]
    assert (curve["n_test"] == 30).all()
    means = curve.groupby("n_training")["macro_f1"].mean()
    assert means[90] >= 0.95 > means[12]
    assert not hasattr(model, "classes_")


def test_the_seed_draws_the_posts() -> None:
    seen = made(80)
    curves = [
        learning_curve(
            StanceClassifier(embeddings=False, random_state=seed),
            seen.texts,
            seen.labels,
            sizes=(16,),
            draws=1,
        )
        for seed in (1, 1)
    ]
    pd.testing.assert_frame_equal(*curves)


@pytest.mark.parametrize("options", [{"draws": 0}, {"test_share": 1.0}])
def test_refuses_what_means_nothing(coded: Coded, options: dict[str, float]) -> None:
    with pytest.raises(ParameterError, match="test_share is"):
        learning_curve(StanceClassifier(), coded.texts, coded.labels, **options)  # type: ignore[arg-type]
