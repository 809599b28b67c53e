from __future__ import annotations

import numpy as np
import pandas as pd

from discourse.corpus.corpus import Corpus
from discourse.topics.fit import fit_topics
from discourse.topics.inference import place_parts
from discourse.topics.storage import load_topics, save_topics
from tests.topics.test_joint import planted


def test_parts_give_what_all_at_once_gives(tmp_path):
    texts = [*planted()[0], "!!!"]
    posts = pd.DataFrame({"post_id": [f"p{i}" for i in range(len(texts))], "text": texts})
    corpus = Corpus.from_pandas(posts)
    fitted = fit_topics(texts, 3, min_length=1, sample=200)
    model = load_topics(save_topics(fitted, tmp_path))
    whole = pd.concat(list(place_parts(model, corpus)), ignore_index=True)
    assert whole["post_id"].tolist() == posts["post_id"].tolist()
    np.testing.assert_allclose(whole[[0, 1, 2]].to_numpy(), fitted.transform(texts), rtol=0, atol=1e-12)
    assert whole.iloc[-1, 1:].isna().all()
