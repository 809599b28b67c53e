from __future__ import annotations

import pytest

from discourse.sentiment.trained.posts import gather


@pytest.mark.parametrize(
    ("text", "target", "found"),
    [
        ("I like Wii games", "wii", "Wii"),
        ("the man said he left", "he", "he"),
        ("Others say he knows", "He", "he"),
        ("wii-mote or Wiimotes", "wiimote", "Wiimote"),
        ("they like nothing", "wii", None),
        ("这些難民很可爱", "难民", "難民"),
        ("so many TikTok refugees here", "refugees", "TikTok refugees"),
        ("欢迎歪果仁", "refugees", "歪果仁"),
        ("受难民众", "refugees", None),
        ("nobody", "", None),
    ],
)
def test_finds_where_a_target_stands(text: str, target: str, found: str | None) -> None:
    span = gather([text], targets=[target]).spans[0]
    assert (None if span is None else text[span[0] : span[1]]) == found


def test_a_place_that_is_given_wins() -> None:
    posts = gather(["cats and cats"] * 2, targets=["cats"] * 2, spans=[(9, 13), None])
    assert posts.spans == [(9, 13), (0, 4)]


def test_unknown_parents_are_empty() -> None:
    assert gather(["a", "b", "c"], parents=[None, float("nan"), "p"]).parents == ["", "", "p"]
