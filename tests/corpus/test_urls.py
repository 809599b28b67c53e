"""Urls are told from paths, and what is secret in them is never written."""

from __future__ import annotations

from pathlib import Path

import pytest

from discourse.corpus.urls import is_url, origin, path_of, refuse_url, secrets_of, shown, without_user
from discourse.errors import InputError


@pytest.mark.parametrize(
    "url", ["s3://b/x.csv", "memory://x", "zip://a.csv::file:///x.zip", "simplecache::s3://b/x", "file:///x"]
)
def test_urls_and_chains_are_urls(url):
    assert is_url(url)


@pytest.mark.parametrize(
    "path", ["posts.csv", "C:/x.csv", "C:\\x.csv", "/a/b", "a::b", "posts-12:30:00.csv", Path("s3://b/x"), 3]
)
def test_paths_are_none(path):
    assert not is_url(path)


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("https://ann:pa55@host/x.csv?sig=tok3n#f", "https://host/x.csv"),
        ("sftp://ann:pa/55@host/x.csv", "sftp://host/x.csv"),
        ("sftp://ann:p@55@host:22/x.csv", "sftp://host:22/x.csv"),
        ("zip://a.csv::ftp://ann:pa55@host/x.zip?sig=tok3n", "zip://a.csv::ftp://host/x.zip"),
        ("s3://bucket/a@b.csv", "s3://bucket/a@b.csv"),
    ],
)
def test_user_password_and_query_are_not_shown(url, said):
    assert shown(url) == said
    assert not any(secret in said for secret in secrets_of(url))


def test_a_query_tells_objects_apart_and_a_password_does_not():
    assert without_user("https://a:b@h/x?version=2") == "https://h/x?version=2"


def test_folders_of_this_machine_are_not_written():
    assert origin("zip://a.csv::file:///home/ann/x.zip") == "zip://a.csv::file://x.zip"


def test_a_file_url_is_a_path(tmp_path):
    assert path_of((tmp_path / "x.csv").as_uri()) == tmp_path / "x.csv"
    assert path_of("memory://x.csv") is None


@pytest.mark.parametrize("out", ["s3://bucket/out", Path("s3://bucket/out"), Path("memory://out")])
def test_results_are_not_written_at_a_url(out):
    with pytest.raises(InputError, match="written on this machine"):
        refuse_url(out)
