from __future__ import annotations

import pytest

from discourse.corpus.personal import is_personal


@pytest.mark.parametrize(
    "name",
    [
        "nickname",
        "avatar",
        "user_name",
        "author_url",
        "xsec_token",
        "用户昵称",
        "头像url",
        "email",
        "userName",
        "user.name",
        "user.city",
        "noteUrl",
        "name",
        "ip_address",
        "screen_name",
    ],
)
def test_columns_that_name_people_are_known(name: str) -> None:
    assert is_personal(name)


@pytest.mark.parametrize(
    "name",
    [
        "topic",
        "subreddit",
        "source_keyword",
        "media",
        "current",
        "备注",
        "user_authentication",
        "curl_type",
        "names_found",
        "hurling",
    ],
)
def test_other_columns_are_not(name: str) -> None:
    assert not is_personal(name)
