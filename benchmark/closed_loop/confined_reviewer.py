"""A detector that is asked while the world runs, confined in a process that lives for the run."""

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
    """A `Reviewer`: asks a detector in another process for accounts above the threshold.

    The process holds a way to the tables of the run in progress and to nothing else below
    ``sandbox.hidden``, so not to the truth. It is started at the first review and lives until
    this context is left. ``seconds`` is its CPU time so far, ``peak_mib`` its largest resident set.
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
        """Make ready to ask.

        Args:
            candidate: the detector.
            run: folder of the run in progress.
            threshold: the operating point; accounts that score above it are alerts.
            training: for a detector that learns.
            sandbox: what its process is confined to.
            limit: seconds that it may take in all.
        """
        self._work = (candidate.packed(), run.resolve(), training, sandbox)
        self._threshold = threshold
        self._left = limit
        self._limit = limit
        self._process: Any = None
        self._talk: Connection | None = None
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
        if self._talk is not None:
            self._talk.close()
            self._process.kill()
            self._process.join(JOIN_SECONDS)

    def __call__(self, log: LogView) -> Alerts:
        """Ask the detector about the run as of now.

        Raises:
            DetectorError: if it breaks the contract or raises, with its own frames.
            TimeLimitError: if it has taken longer than it may.
            ProcessDiedError: if its process is gone.
        """
        account, score = self._asked((log.now, log.since))
        over = score > self._threshold
        return Alerts(account[over], score[over])

    def buffer(self) -> AlertBuffer:
        """All findings so far; empty if it was never asked."""
        if self._talk is None:
            return AlertBuffer()
        answer: AlertBuffer = self._asked(None)
        return answer

    def _asked(self, question: tuple[int, int] | None) -> Any:
        talk = self._talk or self._start()
        begun = time.monotonic()
        try:
            talk.send(question)
            if not talk.poll(max(self._left, 0.0)):
                raise TimeLimitError(f"not finished after {self._limit:g} s, the time limit")
            answer, error, self.seconds, self.peak_mib = cloudpickle.loads(talk.recv_bytes())
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
        talk: Connection
        talk, theirs = process_context().Pipe()
        process = process_context().Process(target=_serve, args=(theirs, work), daemon=True)
        with starting():
            process.start()
            self._talk, self._process = talk, process
        theirs.close()
        return talk


def _serve(talk: Connection, work: bytes) -> None:
    """Answer reviews until the pipe is closed; runs in the detector's process."""
    ignore_interrupts()
    candidate, run, training, sandbox = cloudpickle.loads(work)
    session = _DetectorSession(candidate, run, training, sandbox)
    with contextlib.suppress(EOFError, ConnectionError):
        while True:
            question = talk.recv()
            answer, error = None, None
            try:
                answer = session.buffer if question is None else session.judge(*question)
            except Exception as fault:
                error = picklable_error(as_failure(fault, sandbox.memory_mib, __file__))
            used = time.process_time(), peak_memory_mib()
            talk.send_bytes(cloudpickle.dumps((answer, error, *used)))


class _DetectorSession:
    """The detector in its process, from the first question on."""

    def __init__(
        self, candidate: Candidate, run: Path, training: TrainingData | None, sandbox: Sandbox
    ) -> None:
        self._arguments = candidate, run, training, sandbox
        self._source = LiveSource(run)
        self._detector: Any = None
        self._number = 0
        self.buffer = AlertBuffer()

    def judge(self, now: int, since: int) -> tuple[Any, Any]:
        """Accounts and their scores at a review."""
        if self._detector is None:
            self._detector = _made(*self._arguments)
        known = self._source.rows("accounts", EARLIEST, now, ["account"]).column(0).to_numpy()
        view = LogView(self._source, now, since)
        found = self._detector.review(view).checked(known)
        self.buffer.add(self._number, found)
        self._number += 1
        return found.account, found.score


def _made(candidate: Candidate, run: Path, training: TrainingData | None, sandbox: Sandbox) -> Any:
    """Confine this process, then load the detector and let it learn."""
    labelled = None
    shown = [run / LIVE, *(run / table.name for table in STREAMS)]
    if training is not None:
        moment = Manifest.read(training.recording).end
        labelled = log_view(open_log(training.recording), moment, EARLIEST, training.features)
        shown += [*tables_of(training.recording)]
        shown += [training.features] if training.features is not None else []
    sandbox.apply(shown)
    detector = candidate.maker()()
    if training is not None and hasattr(detector, "fit"):
        detector.fit(labelled, training.labels)
    return detector
