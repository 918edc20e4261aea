"""The composition root: builds the parts of a run from a scenario and connects them."""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import simpy

from shamcrowd.recording.plugins.calls import plugin_call
from shamcrowd.recording.units import Millis
from shamcrowd.simulator.campaigns.decided_strategy import Decider
from shamcrowd.simulator.campaigns.economics.wallet import Wallets
from shamcrowd.simulator.campaigns.profile_numbers import campaign_profiles
from shamcrowd.simulator.campaigns.setting import CampaignSetting
from shamcrowd.simulator.campaigns.succession import Campaigns, operators, starting_order
from shamcrowd.simulator.campaigns.tactics.base import Tactic
from shamcrowd.simulator.context import Context
from shamcrowd.simulator.core.clock import Clock
from shamcrowd.simulator.core.plans import PLANS
from shamcrowd.simulator.core.releases import ADOPTION_HOURS, PlannedRelease, Releases
from shamcrowd.simulator.core.secret import Secret
from shamcrowd.simulator.core.streams import Streams
from shamcrowd.simulator.core.time_zones import LocalHours
from shamcrowd.simulator.lifecycle.challenge import OWNERS, AppealHabit
from shamcrowd.simulator.platform.account_tables import AccountTables
from shamcrowd.simulator.platform.activity import OTHERS, RESPONSES, Activity
from shamcrowd.simulator.platform.dispatcher import Dispatcher
from shamcrowd.simulator.populations.base import Population
from shamcrowd.simulator.populations.common.shared_infrastructure import SharedInfrastructure
from shamcrowd.simulator.response.account_records import AccountRecords
from shamcrowd.simulator.response.levers import Levers
from shamcrowd.simulator.response.response_log import ResponseLog
from shamcrowd.simulator.response.response_loop import ResponseLoop
from shamcrowd.simulator.response.reviewer import Reviewer
from shamcrowd.simulator.scenario.model import Scenario
from shamcrowd.simulator.shards.shard_config import ShardConfig
from shamcrowd.simulator.shards.shard_pool import ShardPool
from shamcrowd.simulator.shards.throttling import ThrottleTerms
from shamcrowd.simulator.sign_ups import LegitimateSignUps
from shamcrowd.simulator.slice_loop import SliceLoop
from shamcrowd.simulator.supply.places import ZONES
from shamcrowd.simulator.supply.store import Owner, Supply
from shamcrowd.simulator.supply.versions import ClientVersions
from shamcrowd.simulator.traffic.profile_tables import ProfileTables
from shamcrowd.simulator.traffic.shard_layout import ShardLayout
from shamcrowd.simulator.traffic.slice_messages import LEGITIMATE, ModelShift
from shamcrowd.simulator.traffic.usage_profile import UsageProfile

ACCOUNTS_PER_SHARD = 25_000
MOST_SHARDS = 8


