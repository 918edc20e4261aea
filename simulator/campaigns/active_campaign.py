"""A campaign in progress: its accounts, the requests it plans, and the losses it learns of."""

from __future__ import annotations

import contextlib
from collections.abc import Generator
from typing import Any

import numpy as np
import numpy.typing as npt
import simpy

from shamcrowd.recording.units import Handles
from shamcrowd.simulator.campaigns.account_state import AccountState
from shamcrowd.simulator.campaigns.actions import ActionQueue
from shamcrowd.simulator.campaigns.economics.costs import CampaignCosts
from shamcrowd.simulator.campaigns.evasion import Evasion
from shamcrowd.simulator.campaigns.holdings import Holdings
from shamcrowd.simulator.campaigns.pacing import Pacing
from shamcrowd.simulator.campaigns.pivot import pivot
from shamcrowd.simulator.campaigns.profile_numbers import campaign_profiles, mimicry_of, pairs
from shamcrowd.simulator.campaigns.setting import CampaignSetting
from shamcrowd.simulator.campaigns.strategies.base import Strategy
from shamcrowd.simulator.campaigns.supply_batches import SupplyBatches, batch_size
from shamcrowd.simulator.campaigns.tactics.base import Tactic
from shamcrowd.simulator.campaigns.tradecraft import Tradecraft
from shamcrowd.simulator.campaigns.workforce import Workforce
from shamcrowd.simulator.catalogues import strategy_catalogue
from shamcrowd.simulator.platform.account_batch import AccountBatch, CompromisedAccounts
from shamcrowd.simulator.supply.store import Owner
from shamcrowd.simulator.traffic.slice_messages import ENFORCED, Loss

UNFINISHED = 0.04
"""Share of a campaign that is kept for finishing what was begun."""
LAST, MORE = 3, 15.0
"""In its last slices a campaign of few requests tries harder, or chance would leave it short: by
``MORE`` over the square root of what is left."""
SLACK = 0.03
"""Share of its requests by which a campaign may go beyond what it wants, before it stops."""


