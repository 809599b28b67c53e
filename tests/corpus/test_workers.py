from __future__ import annotations

from pathlib import Path

import pytest

from discourse.corpus import records, workers
from discourse.corpus.read import import_exports, read_posts
from discourse.corpus.workers import in_order
from discourse.errors import ParameterError


def double(n: int) -> int:
    return 2 * n


def refuse(n: int) -> int:
    raise ParameterError(f"no {n}")


@pytest.mark.parametrize("n", [0, 3, 4, 5, 40])
@pytest.mark.parametrize("processes", [1, 2])
def test_results_come_in_the_order_of_the_pieces(n: int, processes: int) -> None:
    assert list(in_order(double, range(n), processes)) == [2 * i for i in range(n)]


def test_an_error_in_a_process_is_the_error_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "ALONE", 0)
    with pytest.raises(ParameterError, match="no 1"):
        list(in_order(refuse, [1], 2))


def test_workers_below_one_are_refused(data: Path) -> None:
    with pytest.raises(ParameterError, match="workers is 0"):
        read_posts(data / "xhs_scraper.csv", key=b"k", workers=0)


def test_any_number_of_workers_gives_the_same_bytes(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import_exports(data, tmp_path / "one", key=b"a key")
    monkeypatch.setattr(workers, "ALONE", 0)
    monkeypatch.setattr(records, "PACK", 7)
    for n in (1, 2):
        import_exports(data, tmp_path / str(n), key=b"a key", workers=n)
        names = sorted(p.relative_to(tmp_path / "one") for p in (tmp_path / "one").rglob("*") if p.is_file())
        for name in names:
            assert (tmp_path / str(n) / name).read_bytes() == (tmp_path / "one" / name).read_bytes(), name


def test_joblib_can_spread_work_after_us():
    from joblib import Parallel, delayed

    assert list(in_order(abs, range(20), 2)) == list(range(20))
    assert Parallel(n_jobs=2, backend="loky")(delayed(abs)(i) for i in range(4)) == [0, 1, 2, 3]
