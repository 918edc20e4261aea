"""A shard: a fixed part of all accounts, simulated slice by slice and written day by day."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from shamcrowd.recording.days import BEFORE, day_stem
from shamcrowd.recording.units import MS_PER_DAY, MS_PER_HOUR, Millis
from shamcrowd.simulator.core.handles import Ids
from shamcrowd.simulator.core.streams import Streams
from shamcrowd.simulator.platform.activity import Activity
from shamcrowd.simulator.platform.billing import Billing
from shamcrowd.simulator.platform.challenges import Challenges, losses_of
from shamcrowd.simulator.platform.credit import account_for
from shamcrowd.simulator.platform.log_ins import note_log_ins
from shamcrowd.simulator.platform.policy import flagged
from shamcrowd.simulator.shards.access_gate import AccessGate
from shamcrowd.simulator.shards.address_list import AddressList
from shamcrowd.simulator.shards.equipment import equip
from shamcrowd.simulator.shards.kernel import make_draw, make_groups
from shamcrowd.simulator.shards.levers import Refusals, bar, let_in
from shamcrowd.simulator.shards.resending import number
from shamcrowd.simulator.shards.shard_config import ShardConfig
from shamcrowd.simulator.shards.shard_files import ShardFiles
from shamcrowd.simulator.traffic.answer_times import AnswerTimes
from shamcrowd.simulator.traffic.consumption import consumption
from shamcrowd.simulator.traffic.day_file import DayFile
from shamcrowd.simulator.traffic.first_seen import HandleFirstSeen
from shamcrowd.simulator.traffic.profile_tables import ProfileTables
from shamcrowd.simulator.traffic.quota import limit_to_quota, requests_by_campaign
from shamcrowd.simulator.traffic.request_columns import (
    ServedRequests,
    columns,
    in_time_order,
    serve,
)
from shamcrowd.simulator.traffic.roster import Roster
from shamcrowd.simulator.traffic.slice_messages import (
    FAILED,
    LEGITIMATE,
    REINSTATED,
    AddedWorkloads,
    Consumption,
    Loss,
    NewAccounts,
    NewEquipment,
    ShardResult,
    SliceOrder,
    SliceSummary,
)
from shamcrowd.simulator.traffic.spool import Spool
from shamcrowd.simulator.traffic.traffic_rows import Conversations, RequestRows, joined
from shamcrowd.simulator.traffic.workloads import Workloads


class Shard:
    """Simulates requests, log-ins, bills and challenges of its accounts; shares no state."""

    def __init__(self, config: ShardConfig, number: int, tables: ProfileTables) -> None:
        self._config = config
        self._number = number
        self._streams = Streams(config.seed, config.world, config.secret)
        self._tables = tables
        streams = self._streams
        self._request_ids = Ids(streams, "request")
        self._times = AnswerTimes(len(config.models))
        self._draw = make_draw(config, tables, streams, self._times)
        self._roster = Roster(config.trial_credit, config.limits)
        self._group_of_profile = np.array(config.group_of_profile, np.int64)
        self._groups = make_groups(config, number, tables, streams)
        self._addresses = AddressList(Ids(streams, "address"))
        self._deferred: list[tuple[tuple[RequestRows, ...], Conversations]] = []
        about = self._roster, self._group_of_profile, config.throttle
        self._gate = AccessGate(*about, self._times, streams.key("retries"))
        self._seen = Refusals(config, self._roster)
        self._spool = Spool(config.folder, number) if config.live else None
        self._day, self._activity = DayFile(config.models), Activity(config.models)
        self._billing = Billing(streams, config.trial_days)
        self._log_in_key = streams.key("log-ins")
        appeals = dict(zip(config.groups, config.appeals, strict=True))
        self._challenges = Challenges(streams, config.challenge_rate, appeals)
        self._places = HandleFirstSeen()
        self._clients = HandleFirstSeen()
        self._prices = np.array(config.prices).T / 1e6
        self._written = config.start
        self._begun: tuple[npt.NDArray[np.int32], Millis] | None = None
        self._files = ShardFiles(config.folder, number)

    def play(self, order: SliceOrder) -> SliceSummary:
        """Simulate one slice and, at the end of a day, write the day."""
        self._apply_orders(order)
        losses = self._past() if order.begin == self._config.start else []
        served = self._traffic(order)
        losses += self._settle(order, served)
        summary = SliceSummary(
            self._served, losses, self._consumption, self._billing.charging.paid, self._begun,
            self._challenges.steps(), self._seen.found,
        )  # fmt: skip
        summary.places = self._places.fresh()
        if self._spool is not None:
            summary.clients = self._clients.fresh()
            summary.cards = self._billing.charging.cards.fresh()
        return summary

    def _apply_orders(self, order: SliceOrder) -> None:
        for new_accounts in order.new_accounts:
            self._roster.join(new_accounts)
            self._billing.join(self._roster, self._activity, new_accounts)
        self._take([*order.new_accounts, *order.added_workloads], order.number)
        if order.moves is not None:
            self._addresses.move(*order.moves)
        for local, time in order.stops:
            self._roster.stop[local] = np.minimum(self._roster.stop[local], time)
        for bans in order.bans:
            self._roster.ban(bans)
            self._activity.bans.add(bans)
        for throttles in order.throttles:
            self._roster.slow(throttles)
        for equipment in order.equipment:
            self._equip(equipment, order.begin)
        self._billing.charging.levers = order.levers.get("card")
        for local, keys in order.keys:
            self._groups[LEGITIMATE].change_keys(local, keys)
        for shift in order.shifts:
            movers, time = self._groups[shift.group].adopt(shift, order.number)
            # On accounts that a campaign took over, it is their owners who see releases.
            there = self._roster.belong(movers, shift.group) & (
                (self._roster.opened[movers] <= time) & (time < self._roster.served_until[movers])
            )
            seen, account = time[there], self._roster.account[movers[there]]
            self._activity.add("model_release_seen", seen, account, model=shift.model)

    def _equip(self, new: NewEquipment, begin: int) -> None:
        workloads = self._groups[new.group].workloads
        rows = equip(workloads, self._addresses, new)
        if new.client is not None:
            theirs = workloads.chosen(rows)
            self._update_clients(theirs, begin, joined=True)
            workloads.client[rows] = theirs.client

    def _past(self) -> list[Loss]:
        """Bill and write what happened before the recording; return accounts lost by then."""
        start = self._config.start
        roster = self._roster
        losses = self._billing.play_past(roster, self._activity, start)
        shut = np.flatnonzero(roster.banned_at(start))
        for when, cause in ((roster.banned_from, FAILED), (roster.banned_until, REINSTATED)):
            losses += losses_of(roster, shut, when[shut], cause)
        self._files.write({"activity": self._activity.until(start)}, BEFORE)
        return losses

    def _take(self, given: Sequence[NewAccounts | AddedWorkloads], slice_number: int) -> None:
        """Add workloads to their groups, with the addresses that come with them."""
        if not given:
            return
        known = len(self._addresses)
        parts: dict[str, list[Workloads]] = {}
        for one in given:
            one.workloads.slot = one.workloads.slot + np.int32(known)
            known += len(one.addresses)
            parts.setdefault(one.group, []).append(one.workloads)
        self._addresses.add(np.concatenate([one.addresses for one in given]))
        for group, workloads in parts.items():
            together = Workloads.stacked(workloads)
            account = self._roster.account.take(together.account)
            begin = self._config.start + slice_number * self._config.slice_ms
            self._update_clients(together, begin, joined=True)
            self._groups[group].join(together, account, slice_number)

    def _update_clients(self, workloads: Workloads, time: int, *, joined: bool = False) -> None:
        """Give workloads the versions of their clients that run at a moment (ms).

        ``joined``: they are new, so that even a client that has not changed is seen first.
        """
        if not len(workloads):
            return
        begun = np.maximum(self._roster.opened[workloads.account], workloads.opens)
        before = workloads.client
        workloads.client = self._config.client_versions.clients_at(
            before, workloads.key, begun, time
        )
        row, column = np.nonzero((workloads.client != before) | joined)
        self._clients.note(
            workloads.client[row, column].astype(np.int64), np.maximum(begun[row], time)
        )

    def _traffic(self, order: SliceOrder) -> ServedRequests | None:
        """Draw, sort, complete and store the slice's requests; return those that were served."""
        config, roster = self._config, self._roster
        self._exhausted = np.empty(0, np.int64), np.empty(0, np.int64)
        length = order.end - order.begin
        mass, starts = self._tables.slice_of(
            (order.begin - config.start) // MS_PER_HOUR, length // MS_PER_HOUR
        )
        new_day = (order.begin - config.start) % MS_PER_DAY == 0
        parts = list(self._deferred)
        log_ins = []
        for group in self._groups.values():
            if new_day:
                group.wake((order.begin - config.start) // MS_PER_DAY)
                self._update_clients(group.workloads, order.begin)
            drawn = group.draw(self._draw, order, mass, starts, roster, self._addresses.both)
            if drawn is None:
                continue
            parts.append((drawn.rows, drawn.conversations))
            log_ins.append(drawn.log_ins)
            self._places.note(drawn.places, drawn.since)
        self._deferred = []
        self._begun = None
        self._seen.found = []
        self._served: dict[str, tuple[int, int]] = {}
        self._consumption: dict[str, Consumption] = {}
        for drawn_log_ins in log_ins:
            entry = let_in(drawn_log_ins, order.levers)
            begun = note_log_ins(self._activity, roster, entry, order.begin, self._log_in_key)
            self._places.note(entry.place, begun)
        if not parts:
            return None
        rows, conversations = joined(parts)
        rows, late = in_time_order(rows, order.begin, order.end)
        rows = self._gate.admitted(rows, conversations, order)
        rows, late = self._gate.sent_again(rows, late, conversations, order, self._give_ids)
        self._defer(late, conversations)
        for name, most in order.quotas.items():
            rows = limit_to_quota(
                most, self._group_of_profile == config.groups.index(name), rows, conversations
            )
        if not len(rows):
            return None
        over, refusal = self._gate.over_limits(rows, conversations, order.end)
        served = serve(rows, conversations, over, refusal, self._times)
        if order.levers:
            bar(served, conversations, order.levers)
        self._seen.see(served, conversations)
        self._gate.refuse_campaigns(served, conversations)
        served = self._charge(served, conversations)
        served = self._gate.without_restricted(served, self._prices, conversations, order)
        self._begun = roster.first_requests(served.account, served.time)
        values = columns(served, conversations, self._tables, self._times)
        values["account"] = roster.account.take(served.account)
        hit = flagged(values["topic"], served.luck)
        self._activity.add("policy_flag", served.time.take(hit), values["account"].take(hit))
        about = config.groups, self._group_of_profile, values["abusive"], served, conversations
        self._served = requests_by_campaign(*about)
        self._consumption = consumption(*about, self._prices)
        self._day.add(values)
        return served

    def _give_ids(self, again: RequestRows, conversations: Conversations) -> None:
        whose = self._group_of_profile.take(conversations.profile).take(again.conversation)
        number(again, whose, [own.resent for own in self._groups.values()], self._request_ids)

    def _defer(self, late: RequestRows, conversations: Conversations) -> None:
        late = late.chosen(late.time < self._config.end)
        if len(late):
            used, renumbered = np.unique(late.conversation, return_inverse=True)
            late.conversation = renumbered.astype(np.int32)
            self._deferred = [((late,), conversations.chosen(used))]

    def _charge(self, served: ServedRequests, conversations: Conversations) -> ServedRequests:
        """Account for the requests' cost; refuse requests beyond the credit."""
        cost = served.cost(np.arange(len(served)), conversations, self._prices)
        cost[served.status != 200] = 0.0
        served, self._exhausted = account_for(served, cost, self._roster)
        return served

    def _settle(self, order: SliceOrder, served: ServedRequests | None) -> list[Loss]:
        losses = self._billing.settle(
            self._roster, self._activity, self._exhausted, order.number, order.end
        )
        if order.day_ends:
            losses += self._challenges.day(self._roster, self._activity, order)
            self._roster.served[:] = 0
            self._write_day(order.end)
        elif self._spool is not None:
            if served is not None:
                self._spool.add("requests", self._day.latest(), order.number)
            self._spool.add("activity", self._activity.finalize(order.end), order.number)
        return losses

    def _write_day(self, end: int) -> None:
        self._written = end
        if self._spool is not None:
            self._spool.clear()
        tables = {**self._day.tables(), "activity": self._activity.until(end)}
        self._files.write(tables, day_stem(end - 1))

    def close(self, end: int) -> ShardResult:
        """Write what is left up to ``end`` (ms); report files and when entities were first used."""
        if self._written < end:
            self._write_day(end)
        places, since = self._places.known()
        clients, clients_since = self._clients.known()
        cards = self._billing.charging.cards.first(self._config.end)
        return ShardResult(self._files.written, places, since, clients, clients_since, *cards)
