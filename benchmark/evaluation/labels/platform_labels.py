"""Labels from what the platform's own processes bring to light, as of a moment."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import numpy.typing as npt

from shamcrowd.benchmark.evaluation.labels.review_team import ReviewTeam
from shamcrowd.detectors.base import Labels
from shamcrowd.recording.manifest import Manifest
from shamcrowd.recording.truth import Truth
from shamcrowd.recording.units import EARLIEST, NEVER
from shamcrowd.recording.view import LogView, open_log

NOTICED = ("policy_flag", "user_report", "decline")
"""What puts an account into the reviewers' queue."""


def platform_labels(recording: Path, moment: int, team: ReviewTeam | None = None) -> Labels:
    """What a platform would know by ``moment`` (ms since 1970) of the accounts of a recording.

    From the log as of that moment, each source weaker than the next:

    1. a verdict of the review team, which looks at a share of the accounts, late, and errs at
       stated rates (`ReviewTeam`); the only source of legitimate labels;
    2. a chargeback: sham. Late by weeks (10 to 60 days, threat model A10), and wrong where a
       customer disputes a charge of his own;
    3. a suspension that was not reversed: sham.

    A report alone labels nobody: most are about accounts that nothing is wrong with.
    The truth is opened for the team's verdicts alone. Accounts that no source names are unknown
    and not in the labels.

    Raises:
        RecordingError: if it is no whole recording.
    """
    manifest = Manifest.read(recording)
    log = LogView(open_log(recording), moment)
    opened = log.arrow("accounts", ["account", "created"])
    account = opened.column("account").to_numpy()
    order = np.argsort(account, kind="stable")
    account = account[order]
    created = opened.column("created").cast("int64").to_numpy()[order]
    happened = _Happened(log, account)
    place, called = (team or ReviewTeam()).verdicts(
        created,
        _sham_from(recording, account),
        happened.first(*NOTICED),
        manifest.start,
        moment,
        # Of a secret world the team's luck must not be known by its seed either: the fingerprint
        # depends on the truth.
        int(manifest.fingerprint, 16) if manifest.secret else manifest.seed,
    )
    known = np.full(len(account), -1)
    known[place] = called
    known[happened.first("chargeback") != NEVER] = 1
    suspended = happened.last("suspension")
    known[(suspended != EARLIEST) & (happened.last("reinstatement") < suspended)] = 1
    labelled = known >= 0
    return Labels(account[labelled], known[labelled] == 1)


class _Happened:
    """When each kind of activity first and last happened, by account."""

    def __init__(self, log: LogView, account: npt.NDArray[np.int32]) -> None:
        rows = log.arrow("activity", ["time", "account", "kind"])
        self._kind = rows.column("kind").cast("string").to_numpy(zero_copy_only=False)
        self._time = rows.column("time").cast("int64").to_numpy()
        self._place = np.searchsorted(account, rows.column("account").to_numpy())
        self._many = len(account)

    def first(self, *kinds: str) -> npt.NDArray[np.int64]:
        """First moment of any of ``kinds``, ms; ``NEVER``."""
        rows = np.isin(self._kind, kinds)
        found = np.full(self._many, NEVER)
        np.minimum.at(found, self._place[rows], self._time[rows])
        return found

    def last(self, kind: str) -> npt.NDArray[np.int64]:
        """Last moment of ``kind``, ms; ``EARLIEST``."""
        rows = self._kind == kind
        found = np.full(self._many, EARLIEST)
        np.maximum.at(found, self._place[rows], self._time[rows])
        return found


def _sham_from(recording: Path, account: npt.NDArray[np.int32]) -> npt.NDArray[np.int64]:
    rows = Truth(recording).accounts()[["account", "sham_from"]].dropna()
    found = np.full(len(account), NEVER)
    at = np.searchsorted(account, rows["account"].to_numpy())
    at = np.minimum(at, len(account) - 1)
    there = account[at] == rows["account"].to_numpy()
    found[at[there]] = rows["sham_from"].to_numpy("datetime64[ms]").astype(np.int64)[there]
    return found
