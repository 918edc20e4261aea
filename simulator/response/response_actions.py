"""Actions against accounts and their consequences: passed challenges, appeals, reinstatements,
departures.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from shamcrowd.recording.units import NEVER
from shamcrowd.simulator.core.streams import Streams, Uniforms, uniform_by_id
from shamcrowd.simulator.lifecycle.challenge import answered, locked
from shamcrowd.simulator.response.account_records import HONEST, AccountRecords, Places, Times
from shamcrowd.simulator.response.batches import batch_times
from shamcrowd.simulator.response.response_log import ResponseLog
from shamcrowd.simulator.traffic.slice_messages import (
    FAILED,
    NOT_OPENED,
    REINSTATED,
    SUSPENDED,
    THROTTLED,
)

if TYPE_CHECKING:
    from shamcrowd.simulator.platform.activity import Activity
    from shamcrowd.simulator.response.policy import ResponsePolicy
    from shamcrowd.simulator.response.policy_part import Span
    from shamcrowd.simulator.response.sign_up_gate import Refused


@dataclass(frozen=True)
class Cases:
    """n accounts that an action applies to, each at most once; arrays of shape (n,).

    Attributes:
        place: places in `AccountRecords`.
        review: number of the review that raised the alert.
        minutes: staff time spent so far.
    """

    place: Places
    review: npt.NDArray[np.int32]
    minutes: npt.NDArray[np.float32]

    def __len__(self) -> int:
        return len(self.place)

    def chosen(self, which: npt.NDArray[np.bool_] | npt.NDArray[np.intp]) -> Cases:
        """Return the rows selected by a mask or by indices."""
        return Cases(self.place[which], self.review[which], self.minutes[which])


@dataclass(frozen=True)
class PlaceSpans:
    """Restrictions on n accounts (by place), from ``since`` until ``until`` (ms)."""

    place: Places
    since: Times
    until: Times


@dataclass(frozen=True)
class CampaignNotice:
    """What a campaign learns about one of its accounts: time (ms), handle and cause."""

    time: int
    campaign: str
    handle: int
    cause: str


class ResponseActions:
    """Carries out the decisions of the triage queue.

    Args:
        policy: delays, appeals and throttling.
        account_records: all accounts.
        streams: random streams.
        activity: the platform's log.
        response_log: the truth about responses.

    Attributes:
        bans: bans to be applied.
        throttles: throttles to be applied.
        notices: what campaigns will learn.
    """

    def __init__(
        self,
        policy: ResponsePolicy,
        account_records: AccountRecords,
        streams: Streams,
        activity: Activity,
        response_log: ResponseLog,
    ) -> None:
        self._policy = policy
        self._account_records = account_records
        self._streams = streams
        self._activity = activity
        self._response_log = response_log
        self.bans: list[PlaceSpans] = []
        self.throttles: list[PlaceSpans] = []
        self.notices: list[CampaignNotice] = []

    def luck(self, what: str, places: Places, number: int) -> Uniforms:
        """Luck of each account for one purpose at one review, numbers in [0, 1)."""
        key = self._streams.key(f"response/{what}/{number}")
        return uniform_by_id(self._account_records.account[places], key)

    def later(self, what: str, span: Span, places: Places, number: int) -> Times:
        """A length of time (ms) for each account, by its luck."""
        least, most = span
        return (least + self.luck(what, places, number) * (most - least)).astype(np.int64)

    def challenge(self, cases: Cases, time: Times, number: int) -> Times:
        """Challenge accounts; return the times (ms) from which alerts about them count again."""
        self._log("challenge", time, cases)
        records = self._account_records
        words = records.account[cases.place].astype(np.uint64)
        key = self._streams.key(f"response/challenge/{number}")
        answer = answered(time, words, key, records.challenge_success[cases.place])
        passed = answer < NEVER
        self._log("challenge_passed", answer[passed], cases.chosen(passed), free=True)
        ready = time + self._policy.again
        out = cases.chosen(~passed)
        # A pending challenge blocks the account from the moment it is issued.
        ready[~passed] = self._block(
            out, time[~passed], locked(time, words, key)[~passed], number, FAILED, free=True
        )
        return ready

    def identity(self, cases: Cases, time: Times, number: int) -> Times:
        """Ask for a document and a selfie; return the times (ms) from which alerts count again.

        An account is closed until its owner answers, like one with a pending challenge.
        """
        terms, records, place = self._policy.identity, self._account_records, cases.place
        self._log("identity_check", time, cases)
        honest = records.driver(place, time) == HONEST
        leaves = self.luck("identity/leaves", place, number) < terms.leaves_honest
        tries = np.where(honest, ~leaves, True)
        passes = np.where(honest, 1 - terms.fails_honest, terms.passes_sham)
        words = records.account[place].astype(np.uint64)
        key = self._streams.key(f"response/identity/{number}")
        answer = answered(time, words, key, np.where(tries, passes, 0.0))
        passed = answer < NEVER
        paid = cases.chosen(passed)
        self._log("identity_check_passed", answer[passed], paid, free=True, dollars=terms.price)
        ready = time + self._policy.again
        out = ~passed
        ready[out] = self._block(
            cases.chosen(out), time[out], locked(time, words, key)[out], number, FAILED, free=True
        )
        return ready

    def throttle(self, cases: Cases, time: Times, number: int) -> Times:
        """Lower rate limits for a time; return the times (ms) from which alerts count again."""
        self._log("throttle", time, cases)
        self.throttles.append(PlaceSpans(cases.place, time, time + self._policy.throttle.span))
        if not self._policy.throttle.quiet:
            self._notify(cases.place, time, THROTTLED)
        return time + self._policy.again

    def suspend(self, cases: Cases, time: Times, number: int) -> Times:
        """Suspend accounts; return the times (ms) from which alerts count again."""
        if self._policy.batches is not None:
            skips = self.luck("batch", cases.place, number)
            within = self.luck("within", cases.place, number)
            time = batch_times(self._policy.batches, time, skips, within)
        return self._block(cases, time, time, number, SUSPENDED)

    def _block(
        self,
        cases: Cases,
        since: Times,
        lock: Times,
        number: int,
        cause: str,
        *,
        free: bool = False,
    ) -> Times:
        """Serve nothing from ``since`` on; the suspension is logged at ``lock``."""
        terms, place = self._policy.appeals, cases.place
        self._log("suspension", lock, cases, free=free)
        self._notify(place, since, cause)
        honest = self._account_records.driver(place, lock) == HONEST
        files = self.luck("appeals", place, number) < np.where(honest, terms.honest, terms.sham)
        filed = lock + self.later("wait", terms.wait, place, number)
        answer = filed + self.later("verdict", terms.answer, place, number)
        fair = np.where(honest, terms.granted_honest, terms.granted_sham)
        granted = files & (self.luck("granted", place, number) < fair)
        gone = granted & honest & (self.luck("leaves", place, number) < self._policy.leave)
        self._log("appeal", filed[files], cases.chosen(files), free=True)
        for action, which in (("rejection", files & ~granted), ("reinstatement", granted)):
            self._log(action, answer[which], cases.chosen(which), terms.minutes)
        self._log("departure", answer[gone], cases.chosen(gone), free=True)
        back = granted & ~gone
        until = np.where(back, answer, NEVER)
        self.bans.append(PlaceSpans(place, since, until))
        self._response_log.ban(self._account_records.account[place], since, until)
        self._notify(place[back], answer[back], REINSTATED)
        ready: Times = np.where(back, answer + self._policy.again, NEVER)
        return ready

    def refuse(self, refused: Refused) -> None:
        """Let refused sign-ups not be opened, or without credit not be used."""
        records, place = self._account_records, refused.place
        created, account = records.created[place], records.account[place]
        self.bans.append(PlaceSpans(place, created, refused.until))
        self._response_log.ban(account, created, refused.until)
        cause = np.where(refused.lever, "lever", "sign-up rule")
        action = np.where(refused.credit, "credit_withheld", "sign_up_refused")
        for why in ("lever", "sign-up rule"):
            for what in ("sign_up_refused", "credit_withheld"):
                its = (cause == why) & (action == what)
                self._response_log.add(what, created[its], account[its], cause=why)
        left = refused.left
        self._response_log.add("departure", created[left], account[left], cause="sign-up rule")
        self._notify(place, created, NOT_OPENED)

    def clear(self, cases: Cases, time: Times) -> None:
        """Record that staff reviewed accounts and took no action."""
        self._log("cleared", time, cases)

    def _log(
        self,
        action: str,
        time: Times,
        cases: Cases,
        minutes: float | None = None,
        *,
        free: bool = False,
        dollars: float = 0.0,
    ) -> None:
        """Record a step; ``free``: its staff time is recorded with another step."""
        account = self._account_records.account[cases.place]
        if action not in UNLOGGED:
            self._activity.add(LOGGED_AS.get(action, action), time, account)
        spent = 0.0 if free else cases.minutes if minutes is None else minutes
        self._response_log.add(action, time, account, cases.review, spent, dollars)

    def _notify(self, places: Places, time: Times, cause: str) -> None:
        """Queue notices for the campaigns that use the accounts."""
        about = self._account_records
        driver = about.driver(places, time)
        for row in np.flatnonzero(driver != HONEST).tolist():
            name, handle = about.campaigns[driver[row]], int(about.handle[places[row]])
            self.notices.append(CampaignNotice(int(time[row]), name, handle, cause))


LOGGED_AS = {"identity_check": "challenge", "identity_check_passed": "challenge_passed"}
"""Steps that the platform's log has under another name."""
UNLOGGED = ("cleared", "rejection", "departure")
"""Steps that the platform's log does not contain."""
