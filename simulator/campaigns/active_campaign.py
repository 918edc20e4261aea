"""A campaign in progress: its accounts, what it knows of them, and its life as a process."""

from __future__ import annotations

import contextlib
from collections.abc import Generator
from typing import Any

import numpy as np
import simpy

from shamcrowd.recording.plugins.calls import plugin_call
from shamcrowd.recording.units import Handles, Millis
from shamcrowd.simulator.campaigns.account_state import AccountState
from shamcrowd.simulator.campaigns.actions import ActionQueue
from shamcrowd.simulator.campaigns.activity_spread import ActivitySpread
from shamcrowd.simulator.campaigns.decided_strategy import strategy_of
from shamcrowd.simulator.campaigns.economics.costs import CampaignCosts
from shamcrowd.simulator.campaigns.evasion import Evasion
from shamcrowd.simulator.campaigns.holdings import Holdings
from shamcrowd.simulator.campaigns.kit_mixture import batches_of
from shamcrowd.simulator.campaigns.pacing import Pacing
from shamcrowd.simulator.campaigns.pivot import pivot
from shamcrowd.simulator.campaigns.profile_numbers import campaign_profiles, mimicry_of, pairs
from shamcrowd.simulator.campaigns.request_planner import RequestPlanner
from shamcrowd.simulator.campaigns.setting import CampaignSetting
from shamcrowd.simulator.campaigns.slice_waits import SliceWaits
from shamcrowd.simulator.campaigns.stock import Stock
from shamcrowd.simulator.campaigns.tactics.base import Tactic
from shamcrowd.simulator.campaigns.tradecraft import Tradecraft
from shamcrowd.simulator.campaigns.workforce import Workforce
from shamcrowd.simulator.platform.account_batch import AccountBatch, CompromisedAccounts
from shamcrowd.simulator.supply.store import Owner
from shamcrowd.simulator.traffic.slice_messages import BLOCKED, ENFORCED, Loss