class ActiveCampaign:
    """The campaign behind the `Campaign` interface: one tactic at work in one run.

    Everything that it draws comes from streams of its own.

    Attributes:
        tactic: the tactic and its parameters.
        strategy: how it answers losses.
        abandoned: event that fires when it is given up.
        request_limit: requests that it may still make; None if it wants no number of them.
        abusive: abusive requests served so far.
        other: other requests served so far.
        pairs: numbers of its work profiles, each with that of its cover profile if it has one.
    """

    def __init__(
        self, setting: CampaignSetting, name: str, tactic: Tactic, owner: Owner, begin: int
    ) -> None:
        context = setting.context
        self._setting = setting
        self.context = context
        self.shared_infrastructure = setting.shared_infrastructure
        self.name = name
        self.tactic = tactic
        self.kind = tactic.tactic
        self.owner = owner
        self.begin = begin
        self.abandoned = context.clock.env.event()
        self.supply_batches = SupplyBatches(
            min(batch_size(tactic.evasion.rotation), tactic.accounts)
        )
        self.levels: dict[int, float] = {}
        self.request_limit: int | None = None
        self.abusive = 0
        self.other = 0
        self.recruited = 0
        self.losses_for_tactic: list[Loss] = []
        self.losses_for_strategy: list[Loss] = []
        self.tradecraft = Tradecraft(tactic.evasion)
        self._pacing = Pacing(tactic.busiest)
        self.account_state = AccountState()
        self.holdings = Holdings(context.supply, self.account_state)
        self.supplier = setting.supplier(name, tactic.supplier)
        self.costs = CampaignCosts(setting.prices, context.supply, tactic)
        self.strategy: Strategy = strategy_catalogue()[tactic.strategy](self)
        if self.adaptive:
            self.supplier.customers.append(self.holdings)
        self.actions = ActionQueue(self, self.strategy, self._open_replacements)
        self.replacing = self.given_up = False
        self._batch = 0
        self._life: simpy.Process | None = None
        self.mimicry = mimicry_of(self, tactic, setting)
        self.pairs = pairs(tactic, self.mimicry)
        self._workforce = Workforce(
            len(campaign_profiles(tactic, setting.populations)), self.account_state
        )

    @property
    def now(self) -> int:
        """The present moment, ms since 1970."""
        return self.context.now

    @property
    def end(self) -> int:
        """Last moment, ms since 1970."""
        return self.begin + self.tactic.duration

    @property
    def evasion(self) -> Evasion:
        """How careful it is at present."""
        return self.tradecraft.evasion

    @property
    def adaptive(self) -> bool:
        """Does its strategy answer what the platform does? In the open loop there is nothing."""
        return self.strategy.adaptive and self._setting.closed_loop

    @property
    def alive(self) -> int:
        """Own accounts that still work or will."""
        return int((self.account_state.alive & self.account_state.own).sum())

    @property
    def handles(self) -> Handles:
        """Handles of the accounts that it opened."""
        return self.account_state.handle[self.account_state.own]

    def working(self) -> npt.NDArray[np.int64]:
        """Own accounts that have begun and were not lost, as its holdings know."""
        return self.account_state.working(self.now)

    def live(self) -> Generator[simpy.Event, Any, None]:
        """SimPy process: wait for the start, then do as the tactic says."""
        yield self.context.clock.wait(self.begin - self.now)
        self.context.clock.start_process(self._end_on_time())
        if self.tactic.pivots or self.mimicry:
            self.context.clock.start_process(pivot(self, self.tactic.pivots))
        self._life = self.context.clock.env.active_process
        if self.adaptive:
            self.context.clock.start_process(self.actions.work())
            yield self.context.clock.wait(0)  # The strategy decides before the tactic plans.
        with contextlib.suppress(simpy.Interrupt):
            yield from self.tactic.run(self)

    def give_up(self) -> None:
        """Leave before the time: nothing is asked for any more, nobody is recruited."""
        self.given_up = True
        self.levels = {}
        self.phase("give-up", self.alive)
        self._stop()
        self.abandoned.succeed()
        if self._life is not None and self._life.is_alive:
            self._life.interrupt()

    def _end_on_time(self) -> Generator[simpy.Event, Any, None]:
        """Nothing is asked for after the last moment, though the slice goes on."""
        yield self.context.clock.wait(self.tactic.duration)
        self._stop()

    def _stop(self) -> None:
        self.context.dispatcher.stop(self.handles, np.full(len(self.handles), self.now))

    def rng(self, what: str) -> np.random.Generator:
        """A stream of the campaign's own, a new one for every call."""
        self._batch += 1
        return self.context.streams(f"campaign/{self.name}/{what}", self._batch)

    def profile(self, number: int) -> int:
        """Row of one of the tactic's habits."""
        return self.context.dispatcher.profile_rows[f"{self.name}/{number}"]

    def family(self, number: int = 0) -> int:
        """A number for one of the campaign's sets of prompt templates."""
        turns = self.tradecraft.rotations["prompt"]
        name = f"{self.name}/{number}" + f"/{turns}" * bool(turns)
        return self.context.supply.prompt_family(name)

    def recruit(
        self, batch: AccountBatch, rng: np.random.Generator, role: str
    ) -> npt.NDArray[np.int64]:
        """Open accounts; gives their handles."""
        truth = {"persona": f"{self.kind} {role}", "segment": None, "role": role}
        truth |= {"campaign": self.name, "tactic": self.kind}
        for workload in batch.workloads:
            # Nobody works on after the end, nor before the key is there.
            workload.ends = np.minimum(workload.ends, self.end)
        if self.replacing:
            self.tradecraft.prepare(batch, self.rng, (self.end - self.now) / 2)
        handles = self.context.dispatcher.admit(batch, self.owner, self.name, rng, truth)
        self._add_accounts(handles, batch, batch.opens, own=True)
        if self.adaptive:
            self.costs.add_purchases(batch)
        self.recruited += len(batch)
        return handles

    def take_over(
        self,
        compromised: CompromisedAccounts,
        rng: np.random.Generator,
        role: str,
        since: npt.NDArray[np.int64],
        until: npt.NDArray[np.int64],
    ) -> None:
        """Work on accounts of legitimate users; see `Campaign`."""
        for workload in compromised.workloads:
            workload.ends = np.minimum(workload.ends, self.end)
        context = self.context
        context.account_tables.take_over(
            compromised.handle, (self.name, self.kind, role), since, until
        )
        context.dispatcher.add_workloads(compromised, self.name, rng)
        self._add_accounts(compromised.handle, compromised, since, own=False)
        self.recruited += len(compromised)
        self.costs.add_stolen(len(compromised))

    def _open_replacements(self, moments: npt.NDArray[np.int64]) -> None:
        """Open accounts beyond the tactic's plan, at these moments (ms, ascending)."""
        before = self.recruited
        self.replacing = True
        self.tactic.open_more(self, self.rng("replace"), moments)
        self.replacing = False
        opened, self.recruited = self.recruited - before, before
        self.phase("replace", opened)

    def _add_accounts(
        self,
        handles: npt.NDArray[np.int64],
        batch: AccountBatch | CompromisedAccounts,
        opens: npt.NDArray[np.int64],
        *,
        own: bool,
    ) -> None:
        """Count on accounts, its own or other people's, from ``opens`` (ms) on."""
        if self.adaptive:
            self.holdings.add(batch)
        self._workforce.add_workloads(
            batch.workloads, opens, self.profile(0), self.context.dispatcher.tables
        )
        self.account_state.add(handles, opens, own=own)

    def add_served(self, abusive: int, other: int) -> None:
        """Hear how many requests one shard served."""
        self.abusive += abusive
        self.other += other

    def enforce(self, loss: Loss) -> None:
        """Learn that the platform acted on an account after an alert."""
        self._pacing.pressed = True
        self.lose(loss)

    def lose(self, loss: Loss) -> None:
        """Hear of an account that stopped; one that was throttled goes on working."""
        if self.adaptive and loss.cause in ENFORCED:
            self.losses_for_strategy.append(loss)
        else:
            self.losses_for_tactic.append(loss)
        self.account_state.lose(loss.handle, loss.cause)

    def reinstate(self, handle: int) -> None:
        """Hear of a lost account that was let in again."""
        self.account_state.reinstate(handle)

    def plan_requests(self, exchanges: int, cover: float = 0.0, *, coming: float = 1.0) -> None:
        """Set the levels so that the campaign ends with ``exchanges`` requests in all.

        What is left is shared out over what the accounts can do in the rest of the time, by
        their own hours; so whoever falls behind catches up.

        Args:
            exchanges: requests wanted over the whole campaign, cover included.
            cover: share of them that is cover, 0 to 1.
            coming: how many times more the accounts will be able to do, in all, than those that
                are there now, once everybody is recruited (1 or more).
        """
        left = max(exchanges - self.abusive - self.other, 0)
        self.request_limit = max(round((1 + SLACK) * exchanges) - self.abusive - self.other, 0)
        # Sessions take their time: the last ones begin a little before the end. Impostors go on to
        # the last, as everybody does.
        idle = UNFINISHED if self.mimicry is None else 0.0
        last = int(self.end - idle * self.tactic.duration)
        until = min(max(last, self.now + self.context.slice_ms), self.end)
        capacity = [self.capacity(work, until) for work, _ in self.pairs]
        weight = np.ones(len(capacity)) if self.mimicry is None else self.mimicry.weights(capacity)
        total = float(weight @ capacity) * coming
        if self.end - self.now <= LAST * self.context.slice_ms:
            weight *= 1 + MORE / max(left, 1) ** 0.5
        levels = weight * (left / total if total > 0 else 0.0)
        if self._setting.closed_loop:
            asked = self._workforce.requests_per_day([work for work, _ in self.pairs], levels)
            levels *= self._pacing.sustainable_share(asked, self.evasion.pacing)
        self.levels = {}
        for (work, beside), own, level in zip(self.pairs, capacity, levels.tolist(), strict=True):
            self.levels[self.profile(work)] = level * (1 if beside is None else 1 - cover)
            if beside is not None:
                # So many requests for each of the work's, however long its sessions are.
                other = self.capacity(beside, until)
                self.levels[self.profile(beside)] = level * cover * own / other if other else 0.0

    def quotas(self, shards: int) -> list[int]:
        """Requests that it may still make in each shard, as its workers lie there; or nothing."""
        handles, rates = self._workforce.workers([work for work, _ in self.pairs])
        if self.request_limit is None or rates.sum() <= 0:
            return []
        shard = self.context.dispatcher.layout.place(handles)[0]
        lie = np.bincount(shard, weights=rates, minlength=shards) / rates.sum()
        return [int(share) for share in np.ceil(self.request_limit * lie)]

    def run_cover(self) -> None:
        """Keep up the cover at its own rates, whatever the work asks for."""
        for _, beside in self.pairs:
            if beside is not None:
                self.levels[self.profile(beside)] = 1.0

    def mimicry_levels(self, cover: float) -> dict[int, float]:
        """Levels at which impostors do as much as honest people, the share ``cover`` as cover."""
        levels = {}
        for work, beside in self.pairs[1:]:
            levels[self.profile(work)] = 1 - cover
            if beside is not None:
                levels[self.profile(beside)] = cover
        return levels

    def capacity(self, number: int, until: int) -> float:
        """Requests of a habit from now until a moment (ms), at level 1, by the accounts of now."""
        context = self.context
        return self._workforce.capacity(
            number, context.dispatcher.tables, (context.now, until), context.start
        )

    def next_slice(self) -> Generator[simpy.Event, Any, None]:
        """Wait until the next slice begins, or the campaign ends."""
        clock = self.context.clock
        yield clock.slice_begins | clock.wait(max(self.end - clock.now, 0))

    def phase(self, phase: str, accounts: int) -> None:
        """Note in the truth that a phase begins."""
        self.context.account_tables.phase(self.name, self.kind, phase, self.now, accounts)

    def planned(self, own: float, until: int) -> float:
        """Share of the accounts that should be open by a moment (ms), ``own`` by the tactic."""
        return own if self.mimicry is None else self.mimicry.planned(own, until)

    def sign_ups(
        self, created: npt.NDArray[np.int64], until: int | None = None
    ) -> npt.NDArray[np.int64]:
        """The moments ``created`` (ms, in order) of sign-ups, or others as those sign up in
        whose guise it goes, before ``until`` (the end by default).
        """
        if self.mimicry is None:
            return created
        return self.mimicry.sign_ups(created, self.end if until is None else until)

    def retire(self) -> None:
        """Fall silent for good."""
        self.levels = {}
        self.phase("wind-down", self.alive)
        self._stop()