class World:
    """One run: a scenario played with one seed.

    SimPy plays decisions: sign-ups, releases, the lives of campaigns. The requests between two
    decisions are made by the shards, a slice at a time.

    Attributes:
        context: what populations and campaigns share.
        campaigns: all campaigns of the run.
        account_records: accounts as the response needs them.
        response_log: the truth about responses.
        levers: what the platform blocks or slows besides accounts.
        wallets: expenses and earnings of campaigns.
        loop: the closed loop; None in the open loop.
        shard_pool: the shards and their worker processes.
        slices: plays the run slice by slice.
    """

    def __init__(
        self,
        scenario: Scenario,
        seed: int,
        folder: Path,
        workers: int,
        reviewer: Reviewer | None = None,
        secret: Secret | None = None,
        deciders: Mapping[str, Decider] | None = None,
    ) -> None:
        self._scenario = scenario
        tactics = starting_order(scenario.campaigns)
        profiles, profile_rows, group_of_profile = _usage_profiles(scenario)
        start = scenario.start_ms
        people = sum(population.accounts for population in scenario.populations.values())
        layout = ShardLayout(
            scenario.shards or min(max(-(-people // ACCOUNTS_PER_SHARD), 1), MOST_SHARDS),
            max(operators(tactics), default=0) + 1,
            people,
        )
        local_hours = LocalHours.through(ZONES, start, start + scenario.horizon)
        tables = ProfileTables(profiles, local_hours)
        closed = reviewer is not None and scenario.response.asks
        streams = Streams(seed, scenario.streams_of, secret)
        self.context = context = _context(scenario, streams, tables, profile_rows, layout)
        owner = Owner()
        infrastructure = SharedInfrastructure(context.supply, owner, people)
        self._sign_ups = LegitimateSignUps(context, scenario.populations, owner, infrastructure)
        self.campaigns = Campaigns(
            CampaignSetting(
                context,
                scenario.prices,
                scenario.populations,
                infrastructure,
                closed,
                deciders or {},
            ),
            scenario.campaigns,
        )
        self.account_records = AccountRecords(
            context.account_tables, context.supply, self.campaigns.begun
        )
        self.response_log = ResponseLog()
        self.levers = Levers(scenario.response.levers, context.supply, streams)
        self.wallets = Wallets(context, scenario.prices, self.campaigns.trades)
        self.loop = (
            ResponseLoop(
                context,
                scenario.response,
                scenario.reviews,
                people,
                self.campaigns.begun,
                self.account_records,
                self.response_log,
                self.levers,
                reviewer,
                folder,
            )
            if reviewer is not None and closed
            else None
        )
        self.campaigns.begin_all()
        terms, slow = scenario.platform, scenario.response.throttle
        self.shard_pool = ShardPool(
            ShardConfig(
                seed=seed,
                world=scenario.streams_of,
                secret=secret,
                start=start,
                end=context.end,
                slice_ms=scenario.slice,
                shards=layout.shards,
                usage_profiles=tuple(profiles),
                local_hours=local_hours,
                client_versions=ClientVersions(context.streams("client versions"), start),
                models=tuple(terms.models),
                prices=tuple(m.token_prices for m in terms.models.values()),
                reasoning=tuple(m.reasoning for m in terms.models.values()),
                trial_credit=terms.trial_credit,
                trial_days=terms.trial_days,
                limits=tuple(terms.requests_per_minute[plan] for plan in PLANS),
                faults=terms.server_fault_rate,
                outages=terms.outages,
                slow_spells=terms.slow_spells,
                overload_status=terms.overload_status,
                challenge_rate=terms.challenge_rate,
                appeals=tuple(_appeals(tactics).values()),
                throttle=ThrottleTerms(slow.kind, slow.share, slow.at_once, slow.status),
                live=closed,
                groups=(LEGITIMATE, *tactics),
                group_of_profile=tuple(group_of_profile),
                operators=operators(tactics),
                folder=folder,
            ),
            layout.shards,
            workers,
            tables,
        )
        self.slices = SliceLoop(
            context,
            self.campaigns.begun,
            self.shard_pool,
            self.wallets,
            self.response_log,
            self.loop,
        )

    def play(self, progress: Callable[[float], None]) -> None:
        """Play the whole recording; ``progress`` is called with the share done, 0 to 1."""
        clock = self.context.clock
        for name, population in self._scenario.populations.items():
            enrol = partial(self._sign_ups.enrol, name)
            clock.start_process(_arrivals(self.context, name, population, enrol))
        for release in self.context.releases.planned:
            clock.start_process(self._release(release))
        self.campaigns.start_processes()
        clock.env.run(clock.start_process(self.slices.run(progress)))

    def _release(self, release: PlannedRelease) -> Generator[simpy.Event, Any, None]:
        """SimPy process: a model comes out and legitimate users move to it in the next days."""
        context = self.context
        yield context.clock.wait(release.at)
        context.dispatcher.shift(
            ModelShift(LEGITIMATE, release.model, context.now, release.adoption, ADOPTION_HOURS)
        )
        context.releases.announce(release.model)


def _arrivals(
    context: Context, name: str, population: Population, enrol: Callable[[Millis], None]
) -> Generator[simpy.Event, Any, None]:
    """SimPy process: the sign-ups of a population, by its own code."""
    with plugin_call("population", name, type(population), "arrivals"):
        yield from population.arrivals(context, name, enrol)


def _usage_profiles(scenario: Scenario) -> tuple[list[UsageProfile], dict[str, int], list[int]]:
    """All usage profiles of a scenario, their rows by name, and whose they are.

    The last counts campaigns from 1, in their starting order; 0 are the legitimate populations.
    """
    profiles: list[UsageProfile] = []
    rows: dict[str, int] = {}
    group_of_profile: list[int] = []
    people = scenario.populations
    owners = []
    for name, population in people.items():
        with plugin_call("population", name, type(population), "usage_profiles"):
            owners.append((name, 0, population.usage_profiles()))
    for number, (name, tactic) in enumerate(starting_order(scenario.campaigns).items(), 1):
        owners.append((name, number, campaign_profiles(tactic, people)))
    for name, owner, own in owners:
        for number, profile in enumerate(own):
            rows[f"{name}/{number}"] = len(profiles)
            profiles.append(profile)
            group_of_profile.append(owner)
    return profiles, rows, group_of_profile


def _context(
    scenario: Scenario,
    streams: Streams,
    tables: ProfileTables,
    profile_rows: dict[str, int],
    layout: ShardLayout,
) -> Context:
    """The shared parts of a run."""
    start, models = scenario.start_ms, tuple(scenario.platform.models)
    clock = Clock(start, start + scenario.horizon, scenario.slice)
    planned = [PlannedRelease(r.at, models.index(r.model), r.adoption) for r in scenario.releases]
    releases = Releases(clock, len(models), planned)
    supply = Supply(streams, sum(each.accounts for each in scenario.populations.values()))
    activity = Activity(models, (*OTHERS, *RESPONSES))
    account_tables = AccountTables(
        supply, activity, scenario.platform.trial_credit, (clock.start, clock.end)
    )
    prices = np.array([(m.input_price, m.output_price) for m in scenario.platform.models.values()])
    dispatcher = Dispatcher(
        clock,
        releases,
        supply,
        account_tables,
        tables,
        profile_rows,
        layout,
        activity,
        scenario.platform.challenge_rate,
        _appeals(starting_order(scenario.campaigns)),
        prices.T / 1e6,
    )
    return Context(clock, streams, releases, supply, account_tables, activity, dispatcher)


def _appeals(tactics: Mapping[str, Tactic]) -> dict[str, AppealHabit]:
    """Who appeals, by group: legitimate owners first, then the campaigns."""
    own = {name: AppealHabit(each.appeals, each.appeals_granted) for name, each in tactics.items()}
    return {LEGITIMATE: OWNERS} | own


def review_times(scenario: Scenario) -> Sequence[int]:
    """Moments (ms since 1970) at which detectors are asked."""
    first = scenario.start_ms + scenario.reviews
    return range(first, scenario.start_ms + scenario.horizon + 1, scenario.reviews)
