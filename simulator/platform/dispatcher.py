"""Decisions about accounts, turned into orders for the shards that play them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np
import numpy.typing as npt

from shamcrowd.recording.units import Handles, Millis
from shamcrowd.simulator.core.clock import Clock
from shamcrowd.simulator.core.releases import Releases
from shamcrowd.simulator.lifecycle.challenge import AppealHabit
from shamcrowd.simulator.lifecycle.keys import KeyUse
from shamcrowd.simulator.lifecycle.retention import spells
from shamcrowd.simulator.platform.account_batch import AccountBatch, CompromisedAccounts
from shamcrowd.simulator.platform.account_tables import AccountTables
from shamcrowd.simulator.platform.activity import Activity
from shamcrowd.simulator.platform.key_log import with_ids
from shamcrowd.simulator.platform.past_challenges import log_past_challenges
from shamcrowd.simulator.platform.past_log import log_past_log_ins
from shamcrowd.simulator.platform.payer_draws import (
    Prices,
    draw_payers,
    price_of_session,
    use_per_day,
)
from shamcrowd.simulator.platform.workload_rows import (
    build_workloads,
    split_by_shard,
    takeovers_by_shard,
)
from shamcrowd.simulator.platform.workload_spells import in_spells
from shamcrowd.simulator.supply.store import Owner, Supply
from shamcrowd.simulator.traffic.profile_tables import ProfileTables
from shamcrowd.simulator.traffic.shard_layout import ShardLayout
from shamcrowd.simulator.traffic.slice_messages import (
    AccountSpans,
    ModelShift,
    NewEquipment,
    SliceOrder,
)


class Dispatcher:
    """Collects the orders of the current slice.

    Every decision that a population, a campaign or the platform takes about accounts goes through
    here. The shards receive it when the slice ends (`take_orders`).

    Attributes:
        layout: which shard plays which account.
        tables: all usage profiles of the run.
        profile_rows: row of each usage profile in ``tables`` by ``"NAME/NUMBER"``: the population
            or campaign, and the profile's number in it.
    """

    def __init__(
        self,
        clock: Clock,
        releases: Releases,
        supply: Supply,
        account_tables: AccountTables,
        tables: ProfileTables,
        profile_rows: dict[str, int],
        layout: ShardLayout,
        activity: Activity,
        challenge_rate: float,
        appeals: Mapping[str, AppealHabit],
        prices: Prices,
    ) -> None:
        """Collect nothing yet.

        ``activity`` is the log; ``appeals`` says who appeals, by group; ``prices`` are list prices,
        US dollars per token.
        """
        self._price_of_session = price_of_session(tables, prices)
        self._releases = releases
        self._activity = activity
        self._challenge_rate = challenge_rate
        self._appeals = appeals
        self._start = clock.start
        self._supply = supply
        self._account_tables = account_tables
        self.tables = tables
        self.profile_rows = profile_rows
        self.layout = layout
        self._orders = [SliceOrder(0, clock.start, clock.start) for _ in range(layout.shards)]

    def take_orders(self) -> list[SliceOrder]:
        """The orders collected so far, one per shard; new ones are collected for the next slice."""
        orders, self._orders = self._orders, [SliceOrder(0, 0, 0) for _ in self._orders]
        return orders

    def admit(
        self,
        batch: AccountBatch,
        owner: Owner,
        group: str,
        rng: np.random.Generator,
        truth: dict[str, Any],
    ) -> Handles:
        """Register a batch of new accounts, log their sign-ups and pass them to the shards.

        Args:
            batch: the accounts.
            owner: who numbers them.
            group: name of the campaign, or `LEGITIMATE`.
            rng: stream of the population or campaign.
            truth: columns of ``truth/accounts`` that are the same for all of them.

        Returns:
            Shape (len(batch),): handles of the new accounts.
        """
        handles = owner.accounts.take(len(batch))
        leases = self._supply.leases
        # A farm's lines may have other addresses by now than when they were bought.
        batch.address_list = leases.current(batch.address_list)
        leases.use(batch.first_address, batch.created)
        account = self._supply.account_ids(handles)
        keys, things = self._account_tables.admit(batch, handles, owner, rng, truth)
        self._log_past(batch, handles, account, things, group, rng)
        payers = draw_payers(
            batch,
            account,
            use_per_day(batch, self._price_of_session),
            rng,
            owner,
            self._supply,
            self._activity,
            self._account_tables.first_seen["card"],
            self._start,
        )
        batch.workloads = in_spells(
            batch.workloads, batch.opens, batch.stays, batch.pauses, self._start
        )
        shard, local = self.layout.place(handles)
        rows = build_workloads(batch, keys, local, rng, self.tables, self._releases)
        for number, new_accounts in split_by_shard(
            batch, handles, account, shard, local, rows, payers, self._supply, group
        ):
            self._orders[number].new_accounts.append(new_accounts)
        return handles

    def add_workloads(
        self, compromised: CompromisedAccounts, group: str, rng: np.random.Generator
    ) -> None:
        """Let campaign ``group`` work on accounts that exist already."""
        shard, local = self.layout.place(compromised.handle)
        keys = with_ids(KeyUse.only(compromised.key), compromised.handle, self._supply)
        rows = build_workloads(compromised, keys, local, rng, self.tables, self._releases)
        for number, added in takeovers_by_shard(compromised, shard, rows, group):
            self._orders[number].added_workloads.append(added)

    def stop(self, handles: Handles, times: Millis) -> None:
        """Let accounts send nothing more from ``times`` (ms) on."""
        shard, local = self.layout.place(handles)
        for number in np.unique(shard).tolist():
            own = shard == number
            self._orders[number].stops.append((local[own], times[own]))

    def hold_back(self, group: str, handles: Handles, share: npt.NDArray[np.float64]) -> None:
        """Let accounts of a campaign keep only a share (0 to 1) of its levels in this slice."""
        shard, local = self.layout.place(handles)
        for number in np.unique(shard).tolist():
            own = shard == number
            self._orders[number].shares[group] = local[own], share[own]

    def change_keys(self, handles: Handles, keys: KeyUse) -> None:
        """Let legitimate accounts use other keys (numbers) from the next slice on."""
        keys = with_ids(keys, handles, self._supply)
        shard, local = self.layout.place(handles)
        order = np.argsort(local, kind="stable")
        for number in np.unique(shard).tolist():
            own = order[shard[order] == number]
            self._orders[number].keys.append((local[own], keys.chosen(own)))

    def equip(
        self,
        group: str,
        handles: Handles,
        *,
        addresses: npt.NDArray[np.int64] | None = None,
        client: Handles | None = None,
    ) -> None:
        """Let accounts in use by a campaign come from other addresses, or use other clients.

        Args:
            group: the campaign.
            handles: shape (n,), the accounts.
            addresses: shape (n, k), handles of k addresses for each; None: they keep theirs.
            client: shape (n,), handles of clients; None: they keep theirs.
        """
        shard, local = self.layout.place(handles)
        order = np.argsort(local, kind="stable")
        for number in np.unique(shard).tolist():
            own = order[shard[order] == number]
            self._orders[number].equipment.append(
                NewEquipment(
                    group,
                    local[own],
                    None if addresses is None else addresses[own],
                    None if client is None else client[own],
                )
            )

    def _log_past(
        self,
        batch: AccountBatch,
        handles: Handles,
        account: npt.NDArray[np.int32],
        things: dict[str, npt.NDArray[np.int32]],
        group: str,
        rng: np.random.Generator,
    ) -> None:
        """Log what accounts that are older than the recording did before it."""
        use = spells(batch.opens, batch.stays, batch.pauses)
        if not (use[0] < self._start).any():
            return
        log_ins, active = np.zeros(len(batch)), np.zeros(len(batch))
        for workload in batch.workloads:
            profile = self.tables.usage_profiles[workload.profile]
            if workload.twin:
                # It takes turns with the one before, and adds nothing.
                continue
            past = workload.opens < self._start
            np.add.at(log_ins, workload.who, past * workload.rate * profile.log_ins)
            np.maximum.at(active, workload.who, past * profile.active_share)
        log_past_log_ins(
            rng, self._activity, account, things, batch.other_since, use, log_ins, self._start
        )
        shut = log_past_challenges(
            rng,
            self._activity,
            account,
            batch.challenge_success,
            self._appeals[group],
            use,
            active,
            self._challenge_rate,
            self._start,
        )
        out = handles[shut.local]
        self.ban(out, replace(shut, local=self.layout.place(out)[1]))

    def ban(self, handles: Handles, spans: AccountSpans) -> None:
        """Serve nothing to accounts during ``spans``."""
        for number, part in self._by_shard(handles, spans):
            self._orders[number].bans.append(part)

    def throttle(self, handles: Handles, spans: AccountSpans) -> None:
        """Lower the rate limit of accounts during ``spans``."""
        for number, part in self._by_shard(handles, spans):
            self._orders[number].throttles.append(part)

    def shift(self, shift: ModelShift) -> None:
        """Let a group move to a new model."""
        for order in self._orders:
            order.shifts.append(shift)

    def _by_shard(self, handles: Handles, spans: AccountSpans) -> list[tuple[int, AccountSpans]]:
        shard = self.layout.place(handles)[0]
        return [(n, spans.chosen(shard == n)) for n in np.unique(shard).tolist()]
