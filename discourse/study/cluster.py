"""The engine of joblib's that gives parts to a Dask cluster, where no loss goes unsaid."""

from __future__ import annotations

from concurrent.futures import CancelledError, Future
from typing import Any

from joblib._dask import DaskDistributedBackend


class Cluster(DaskDistributedBackend):  # type: ignore[misc]
    """Dask by joblib, with news of parts whose workers are lost.

    Notes
    -----
    Dask gives a part to other workers where one is lost, and gives it up when three more were lost over it.
    Joblib hears of the result of a part and of its own errors, but not of a part that was given up, and would
    wait for it for ever.
    """

    def submit(self, func: Any, callback: Any = None) -> Any:
        """Give out a part."""
        given: Future[Any] = super().submit(func, callback)
        given.add_done_callback(lambda done: callback(done.exception()) if done.exception() else None)
        return given

    apply_async = submit  # its name before joblib 1.5

    def retrieve_result_callback(self, out: Any) -> Any:
        """Give the result of a part, or say that it was given up."""
        if isinstance(out, BaseException):
            raise out
        return super().retrieve_result_callback(out)


def losses() -> tuple[type[BaseException], ...]:
    """List how a cluster says that workers are lost."""
    from distributed import KilledWorker
    from distributed.comm.core import CommClosedError

    return KilledWorker, CommClosedError, CancelledError
