"""The closed loop: calls the reviewer at every review, acts on alerts, notifies campaigns."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Protocol

import numpy as np
import numpy.typing as npt

from shamcrowd.recording.live import LiveSource
from shamcrowd.recording.units import EARLIEST
from shamcrowd.recording.view import LogView
from shamcrowd.simulator.context import Context
from shamcrowd.simulator.response.account_records import AccountRecords
from shamcrowd.simulator.response.levers import Levers
from shamcrowd.simulator.response.live_writer import LiveWriter
from shamcrowd.simulator.response.policy import ResponsePolicy
from shamcrowd.simulator.response.response_actions import (
    CampaignNotice,
    PlaceSpans,
    ResponseActions,
)
from shamcrowd.simulator.response.response_log import ResponseLog
from shamcrowd.simulator.response.reviewer import Reviewer, TruthReceiver
from shamcrowd.simulator.response.sign_up_gate import SignUpGate
from shamcrowd.simulator.response.triage_queue import TriageQueue
from shamcrowd.simulator.traffic.slice_messages import REINSTATED, AccountSpans, Loss, SliceSummary

PER = 1000
"""Number of legitimate accounts to which a policy's capacity refers."""


class AffectedCampaign(Protocol):
    """What the response does to a campaign."""

    def enforce(self, loss: Loss) -> None:
        """Learn that the platform acted on an account after an alert."""

    def reinstate(self, handle: int) -> None:
        """Learn that a suspended account was reinstated."""


class ResponseLoop:
    """Runs the reviewer at every review and carries out the response policy.

    Attributes:
        levers: levers on things.
        live: writer of the files that live views read.
        fault: exception raised by the reviewer, if any; the run ends then.
    """

    def __init__(
        self,
        context: Context,
        policy: ResponsePolicy,
        interval: int,
        people: int,
        campaigns: Mapping[str, AffectedCampaign],
        account_records: AccountRecords,
        response_log: ResponseLog,
        levers: Levers,
        reviewer: Reviewer,
        folder: Path,
    ) -> None:
        self._context = context
        self._campaigns = campaigns
        self._account_records = account_records
        self._reviewer = reviewer
        self._interval = interval
        self._source: LiveSource | None = None
        self._folder = folder
        self._acts_on_accounts = bool(policy.stages)
        self.live = LiveWriter(context, interval, folder)
        self._actions = ResponseActions(
            policy, account_records, context.streams, context.activity, response_log
        )
        capacity = policy.people.capacity * people / PER
        self._triage_queue = TriageQueue(
            policy, account_records, self._actions, capacity, self._interval
        )
        self.levers = levers
        self._gate = SignUpGate(
            policy, self.levers, account_records, context.supply, context.streams
        )
        self._due: list[CampaignNotice] = []
        self.fault: Exception | None = None

    def notify_campaigns(self, now: int) -> None:
        """Pass on to campaigns what has happened to their accounts by ``now`` (ms)."""
        due = [notice for notice in self._due if notice.time <= now]
        self._due = [notice for notice in self._due if notice.time > now]
        for notice in sorted(due, key=lambda n: (n.time, n.campaign, n.handle)):
            campaign = self._campaigns[notice.campaign]
            if notice.cause == REINSTATED:
                campaign.reinstate(notice.handle)
            else:
                campaign.enforce(Loss(notice.campaign, notice.handle, notice.time, notice.cause))

    def decide(self, begin: int, end: int) -> None:
        """Decide about the sign-ups of a slice [begin, end), ms, before the shards play it."""
        self._account_records.update()
        refused = self._gate.refuse(begin, end)
        records, tables = self._account_records, self._context.account_tables
        cards = records.things["card"][refused.shown]
        self._context.activity.add(
            "card_added", refused.added, records.account[refused.shown], card=cards
        )
        tables.first_seen["card"].note(cards, refused.added)
        if not len(refused.place):
            return
        self._actions.refuse(refused)
        self._triage_queue.ignore(refused.place, refused.until)
        self._order()

    def process_slice(self, summaries: list[SliceSummary], now: int) -> None:
        """Process a slice that ends at ``now`` (ms); hold the review if one is due."""
        self.live.note(summaries)
        passed = now - self._context.start
        if passed % self._interval:
            return
        number = passed // self._interval - 1
        self._account_records.update()
        self.live.review(number, now)
        if self._source is None:
            self._source = LiveSource(self._folder)
        since = now - self._interval if number else EARLIEST
        try:
            if isinstance(self._reviewer, TruthReceiver):
                self._reviewer.receive_truth(self._context.account_tables.truth(now))
            log = LogView(self._source, now, since)
            alerts = self._reviewer(log)
            alerts = alerts.checked(self._account_records.known(now))
        except Exception as fault:
            self.fault = fault
            return
        self.levers.handle(alerts, log, number)
        if self._acts_on_accounts:
            self._triage_queue.handle(alerts, number, now)
        self._order()

    def _order(self) -> None:
        """Pass the decided restrictions to the shards and the log."""
        actions, dispatcher = self._actions, self._context.dispatcher
        for ban in actions.bans:
            handles, spans = self._spans(ban)
            self._context.activity.bans.add(spans)
            dispatcher.ban(handles, spans)
        for throttle in actions.throttles:
            dispatcher.throttle(*self._spans(throttle))
        self._due += actions.notices
        actions.bans, actions.throttles, actions.notices = [], [], []

    def _spans(self, shut: PlaceSpans) -> tuple[npt.NDArray[np.int64], AccountSpans]:
        """Handles of accounts, and from when to when something holds for each."""
        records = self._account_records
        handles = records.handle[shut.place]
        local = self._context.dispatcher.layout.place(handles)[1]
        return handles, AccountSpans(local, records.account[shut.place], shut.since, shut.until)
