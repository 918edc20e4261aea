"""Runs controls that read the truth as reviewers in the closed loop."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from shamcrowd.benchmark.closed_loop.alert_buffer import AlertBuffer
from shamcrowd.benchmark.evaluation.controls.base import TruthControl
from shamcrowd.detectors.base import Findings
from shamcrowd.recording.view import LogView
from shamcrowd.simulator.response.reviewer import Alerts


class OracleReviewer:
    """A `Reviewer` that receives the truth about all accounts from the simulation.

    Its alerts are those of the control on the finished recording, restricted to what is true at the
    review: an account that will be hijacked later still counts as legitimate.
    """

    def __init__(self, control: TruthControl, seed: int) -> None:
        self._control = control
        self._seed = seed
        self._begin: int | None = None
        self._truth = pa.table({})
        self._buffer = AlertBuffer()
        self._number = 0

    def receive_truth(self, truth: pa.Table) -> None:
        """Store the truth: one row of `TRUTH_ACCOUNTS` for each account."""
        self._truth = truth

    def __call__(self, log: LogView) -> Alerts:
        """Alerts for all accounts that the control suspects at this review."""
        self._begin = log.now if self._begin is None else self._begin
        account = self._truth.column("account").to_numpy()
        since = self._truth.column("sham_from").cast(pa.int64())
        begun = since.fill_null(np.iinfo(np.int64).max).to_numpy()
        suspects, knows = self._control.knows(
            account, begun <= log.now, begun, self._begin, self._seed
        )
        score = (suspects & (knows <= log.now)).astype(np.float64)
        self._buffer.add(self._number, Findings(account, score))
        self._number += 1
        over = score > 0
        return Alerts(account[over], score[over])

    def buffer(self) -> AlertBuffer:
        """All findings so far."""
        return self._buffer
