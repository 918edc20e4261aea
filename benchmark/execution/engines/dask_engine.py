"""The engine for many machines: the same units, sent to a Dask cluster.

Dask says which machine makes which unit and sends a unit elsewhere if a machine dies; on that
machine it runs as it would here, in a process of its own with its limits. The run's folder and
the cache must be reached by the same paths from everywhere, as on a shared file system.
"""

from __future__ import annotations

import multiprocessing
from collections.abc import Sequence
from importlib import import_module
from typing import Any

from shamcrowd.benchmark.execution.engines.work_unit import (
    Done,
    WorkUnit,
    attempt_at,
    settle,
    task_of,
)
from shamcrowd.benchmark.execution.isolated_process import Outcome, ProcessDiedError, run_isolated
from shamcrowd.recording.errors import MissingExtraError, UsageError
from shamcrowd.simulator.core.process_start import own_modules

ANSWER_SECONDS = 30.0
"""How long a scheduler may take to answer."""


class DaskEngine:
    """Units on a cluster; use it as a context manager.

    ``address`` is that of a scheduler; None starts ``workers`` workers on this machine.
    """

    def __init__(self, workers: int | None = None, address: str | None = None) -> None:
        """Connect.

        Raises:
            MissingExtraError: if Dask is not installed.
            UsageError: if there is no scheduler at ``address``.
        """
        self._dask: Any
        try:
            dask, self._dask = import_module("dask"), import_module("distributed")
        except ImportError:
            raise MissingExtraError(
                "--engine dask needs Dask: pip install 'shamcrowd[cluster]'"
            ) from None
        self.client: Any = None
        self.cluster: Any = None
        # Units start processes, which a daemon may not, nor may a worker that replaces a dead one.
        self._settings = dask.config.set({"distributed.worker.daemon": False})
        if address is None:
            # A unit has limits of its own; the dashboard needs bokeh.
            with own_modules():
                self.cluster = self._dask.LocalCluster(
                    n_workers=workers or multiprocessing.cpu_count(), threads_per_worker=1,
                    memory_limit=0, dashboard_address=None,
                )  # fmt: skip
            self.client = self._dask.Client(self.cluster)
        else:
            try:
                self.client = self._dask.Client(address, timeout=ANSWER_SECONDS)
            except (OSError, ValueError) as fault:
                raise UsageError(
                    f"{address}: no Dask scheduler answers there ({fault}); "
                    "start one with `dask scheduler`"
                ) from None
        threads = self.client.nthreads()
        self.workers = max(len(threads), 1)

    def __enter__(self) -> DaskEngine:
        return self

    def __exit__(self, *error: object) -> None:
        self.client.close()
        if self.cluster is not None:
            self.cluster.close()
        self._settings.__exit__(None, None, None)

    def run(self, units: Sequence[WorkUnit], done: Done) -> None:
        """Run all units; one whose machine dies is run on another."""
        futures = {self.client.submit(_on_worker, w, pure=False): i for i, w in enumerate(units)}
        try:
            for future in self._dask.as_completed(futures):
                fault = future.exception()
                if fault is None:
                    outcome = future.result()
                else:
                    lost = ProcessDiedError(f"{type(fault).__name__}: {fault}")
                    outcome = Outcome(None, lost, 0.0, 0.0)
                done(futures[future], outcome)
        finally:
            self.client.cancel(list(futures))


def _on_worker(work: WorkUnit) -> Outcome:
    """On the worker: run the unit in an isolated process and move its result to the final path."""
    if multiprocessing.current_process().daemon:
        wrong = UsageError(
            "this Dask worker is a daemon and may start no process; start it with "
            "DASK_DISTRIBUTED__WORKER__DAEMON=False in its environment"
        )
        return Outcome(None, wrong, 0.0, 0.0)
    attempt = attempt_at(work.path)
    (outcome,) = run_isolated([task_of(work, attempt)], 1)
    settle(attempt, work.path, outcome)
    return outcome
