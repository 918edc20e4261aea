"""The engine that was asked for by name."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from shamcrowd.benchmark.execution.engines.local_engine import LocalEngine
from shamcrowd.benchmark.execution.engines.work_unit import Engine
from shamcrowd.recording.errors import UsageError


@contextmanager
def open_engine(name: str, workers: int | None, cluster: str | None) -> Iterator[Engine]:
    """The engine ``name``, as long as the block lasts.

    ``cluster`` is the address of a Dask scheduler, such as ``tcp://head:8786``; None starts a
    cluster of ``workers`` on this machine.

    Raises:
        UsageError: if a cluster is named for the local engine, or cannot be reached.
        MissingExtraError: if Dask is not installed.
    """
    if name == "local":
        if cluster is not None:
            raise UsageError("--cluster goes with --engine dask")
        yield LocalEngine(workers)
        return
    from shamcrowd.benchmark.execution.engines.dask_engine import DaskEngine

    with DaskEngine(workers, cluster) as engine:
        yield engine
