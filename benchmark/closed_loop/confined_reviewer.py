"""Asks a detector for alerts during a run; the detector lives in a sandboxed process."""

from __future__ import annotations

import contextlib
import time
from multiprocessing.connection import Connection
from pathlib import Path
from types import TracebackType
from typing import Any

import cloudpickle

from shamcrowd.benchmark.closed_loop.alert_buffer import AlertBuffer
from shamcrowd.benchmark.evaluation.replay import Candidate, TrainingData, as_failure, tables_of
from shamcrowd.benchmark.execution.host import ignore_interrupts, peak_memory_mib
from shamcrowd.benchmark.execution.isolated_process import (
    PRELOAD,
    ProcessDiedError,
    TimeLimitError,
    picklable_error,
)
from shamcrowd.benchmark.execution.sandbox import Sandbox
from shamcrowd.detectors.features.store import log_view
from shamcrowd.recording.live import LIVE, LiveSource
from shamcrowd.recording.manifest import Manifest
from shamcrowd.recording.schema import STREAMS
from shamcrowd.recording.units import EARLIEST
from shamcrowd.recording.view import LogView, open_log
from shamcrowd.simulator.core.process_start import preload, process_context, starting
from shamcrowd.simulator.response.reviewer import Alerts

JOIN_SECONDS = 2.0


class ConfinedReviewer:
    """A `Reviewer` that asks a detector in another process for accounts above the threshold.

    Below ``sandbox.hidden`` the process can read the tables of the run in progress and those of
    the training recording, but not the truth. It starts at the first review and ends when this
    context is left.

    Attributes:
        seconds: CPU time of the process so far.
        peak_mib: its largest resident set so far, MiB.
    """

    def __init__(
        self,
        candidate: Candidate,
        run: Path,
        threshold: float,
        training: TrainingData | None,
        sandbox: Sandbox,
        limit: float,
    ) -> None:
        """Store what the process needs; it is not started yet.

        Args:
            candidate: the detector.
            run: folder of the run in progress.
            threshold: the operating point; accounts that score above it are alerts.
            training: training data, for a detector that learns.
            sandbox: limits on what the process may read and use.
            limit: seconds that the detector may take in the whole run.
        """
        self._work = (candidate.packed(), run.resolve(), training, sandbox)
        self._threshold = threshold
        self._left = limit
        self._limit = limit
        self._process: Any = None
        self._pipe: Connection | None = None
        self.seconds = 0.0
        self.peak_mib = 0.0

    def __enter__(self) -> ConfinedReviewer:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._pipe is not None:
            self._pipe.close()
            self._process.kill()
            self._process.join(JOIN_SECONDS)

    def __call__(self, log: LogView) -> Alerts:
        """Alerts of the detector for the log as it is at this review.

        Raises:
            DetectorError: if the detector breaks the contract or raises; holds its own traceback.
            TimeLimitError: if the detector exceeds its time limit.
            ProcessDiedError: if its process has ended.
        """
        account, score = self._answer((log.now, log.since))
        over = score > self._threshold
        return Alerts(account[over], score[over])

    def buffer(self) -> AlertBuffer:
        """All findings so far; empty before the first review."""
        if self._pipe is None:
            return AlertBuffer()
        answer: AlertBuffer = self._answer(None)
        return answer

    def _answer(self, request: tuple[int, int] | None) -> Any:
        pipe = self._pipe or self._start()
        begun = time.monotonic()
        try:
            pipe.send(request)
            if not pipe.poll(max(self._left, 0.0)):
                raise TimeLimitError(f"not finished after {self._limit:g} s, the time limit")
            answer, error, self.seconds, self.peak_mib = cloudpickle.loads(pipe.recv_bytes())
        except (EOFError, ConnectionError):
            self._process.join(JOIN_SECONDS)
            code = self._process.exitcode
            raise ProcessDiedError(f"its process ended with code {code}") from None
        self._left -= time.monotonic() - begun
        if error is not None:
            raise error
        return answer

    def _start(self) -> Connection:
        preload(PRELOAD)
        work = cloudpickle.dumps(self._work)
        pipe: Connection
        pipe, theirs = process_context().Pipe()
        process = process_context().Process(target=_serve, args=(theirs, work), daemon=True)
        with starting():
            process.start()
            self._pipe, self._process = pipe, process
        theirs.close()
        return pipe


def _serve(pipe: Connection, work: bytes) -> None:
    """Answer review requests until the pipe is closed; runs in the detector's process."""
    ignore_interrupts()
    candidate, run, training, sandbox = cloudpickle.loads(work)
    session = _DetectorSession(candidate, run, training, sandbox)
    with contextlib.suppress(EOFError, ConnectionError):
        while True:
            request = pipe.recv()
            answer, error = None, None
            try:
                answer = session.buffer if request is None else session.judge(*request)
            except Exception as fault:
                error = picklable_error(as_failure(fault, sandbox.memory_mib, __file__))
            used = time.process_time(), peak_memory_mib()
            pipe.send_bytes(cloudpickle.dumps((answer, error, *used)))


class _DetectorSession:
    """The detector inside its process; it is loaded at the first review."""

    def __init__(
        self, candidate: Candidate, run: Path, training: TrainingData | None, sandbox: Sandbox
    ) -> None:
        self._arguments = candidate, run, training, sandbox
        self._source = LiveSource(run)
        self._detector: Any = None
        self._number = 0
        self.buffer = AlertBuffer()

    def judge(self, now: int, since: int) -> tuple[Any, Any]:
        """Accounts and their scores at one review."""
        if self._detector is None:
            self._detector = _fitted_detector(*self._arguments)
        known = self._source.rows("accounts", EARLIEST, now, ["account"]).column(0).to_numpy()
        view = LogView(self._source, now, since)
        found = self._detector.review(view).checked(known)
        self.buffer.add(self._number, found)
        self._number += 1
        return found.account, found.score


def _fitted_detector(
    candidate: Candidate, run: Path, training: TrainingData | None, sandbox: Sandbox
) -> Any:
    """Apply the sandbox to this process, then load the detector and fit it if it learns."""
    labelled = None
    readable = [run / LIVE, *(run / table.name for table in STREAMS)]
    if training is not None:
        moment = Manifest.read(training.recording).end
        labelled = log_view(open_log(training.recording), moment, EARLIEST, training.features)
        readable += [*tables_of(training.recording)]
        readable += [training.features] if training.features is not None else []
    sandbox.apply(readable)
    detector = candidate.maker()()
    if training is not None and hasattr(detector, "fit"):
        detector.fit(labelled, training.labels)
    return detector
