"""Who wrote the readable posts: the same numbers with scores and without."""

from __future__ import annotations

from discourse.compare.samples import cluster_codes
from discourse.study.findings.readable import readable_clusters


def test_names_are_numbered_in_their_order_whether_scores_stand_beside_the_posts_or_not(posts, material):
    frame = posts(*["words"] * 4, author=["b", None, "a", "b"], thread_id=["t2", "t1", "t2", "t1"])
    scored = frame.assign(target="refugees", label="positive", score=0.5)
    alone, beside = readable_clusters(material(frame)), readable_clusters(material(frame, scored=scored))
    turned = readable_clusters(material(frame, scored=scored.iloc[::-1].reset_index(drop=True)))
    for found in (alone, beside, turned):
        assert found["author"].cat.codes.tolist() == [1, -1, 0, 1]
        assert cluster_codes(found["thread_id"]).tolist() == [1, 0, 1, 0]
        assert found["group"].tolist() == ["everybody"] * 4
