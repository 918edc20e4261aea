"""The engine that was asked for by name."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from benchmark.engines.local import LocalEngine
from benchmark.engines.work import Engine
from recording.errors import UsageError

ENGINES = ("local", "dask")


@contextmanager
def chosen_engine(name: str, workers: int | None, cluster: str | None) -> Iterator[Engine]:
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
    from benchmark.engines.on_dask import DaskEngine

    with DaskEngine(workers, cluster) as engine:
        yield engine