class ActiveCampaign:
    """The campaign behind the `Campaign` interface: one tactic at work in one run.

    Everything that it draws comes from streams of its own.

    Attributes:
        tactic: the tactic and its parameters.
        strategy: how it answers losses.
        abandoned: event that fires when it is given up.
        account_state: what has become of each of its accounts.
        requests: how many requests it asks of its accounts.
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
        self.life_parameters = tactic.people()
        self.owner = owner
        self.begin = begin
        self.abandoned = context.clock.env.event()
        self.retention = tactic.retention
        self.activity = ActivitySpread(tactic.spread, tactic.spares)
        self.kits, self.supply_batches = batches_of(self, tactic)
        self.levels: dict[int, float] = {}
        self.recruited = 0
        self.losses_for_tactic: list[Loss] = []
        self.losses_for_strategy: list[Loss] = []
        self.refusals: list[Loss] = []
        self._stock = Stock(self, tactic.stocked)
        self.tradecraft = Tradecraft(tactic.evasion, tactic.prompt_source())
        self._pacing = Pacing(tactic.busiest)
        self.account_state = AccountState()
        self.holdings = Holdings(context.supply, self.account_state)
        self.supplier = setting.supplier(name, tactic.supplier)
        self.costs = CampaignCosts(setting.prices, context.supply, tactic)
        self.strategy = strategy_of(self, tactic.strategy, setting.deciders.get(name))
        if self.adaptive:
            self.supplier.customers.append(self.holdings)
        self.actions = ActionQueue(self, self.strategy, tactic.strategy, self._open_replacements)
        self.replacing, self.given_up, self._batch = False, False, 0
        self._slice_waits = SliceWaits()
        self._life: simpy.Process | None = None
        self.mimicry = mimicry_of(self, tactic, setting)
        if self.mimicry is not None:
            self.life_parameters = self.mimicry.population.life_parameters
        profiles = campaign_profiles(tactic, setting.populations)
        self._workforce = Workforce(len(profiles), self.account_state)
        pacing = self._pacing if setting.closed_loop else None
        about = pairs(tactic, self.mimicry), self.mimicry, pacing
        self.requests = RequestPlanner(self, self._workforce, *about)

    @property
    def now(self) -> int:
        """The present moment, ms since 1970."""
        return self.context.now

    @property
    def end(self) -> int:
        """Its last moment, ms since 1970."""
        return self.begin + self.tactic.duration

    @property
    def evasion(self) -> Evasion:
        """Its evasion knobs at present."""
        return self.tradecraft.evasion

    @property
    def adaptive(self) -> bool:
        """Whether its strategy answers what the platform does; never in the open loop."""
        return self.strategy.adaptive and self._setting.closed_loop

    @property
    def alive(self) -> int:
        """Number of accounts that it opened and that still work, or will once they open."""
        return int((self.account_state.alive & self.account_state.own).sum())

    @property
    def handles(self) -> Handles:
        """Handles of the accounts that it opened."""
        return self.account_state.handle[self.account_state.own]

    def working(self) -> Handles:
        """Handles of its accounts that have opened and still work, throttled ones included."""
        return self.account_state.working(self.now)

    def live(self) -> Generator[simpy.Event, Any, None]:
        """SimPy process: wait for the start, then run the tactic."""
        yield self.context.clock.wait(self.begin - self.now)
        self.context.clock.start_process(self._end_on_time())
        if self.tactic.pivots or self.mimicry:
            self.context.clock.start_process(pivot(self, self.tactic.pivots))
        self._life = self.context.clock.env.active_process
        if self.adaptive:
            self.context.clock.start_process(self.actions.work())
            yield self.context.clock.wait(0)  # The strategy decides before the tactic plans.
        failing = plugin_call("tactic", self.kind, type(self.tactic), "run")
        with failing, contextlib.suppress(simpy.Interrupt):
            yield from self.tactic.run(self)

    def give_up(self) -> None:
        """Stop before the planned end; a campaign that follows this one may begin."""
        self.given_up = True
        self.levels = {}
        self.phase("give-up", self.alive)
        self._stop()
        self.abandoned.succeed()
        if self._life is not None and self._life.is_alive:
            self._life.interrupt()

    def _end_on_time(self) -> Generator[simpy.Event, Any, None]:
        """SimPy process: send no requests after the last moment, though the slice goes on."""
        yield self.context.clock.wait(self.tactic.duration)
        self._stop()

    def _stop(self) -> None:
        self.context.dispatcher.stop(self.handles, np.full(len(self.handles), self.now))

    def rng(self, what: str) -> np.random.Generator:
        """A stream of the campaign's own, a new one for every call."""
        self._batch += 1
        return self.context.streams(f"campaign/{self.name}/{what}", self._batch)

    def profile(self, number: int) -> int:
        """Row of one of its usage profiles in the profile tables."""
        return self.context.dispatcher.profile_rows[f"{self.name}/{number}"]

    def family(self, number: int = 0) -> int:
        """Number of one of its sets of prompt templates; a new one after a rotation."""
        turns = self.tradecraft.rotations["prompt"]
        name = f"{self.name}/{number}" + f"/{turns}" * bool(turns)
        return self.context.supply.prompt_family(name)

    def recruit(self, batch: AccountBatch, rng: np.random.Generator, role: str) -> Handles:
        """Open the accounts of a batch and return their handles; see `Campaign`."""
        truth = {"persona": f"{self.kind} {role}", "segment": None, "role": role}
        truth |= {"campaign": self.name, "tactic": self.kind}
        for workload in batch.workloads:
            # No account works after the end, nor before it has its key.
            workload.ends = np.minimum(workload.ends, self.end)
        if self.replacing:
            self.tradecraft.prepare(batch, (self.end - self.now) / 2)
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
        since: Millis,
        until: Millis,
    ) -> None:
        """Work on accounts of legitimate users; see `Campaign`."""
        for workload in compromised.workloads:
            workload.ends = np.minimum(workload.ends, self.end)
        context, who = self.context, (self.name, self.kind, role)
        context.account_tables.take_over(compromised.handle, who, since, until)
        context.dispatcher.add_workloads(compromised, self.name, rng)
        self._add_accounts(compromised.handle, compromised, since, own=False)
        self.recruited += len(compromised)
        self.costs.add_stolen(len(compromised))

    def _open_replacements(self, moments: Millis) -> None:
        """Open accounts beyond the tactic's plan, at these moments (ms, ascending)."""
        before = self.recruited
        self.replacing = True
        with plugin_call("tactic", self.kind, type(self.tactic), "open_more"):
            self.tactic.open_more(self, self.rng("replace"), moments)
        self.replacing = False
        opened, self.recruited = self.recruited - before, before
        self.phase("replace", opened)

    def _add_accounts(
        self,
        handles: Handles,
        batch: AccountBatch | CompromisedAccounts,
        opens: Millis,
        *,
        own: bool,
    ) -> None:
        """Add accounts that it opened (``own``) or took over, usable from ``opens`` (ms) on."""
        if self.adaptive:
            self.holdings.add(batch)
        self._workforce.add_workloads(
            batch.workloads, opens, self.profile(0), self.context.dispatcher.tables
        )
        self.account_state.add(handles, opens, own=own)

    def enforce(self, loss: Loss) -> None:
        """Learn that the platform acted on an account after an alert."""
        self._pacing.pressed = True
        self.lose(loss)

    def see(self, loss: Loss) -> None:
        """See that requests of an account were refused; naive campaigns ignore it."""
        self.refusals += [loss] * self.adaptive
        if self.adaptive and loss.cause == BLOCKED:
            self.lose(loss)

    def lose(self, loss: Loss) -> None:
        """Learn that an account was lost, or throttled: then it goes on working, more slowly."""
        if self.adaptive and loss.cause in ENFORCED:
            self.losses_for_strategy.append(loss)
        else:
            self.losses_for_tactic.append(loss)
        self.account_state.lose(loss.handle, loss.cause)

    def reinstate(self, handle: int) -> None:
        """Learn that a suspended account was reinstated."""
        self.account_state.reinstate(handle)

    def plan_requests(self, exchanges: int, cover: float = 0.0, *, coming: float = 1.0) -> None:
        """Set the levels so that the campaign ends with a number of requests; see `Campaign`."""
        self.levels = self.requests.plan(exchanges, cover, coming, self.evasion.pacing)

    def run_cover(self) -> None:
        """Follow the cover profiles at their own rates, whatever the work asks for."""
        self.levels |= self.requests.cover_levels()

    def mimicry_levels(self, cover: float) -> dict[int, float]:
        """Levels at which impostors are as busy as the users they imitate."""
        return self.requests.mimicry_levels(cover)

    def capacity(self, number: int, until: int) -> float:
        """Requests of a usage profile from now until a moment (ms) at level 1, by all accounts."""
        return self.requests.capacity(number, until)

    def next_slice(self) -> Generator[simpy.Event, Any, None]:
        """Wait until the next slice begins or the campaign ends."""
        return self._slice_waits.next(self.context.clock, self.end)

    def phase(self, phase: str, accounts: int) -> None:
        """Write to ``truth/campaigns`` that a phase begins, and how many accounts it concerns."""
        self.context.account_tables.phase(self.name, self.kind, phase, self.now, accounts)

    def planned(self, own: float, until: int) -> float:
        """Share of the accounts that should be open by a moment (ms); see `Campaign`."""
        own = self._stock.planned(own)
        return own if self.mimicry is None else self.mimicry.planned(own, until)

    def sign_ups(self, created: Millis, until: int | None = None) -> Millis:
        """Sign-up times, moved to those of the imitated population; see `Campaign`."""
        created = self._stock.sign_ups(created)
        return self.mimicry.sign_ups(created, until or self.end) if self.mimicry else created

    def retire(self) -> None:
        """Stop all requests for good: the campaign has ended as planned."""
        self.levels = {}
        self.phase("wind-down", self.alive)
        self._stop()
