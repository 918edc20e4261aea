"""The engine for many machines: the same units, sent to a Dask cluster.

Dask says which machine makes which unit and sends a unit elsewhere if a machine dies; on that
machine it runs as it would here, in a process of its own with its limits. The run's folder and
the cache must be reached by the same paths from everywhere, as on a shared file system.
"""

from __future__ import annotations

import logging
import multiprocessing
import platform
from collections.abc import Sequence
from functools import cache
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
from shamcrowd.benchmark.execution.library_versions import packages
from shamcrowd.recording.errors import MissingExtraError, ShamcrowdError, UsageError
from shamcrowd.recording.origin import source_digest
from shamcrowd.simulator.core.process_start import own_modules

ANSWER_SECONDS = 30.0
"""How long a scheduler may take to answer, and to have a worker."""
MOST_SAID = 200
"""Longest text quoted of a fault of Dask, characters."""
ROOMS = ("recording", "simulator", "detectors", "benchmark")


class ClusterError(ShamcrowdError):
    """A cluster on this machine did not start, as when one of its workers was killed meanwhile."""

    exit_code = 3


class DaskEngine:
    """Units on a cluster; use it as a context manager.

    ``address`` is that of a scheduler; None starts ``workers`` workers on this machine.
    """

    def __init__(self, workers: int | None = None, address: str | None = None) -> None:
        """Connect.

        Raises:
            MissingExtraError: if Dask is not installed.
            UsageError: if there is no scheduler at ``address``, it has no worker, or one runs
                another version or checkout.
            ClusterError: if a cluster on this machine does not start.
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
        try:
            self._connect(workers, address)
            self.workers = self._checked_workers()
        except BaseException:
            self.__exit__()
            raise

    def _connect(self, workers: int | None, address: str | None) -> None:
        if address is None:
            # A unit has limits of its own; the dashboard needs bokeh.
            try:
                with own_modules():
                    self.cluster = self._dask.LocalCluster(
                        n_workers=workers or multiprocessing.cpu_count(), threads_per_worker=1,
                        memory_limit=0, dashboard_address=None, silence_logs=logging.CRITICAL,
                    )  # fmt: skip
                self.client = self._dask.Client(self.cluster, timeout=ANSWER_SECONDS)
            except (RuntimeError, OSError, TimeoutError) as fault:
                raise ClusterError(
                    f"the cluster on this machine did not start ({_said(fault)}); try again, or "
                    "take --engine local"
                ) from None
            return
        try:
            self.client = self._dask.Client(address, timeout=ANSWER_SECONDS)
            self.client.wait_for_workers(1, timeout=ANSWER_SECONDS)
        except (OSError, ValueError) as fault:
            what = "no Dask scheduler answers there" if self.client is None else "has no worker"
            raise UsageError(
                f"{address}: {what} ({_said(fault)}); start one with "
                f"`dask {'scheduler' if self.client is None else f'worker {address}'}`"
            ) from None

    def _checked_workers(self) -> int:
        """Return how many workers there are, each of which runs what this process runs.

        Results are kept by what this process runs.

        Raises:
            UsageError: if there is one; names each, and what differs.
        """
        own = installation()
        faults = []
        for worker, theirs in sorted(self.client.run(installation, on_error="return").items()):
            if isinstance(theirs, OSError):
                # It is gone; what replaces it is looked at with its first unit.
                continue
            differs = (
                f"cannot load it ({_said(theirs)})"
                if isinstance(theirs, Exception)
                else difference(own, theirs)
            )
            if differs:
                faults.append(f"{worker}: {differs}")
        if faults:
            raise UsageError(
                "workers run another shamcrowd or other libraries than this command; install the "
                "same everywhere:\n  " + "\n  ".join(faults)
            )
        return max(len(self.client.nthreads()), 1)

    def __enter__(self) -> DaskEngine:
        return self

    def __exit__(self, *error: object) -> None:
        if self.client is not None:
            self.client.close()
        if self.cluster is not None:
            self.cluster.close()
        self._settings.__exit__(None, None, None)

    def run(self, units: Sequence[WorkUnit], done: Done) -> None:
        """Run all units; one whose machine dies is run on another."""
        own = installation()
        futures = {
            self.client.submit(_on_worker, w, own, pure=False): i for i, w in enumerate(units)
        }
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


@cache
def installation() -> dict[str, str]:
    """What results of this process depend on besides their inputs: versions, and our code."""
    code = source_digest(*(f"shamcrowd.{room}" for room in ROOMS))
    return {"Python": platform.python_version(), **packages(), "the code of shamcrowd": code}


def difference(own: dict[str, str], theirs: dict[str, str]) -> str:
    """Say what differs between two installations; "" if nothing does.

    >>> difference({"numpy": "2.4", "pyod": "2.0"}, {"numpy": "2.3"})
    'numpy 2.3, not 2.4; pyod none, not 2.0'
    """
    return "; ".join(
        f"{name} {theirs.get(name, 'none')}, not {own.get(name, 'none')}"
        for name in dict.fromkeys((*own, *theirs))
        if own.get(name) != theirs.get(name)
    )


def _said(fault: BaseException) -> str:
    """A fault's message in one line."""
    return " ".join(str(fault).split())[:MOST_SAID] or type(fault).__name__


def _on_worker(work: WorkUnit, wanted: dict[str, str]) -> Outcome:
    """On the worker: run the unit in an isolated process and move its result to the final path.

    ``wanted`` is the client's installation: a worker may have joined after the others were checked.
    """
    if differs := difference(wanted, installation()):
        return Outcome(None, UsageError(f"a Dask worker on {platform.node()}: {differs}"), 0.0, 0.0)
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
