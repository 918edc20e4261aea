"""The closed loop: at every review the reviewer is asked, the desk acts, campaigns hear of it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from shamcrowd.recording.live import LiveSource
from shamcrowd.recording.units import EARLIEST
from shamcrowd.recording.view import LogView
from shamcrowd.simulator.response.live_writer import LiveWriter
from shamcrowd.simulator.response.response_actions import REGAINED, CampaignNotice, ResponseActions
from shamcrowd.simulator.response.reviewer import Reviewer, TruthReceiver
from shamcrowd.simulator.response.triage_queue import TriageQueue
from shamcrowd.simulator.traffic.slice_messages import AccountSpans, Loss, SliceSummary

if TYPE_CHECKING:
    from shamcrowd.simulator.world import World

PER = 1000
"""Accounts of honest people that the capacity of a policy is told for."""


class ResponseLoop:
    """One run's reviewer and all that it sets going.

    ``fault`` is what the reviewer raised, if it did; the run ends then.
    """

    def __init__(self, world: World, reviewer: Reviewer, folder: Path) -> None:
        scenario = world.scenario
        self._world = world
        self._reviewer = reviewer
        self._interval = scenario.reviews
        self._source: LiveSource | None = None
        self._folder = folder
        self.live = LiveWriter(world, folder)
        self._actions = ResponseActions(
            scenario.response,
            world.account_records,
            world.streams,
            world.activity,
            world.response_log,
        )
        people = sum(population.accounts for population in scenario.populations.values())
        capacity = scenario.response.people.capacity * people / PER
        self._triage_queue = TriageQueue(
            scenario.response, world.account_records, self._actions, capacity, self._interval
        )
        self._due: list[CampaignNotice] = []
        self.fault: Exception | None = None

    def tell(self, now: int) -> None:
        """Let campaigns hear what has happened to their accounts by ``now`` (ms)."""
        due = [notice for notice in self._due if notice.time <= now]
        self._due = [notice for notice in self._due if notice.time > now]
        for notices in sorted(due, key=lambda n: (n.time, n.campaign, n.handle)):
            campaign = self._world.campaigns[notices.campaign]
            if notices.cause == REGAINED:
                campaign.reinstate(notices.handle)
            else:
                campaign.pacing.pressed = True
                campaign.lose(Loss(notices.campaign, notices.handle, notices.time, notices.cause))

    def played(self, summaries: list[SliceSummary], now: int) -> None:
        """Take in a slice that ends at ``now`` (ms); hold the review if one is due."""
        self.live.note(summaries)
        passed = now - self._world.start
        if passed % self._interval:
            return
        number = passed // self._interval - 1
        world = self._world
        world.account_records.update()
        self.live.review(number, now)
        if self._source is None:
            self._source = LiveSource(self._folder)
        since = now - self._interval if number else EARLIEST
        try:
            if isinstance(self._reviewer, TruthReceiver):
                self._reviewer.receive_truth(world.account_tables.truth(now))
            alerts = self._reviewer(LogView(self._source, now, since))
            alerts = alerts.checked(world.account_records.known(now))
        except Exception as fault:
            self.fault = fault
            return
        self._triage_queue.handle(alerts, number, now)
        self._order()

    def _order(self) -> None:
        """Hand what was decided to the shards and the log."""
        actions, world = self._actions, self._world
        about = world.account_records
        for what, found in (("bans", actions.bans), ("throttles", actions.throttles)):
            for shut in found:
                handles = about.handle[shut.place]
                local = world.placed(handles)[1]
                spans = AccountSpans(local, about.account[shut.place], shut.since, shut.until)
                if what == "bans":
                    world.activity.bans.add(spans)
                world.order_spans(what, handles, spans)
        self._due += actions.notices
        actions.bans, actions.throttles, actions.notices = [], [], []
