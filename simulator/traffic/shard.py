"""A shard: a fixed part of all accounts, played a slice at a time and written a day at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from shamcrowd.recording.days import day_stem
from shamcrowd.recording.schema import ACTIVITY, TABLES
from shamcrowd.recording.truth_schema import TRUTH_TABLES
from shamcrowd.recording.units import MS_PER_DAY, MS_PER_HOUR
from shamcrowd.recording.writing import Written, stream_path, write_file
from shamcrowd.simulator.core.handles import Counter, Ids
from shamcrowd.simulator.core.streams import Streams
from shamcrowd.simulator.platform.activity import Activity
from shamcrowd.simulator.platform.billing import Billing
from shamcrowd.simulator.platform.challenges import Challenges
from shamcrowd.simulator.platform.log_ins import note_log_ins
from shamcrowd.simulator.platform.policy import flagged
from shamcrowd.simulator.platform.terms import TRIAL
from shamcrowd.simulator.platform.trial import used_up
from shamcrowd.simulator.traffic.access_gate import AccessGate
from shamcrowd.simulator.traffic.account_group import AccountGroup
from shamcrowd.simulator.traffic.consumption import consumption
from shamcrowd.simulator.traffic.day_file import DayFile
from shamcrowd.simulator.traffic.draw import Conversations, Draw, RequestRows
from shamcrowd.simulator.traffic.first_seen import HandleFirstSeen
from shamcrowd.simulator.traffic.profile_tables import ProfileTables
from shamcrowd.simulator.traffic.quota import made, within
from shamcrowd.simulator.traffic.request_columns import (
    ServedRequests,
    columns,
    in_time_order,
    serve,
)
from shamcrowd.simulator.traffic.roster import Roster
from shamcrowd.simulator.traffic.slice_messages import (
    AddedWorkloads,
    Consumption,
    Loss,
    NewAccounts,
    ShardResult,
    SliceOrder,
    SliceSummary,
)
from shamcrowd.simulator.traffic.spool import Spool
from shamcrowd.simulator.traffic.usage_profile import UsageProfile
from shamcrowd.simulator.traffic.workloads import Workloads


@dataclass(frozen=True)
class ShardConfig:
    """What a shard must know of the world besides orders. Times are ms since 1970."""

    seed: int
    start: int
    end: int
    start_hour: int
    slice_ms: int
    shards: int
    usage_profiles: tuple[UsageProfile, ...]
    zones: tuple[int, ...]
    models: tuple[str, ...]
    prices: tuple[tuple[float, float], ...]
    trial_credit: float
    limits: tuple[int, ...]
    faults: float
    challenge_rate: float
    slow_share: float
    """What a throttle leaves of a rate limit."""
    live: bool
    """Is the run looked at while it plays?"""
    groups: tuple[str, ...]
    operators: tuple[int, ...]
    """Number of the operator of each campaign, by its place in ``groups`` after the innocents."""
    whose: tuple[int, ...]
    """The group, by place in ``groups``, that each habit belongs to."""
    folder: Path


class Shard:
    """Plays its accounts' requests, log-ins, bills and challenges; owns nothing shared."""

    def __init__(self, setting: ShardConfig, number: int, tables: ProfileTables) -> None:
        self._setting = setting
        self._number = number
        self._streams = Streams(setting.seed)
        self._tables = tables
        streams = self._streams
        self._address_ids = Ids(streams, "address")
        self._draw = Draw(
            self._tables,
            streams.key("topics"),
            Ids(streams, "session"),
            Ids(streams, "conversation"),
            Ids(streams, "client"),
        )
        self._roster = Roster(setting.trial_credit, setting.limits)
        self._whose = np.array(setting.whose, np.int64)
        self._groups = {
            name: AccountGroup(name, self._tables, streams, number, counters)
            for name, counters in zip(setting.groups, self._counters(), strict=True)
        }
        self._addresses = np.empty(0, np.int64)
        self._ids = np.empty(0, np.int32)
        self._spill: list[tuple[RequestRows, Conversations]] = []
        self._gate = AccessGate(self._roster, self._whose, setting.slow_share)
        self._spool = Spool(setting.folder, number) if setting.live else None
        self._day = DayFile(setting.models)
        self._activity = Activity(setting.models)
        self._billing = Billing(streams)
        self._challenges = Challenges(streams, setting.challenge_rate)
        self._places = HandleFirstSeen()
        self._clients = HandleFirstSeen()
        self._new_cards: list[tuple[npt.NDArray[np.int64], npt.NDArray[np.int32]]] = []
        self._prices = np.array(setting.prices).T / 1e6
        self._written = setting.start
        self._files: dict[str, list[Written]] = {}

    def _counters(self) -> list[tuple[Counter, Counter]]:
        """Each group's counters of sessions and conversations: apart for each shard, and for the
        innocents and each operator.
        """
        setting, number = self._setting, self._number
        operators = max(setting.operators, default=0) + 1
        of = setting.shards * operators
        places = [number * operators + n for n in range(operators)]
        shams = [(Counter(p, of, campaign=True), Counter(p, of, campaign=True)) for p in places]
        honest = (Counter(number, setting.shards), Counter(number, setting.shards))
        return [honest, *(shams[n] for n in setting.operators)]

    def play(self, order: SliceOrder) -> SliceSummary:
        """Play one slice and, at a day's end, write the day."""
        self._obey(order)
        served = self._traffic(order)
        losses = self._settle(order, served)
        summary = SliceSummary(
            self._served, losses, self._consumption, self._billing.paid, self._challenges.steps()
        )
        if self._spool is not None:
            summary.places, summary.clients = self._places.fresh(), self._clients.fresh()
            summary.cards = self._billing.cards.fresh()
        return summary

    def _obey(self, order: SliceOrder) -> None:
        for new_accounts in order.new_accounts:
            self._roster.join(new_accounts)
        self._take([*order.new_accounts, *order.added_workloads], order.number)
        for local, time in order.stops:
            self._roster.stop[local] = np.minimum(self._roster.stop[local], time)
        for bans in order.bans:
            self._roster.ban(bans)
            self._activity.bans.add(bans)
        for throttles in order.throttles:
            self._roster.slow(throttles)
        # A card that was added in the last slice is good from this one on.
        for local, card in self._new_cards:
            self._roster.card[local] = card
        self._new_cards = order.cards
        for shift in order.shifts:
            movers, time = self._groups[shift.group].adopt(shift, order.number)
            there = (self._roster.opened[movers] <= time) & (time < self._roster.stop[movers])
            account = self._roster.account[movers[there]]
            self._activity.add("model_release_seen", time[there], account, model=shift.model)

    def _take(self, given: Sequence[NewAccounts | AddedWorkloads], slice_number: int) -> None:
        """Let groups follow new duties, from the addresses that come with them."""
        if not given:
            return
        known = len(self._addresses)
        parts: dict[str, list[Workloads]] = {}
        for one in given:
            one.workloads.slot = one.workloads.slot + np.int32(known)
            known += len(one.addresses)
            parts.setdefault(one.group, []).append(one.workloads)
        addresses = np.concatenate([one.addresses for one in given])
        self._addresses = np.concatenate([self._addresses, addresses])
        self._ids = np.concatenate([self._ids, self._address_ids(addresses)])
        for group, workloads in parts.items():
            together = Workloads.stacked(workloads)
            self._groups[group].join(together, slice_number)
            since = np.maximum(self._roster.opened[together.account], together.opens)
            since = np.maximum(since, self._setting.start)
            self._clients.note(together.client.astype(np.int64), since)

    def _traffic(self, order: SliceOrder) -> ServedRequests | None:
        """Draw, sort, mark and keep the slice's requests; returns what was served."""
        setting, roster = self._setting, self._roster
        length = order.end - order.begin
        mass, starts = self._tables.slice_of(
            (order.begin - setting.start) // MS_PER_HOUR, length // MS_PER_HOUR
        )
        new_day = (order.begin - setting.start) % MS_PER_DAY == 0
        parts = list(self._spill)
        log_ins = []
        for group in self._groups.values():
            if new_day:
                group.wake((order.begin - setting.start) // MS_PER_DAY)
            drawn = group.draw(
                self._draw, order, mass, starts, roster, (self._addresses, self._ids)
            )
            if drawn is None:
                continue
            parts.append((drawn.rows, drawn.conversations))
            log_ins.append(drawn.log_ins)
            self._places.note(drawn.places, drawn.since)
        self._spill = []
        self._served: dict[str, tuple[int, int]] = {}
        self._consumption: dict[str, Consumption] = {}
        for entry in log_ins:
            note_log_ins(self._activity, roster, entry)
        if not parts:
            return None
        offset, rows_list = 0, []
        for rows, talks in parts:
            rows.conversation = rows.conversation + np.int32(offset)
            offset += len(talks)
            rows_list.append(rows)
        talks = Conversations.stacked([t for _, t in parts])
        rows = RequestRows.stacked(rows_list)
        rows, late = in_time_order(rows, order.begin, order.end)
        self._keep_for_later(late, talks)
        rows = self._gate.open_to(rows, talks, order)
        for name, most in order.quotas.items():
            rows = within(most, self._whose == setting.groups.index(name), rows, talks)
        if not len(rows):
            return None
        over, slowed = self._gate.too_fast(rows, talks, order.end)
        served = serve(rows, talks, self._tables, over, slowed, setting.faults)
        served = self._charge(served, talks)
        served = self._gate.hidden(served, self._prices, talks, order)
        values = columns(served, talks, self._tables)
        values["account"] = roster.account.take(served.account)
        hit = flagged(values["topic"], served.luck)
        self._activity.add("policy_flag", served.time.take(hit), values["account"].take(hit))
        about = setting.groups, self._whose, values["abusive"], served, talks
        self._served, self._consumption = made(*about), consumption(*about, self._prices)
        self._day.add(values)
        return served

    def _keep_for_later(self, late: RequestRows, talks: Conversations) -> None:
        late = late.chosen(late.time < self._setting.end)
        if len(late):
            used, renumbered = np.unique(late.conversation, return_inverse=True)
            late.conversation = renumbered.astype(np.int32)
            self._spill = [(late, talks.chosen(used))]

    def _charge(self, served: ServedRequests, talks: Conversations) -> ServedRequests:
        """Book what the requests cost; refuse those after a trial's last dollar."""
        roster = self._roster
        asked, answered = self._prices.take(talks.model, axis=1)
        cost = served.input_tokens * asked.take(served.talk)
        cost += served.output_tokens * answered.take(served.talk)
        cost[served.status != 200] = 0.0
        dry = used_up(served.account, cost, roster.left)
        self._exhausted = np.empty(0, np.int64), np.empty(0, np.int64)
        if dry is not None:
            refused, last = dry
            self._exhausted = served.account[last].astype(np.int64), served.time[last]
            served, cost = served.kept(~refused), cost[~refused]
        spent = np.bincount(served.account, weights=cost, minlength=len(roster))
        roster.left -= spent
        roster.owed += np.where(roster.plan == TRIAL, 0.0, spent)
        roster.served += np.bincount(served.account, minlength=len(roster))
        return served

    def _settle(self, order: SliceOrder, served: ServedRequests | None) -> list[Loss]:
        losses: list[Loss] = []
        self._billing.paid = {}
        if served is not None:
            losses += self._billing.trials(self._roster, self._activity, self._exhausted, order)
        if order.day_ends:
            losses += self._billing.day(self._roster, self._activity, order)
            losses += self._challenges.day(self._roster, self._activity, order)
            self._roster.served[:] = 0
            self._write_day(order.end)
        elif self._spool is not None:
            if served is not None:
                self._spool.add("requests", self._day.latest(), order.number)
            self._spool.add("activity", self._activity.finalize(order.end), order.number)
        return losses

    def _write_day(self, end: int) -> None:
        stem = day_stem(end - 1)
        self._written = end
        if self._spool is not None:
            self._spool.clear()
        folder = self._setting.folder
        for name, table in self._day.tables().items():
            schema = (TABLES | TRUTH_TABLES)[name]
            path = stream_path(folder, name, stem, self._number)
            self._files.setdefault(name, []).append(write_file(table, schema, path))
        table = self._activity.until(end)
        path = stream_path(folder, "activity", stem, self._number)
        self._files.setdefault("activity", []).append(write_file(table, ACTIVITY, path))

    def close(self, end: int) -> ShardResult:
        """Report what was written up to ``end`` (ms) and when entities were first used."""
        if self._written < end:
            self._write_day(end)
        places, since = self._places.known()
        clients, clients_since = self._clients.known()
        cards, cards_since = self._billing.cards.first(self._setting.end)
        return ShardResult(self._files, places, since, clients, clients_since, cards, cards_since)
