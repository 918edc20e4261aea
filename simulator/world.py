"""The world: SimPy's clock, the platform, and everybody who decides something.

SimPy plays decisions: arrivals, releases, the lives of campaigns. Requests between two decisions
are made by the shards, a slice at a time; the world sends them orders and hears summaries.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
import simpy

from shamcrowd.recording.units import MS_PER_DAY, MS_PER_HOUR
from shamcrowd.simulator.campaigns.economics.wallet import Wallets
from shamcrowd.simulator.campaigns.mimicry import campaign_habits
from shamcrowd.simulator.campaigns.succession import (
    begin_campaign,
    operators,
    starting_order,
    succession,
)
from shamcrowd.simulator.campaigns.supplier import Supplier
from shamcrowd.simulator.clock import Clock
from shamcrowd.simulator.core.handles import CAMPAIGN_BIT
from shamcrowd.simulator.core.streams import Streams
from shamcrowd.simulator.platform.account_batch import AccountBatch, CompromisedAccounts
from shamcrowd.simulator.platform.account_tables import AccountTables
from shamcrowd.simulator.platform.activity import OTHERS, RESPONSES, Activity
from shamcrowd.simulator.platform.card_renewals import renewals
from shamcrowd.simulator.platform.terms import PLANS
from shamcrowd.simulator.platform.workload_rows import (
    build_workloads,
    split_by_shard,
    takeovers_by_shard,
)
from shamcrowd.simulator.populations.common.enrolment import Enrolment
from shamcrowd.simulator.populations.common.shared_infrastructure import SharedInfrastructure
from shamcrowd.simulator.response.account_records import AccountRecords
from shamcrowd.simulator.response.response_log import ResponseLog
from shamcrowd.simulator.response.response_loop import ResponseLoop
from shamcrowd.simulator.response.reviewer import Reviewer
from shamcrowd.simulator.supply.places import ZONES
from shamcrowd.simulator.supply.store import Owner, Supply
from shamcrowd.simulator.traffic.profile_tables import ProfileTables
from shamcrowd.simulator.traffic.shard import ShardConfig
from shamcrowd.simulator.traffic.shard_pool import ShardPool
from shamcrowd.simulator.traffic.slice_messages import (
    LEGITIMATE,
    AccountSpans,
    ModelShift,
    SliceOrder,
)

if TYPE_CHECKING:
    from shamcrowd.simulator.campaigns.campaign import Campaign
    from shamcrowd.simulator.scenario.model import Scenario
    from shamcrowd.simulator.traffic.usage_profile import UsageProfile

ACCOUNTS_PER_SHARD = 25_000
MOST_SHARDS = 8
ADOPTION_HOURS = 30.0
"""Mean hours until an innocent user who moves to a new model does so (threat model L11: 20 to
60 % within a day)."""


class World:
    """One replication in progress. ``start`` and ``end`` are ms since 1970; SimPy's clock counts
    ms from ``start``.
    """

    def __init__(
        self,
        scenario: Scenario,
        seed: int,
        folder: Path,
        workers: int,
        reviewer: Reviewer | None = None,
    ) -> None:
        self.scenario = scenario
        self.streams = Streams(seed)
        self.start = scenario.start_ms
        self.end = self.start + scenario.horizon
        self.days = -(-scenario.horizon // MS_PER_DAY)
        self.env = simpy.Environment()
        self.released = self.env.event()
        self.slice_begins = self.env.event()
        usage_profiles: list[UsageProfile] = []
        whose: list[int] = []
        self._rows: dict[str, int] = {}
        self.tactics = starting_order(scenario.campaigns)
        people, campaigns = scenario.populations, tuple(self.tactics)
        numbers = operators(self.tactics)
        actors = [
            *((name, population.usage_profiles()) for name, population in people.items()),
            *((name, campaign_habits(tactic, people)) for name, tactic in self.tactics.items()),
        ]
        for name, own in actors:
            for number, profile in enumerate(own):
                self._rows[f"{name}/{number}"] = len(usage_profiles)
                usage_profiles.append(profile)
                whose.append(campaigns.index(name) + 1 if name in campaigns else 0)
        monday = (self.start // MS_PER_DAY + 3) % 7
        self.tables = ProfileTables(usage_profiles, ZONES, int(monday) * 24)
        self._innocents = sum(p.accounts for p in scenario.populations.values())
        self._shards = scenario.shards or min(
            max(-(-self._innocents // ACCOUNTS_PER_SHARD), 1), MOST_SHARDS
        )
        terms = scenario.platform
        self.models = tuple(terms.models)
        self.supply = Supply(self.streams)
        self._owner = Owner()
        self.shared_infrastructure = SharedInfrastructure(self.supply, self._owner, self._innocents)
        self.activity = Activity(self.models, (*OTHERS, *RESPONSES))
        self.account_tables = AccountTables(self.supply, self.activity, terms.trial_credit)
        self.campaigns: dict[str, Campaign] = {}
        """In the order in which they began: whoever follows another does so when that is left."""
        self.account_records = AccountRecords(self.account_tables, self.supply, self.campaigns)
        self.response_log = ResponseLog()
        self.wallets = Wallets(self)
        asked = reviewer is not None and scenario.response.asks
        self.loop = ResponseLoop(self, reviewer, folder) if reviewer is not None and asked else None
        self._suppliers: dict[tuple[str, bool], Supplier] = {}
        self._batches: dict[str, int] = {}
        self.orders = [SliceOrder(0, self.start, self.start) for _ in range(self._shards)]
        self._operators = max(numbers, default=0) + 1
        self._owners = [Owner(n, self._operators, campaign=True) for n in range(self._operators)]
        for name, tactic in self.tactics.items():
            if tactic.start is not None:
                owner = self._owners[numbers[campaigns.index(name)]]
                begin_campaign(self, name, tactic, owner, self.start + tactic.start)
        self.shard_pool = ShardPool(
            ShardConfig(
                seed=seed,
                start=self.start,
                end=self.end,
                start_hour=int(monday) * 24,
                slice_ms=scenario.slice,
                shards=self._shards,
                usage_profiles=tuple(usage_profiles),
                zones=ZONES,
                models=self.models,
                prices=tuple((m.input_price, m.output_price) for m in terms.models.values()),
                trial_credit=terms.trial_credit,
                limits=tuple(terms.requests_per_minute[plan] for plan in PLANS),
                faults=terms.server_fault_rate,
                challenge_rate=terms.challenge_rate,
                slow_share=scenario.response.throttle.share,
                live=self.loop is not None,
                groups=(LEGITIMATE, *campaigns),
                whose=tuple(whose),
                operators=numbers,
                folder=folder,
            ),
            self._shards,
            workers,
            self.tables,
        )
        self.clock = Clock(self)

    @property
    def now(self) -> int:
        """The moment, ms since 1970."""
        return self.start + int(self.env.now)

    def play(self, progress: Callable[[float], None]) -> None:
        """Play the whole horizon."""
        for name, population in self.scenario.populations.items():
            self.env.process(population.arrivals(self, name))
        for release in self.scenario.releases:
            self.env.process(self._release(release.at, release.model, release.adoption))
        for campaign in self.campaigns.values():
            self.env.process(campaign.live())
            if self.loop is not None:
                self.env.process(succession(campaign))
        self.env.run(self.env.process(self.clock.run(progress)))

    def _release(self, at: int, model: str, adoption: float) -> Generator[simpy.Event, Any, None]:
        """A model comes out: people move to it over the following days."""
        yield self.env.timeout(at)
        code = self.models.index(model)
        self.order_shift(ModelShift(LEGITIMATE, code, self.now, adoption, ADOPTION_HOURS))
        happened, self.released = self.released, self.env.event()
        happened.succeed(code)

    def order_shift(self, shift: ModelShift) -> None:
        """Let a group move to a new model."""
        for order in self.orders:
            order.shifts.append(shift)

    def adoption(self, model: int) -> tuple[float, float]:
        """Share of innocent use that moves to a model that comes out, and within how many hours."""
        name = self.models[model]
        return next(r.adoption for r in self.scenario.releases if r.model == name), ADOPTION_HOURS

    def supplier(self, campaign: str, name: str | None) -> Supplier:
        """Who sells to a campaign: a supplier by ``name``, or one that serves nobody else."""
        key = name or campaign, name is not None
        return self._suppliers.setdefault(key, Supplier())

    def day_bounds(self, day: int) -> tuple[int, int]:
        """First moment of a day and of the next, ms since 1970."""
        begin = self.start + day * MS_PER_DAY
        return begin, begin + MS_PER_DAY

    def arrival_times(
        self, rng: np.random.Generator, count: int, surge: float
    ) -> npt.NDArray[np.int64]:
        """Sign-up moments inside the horizon, sorted: by day and night, more after a release."""
        hours = np.arange((self.end - self.start) // MS_PER_HOUR)
        weight = 1.0 + 0.55 * np.sin((hours % 24 - 8) / 24 * 2 * np.pi)
        for release in self.scenario.releases:
            since = hours - release.at / MS_PER_HOUR
            weight += np.where(since >= 0, surge * np.exp(-np.maximum(since, 0) / 24), 0.0)
        edges = np.concatenate([[0.0], np.cumsum(weight)])
        at = np.interp(rng.random(count), edges / edges[-1], np.arange(len(edges)))
        times = self.start + (np.sort(at) * MS_PER_HOUR).astype(np.int64)
        return np.minimum(times, self.end - 1)

    def enrol(self, name: str, created: npt.NDArray[np.int64]) -> None:
        """Let people of population ``name`` sign up at the moments ``created``."""
        number = self._batches[name] = self._batches.get(name, -1) + 1
        rng = self.streams(f"people/{name}", number)
        population = self.scenario.populations[name]
        enrolment = Enrolment(
            rng, self.supply, self._owner, name, population, self.shared_infrastructure, self._rows
        )
        batch = enrolment.new_batch(created)
        population.set_up(enrolment, batch)
        truth = {"persona": name, "segment": name, "campaign": None, "tactic": None, "role": None}
        handles = self.admit(batch, self._owner, LEGITIMATE, rng, truth)
        if batch.renews.any():
            self.env.process(renewals(self, batch, handles, self._owner))

    def order_cards(self, handles: npt.NDArray[np.int64], cards: npt.NDArray[np.int32]) -> None:
        """Let accounts pay by other cards (ids) from the next slice on."""
        shard, local = self.placed(handles)
        for number in np.unique(shard).tolist():
            own = shard == number
            self.orders[number].cards.append((local[own], cards[own]))

    def profile_row(self, name: str, number: int) -> int:
        """Row of a population's or campaign's habit in the tables."""
        return self._rows[f"{name}/{number}"]

    def placed(
        self, handles: npt.NDArray[np.int64]
    ) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
        """Shard and local number of accounts: innocents first, campaigns' behind them."""
        own = handles & (CAMPAIGN_BIT - 1)
        # Operators take turns in numbers; each is dealt over all shards, beginning at its own.
        turn, operator = np.divmod(own, self._operators)
        local, shard = np.divmod(turn, self._shards)
        behind = -(-self._innocents // self._shards)
        sham = handles >= CAMPAIGN_BIT
        return (
            np.where(sham, (shard + operator) % self._shards, own % self._shards),
            np.where(
                sham,
                behind + local * self._operators + operator,
                own // self._shards,
            ),
        )

    def admit(
        self,
        batch: AccountBatch,
        owner: Owner,
        group: str,
        rng: np.random.Generator,
        truth: dict[str, Any],
    ) -> npt.NDArray[np.int64]:
        """Take a crowd in: book it, log its sign-up, hand it to the shards; gives its handles."""
        handles = owner.accounts.take(len(batch))
        account = self.supply.account_ids(handles)
        self.account_tables.admit(batch, handles, rng, truth)
        shard, local = self.placed(handles)
        rows = build_workloads(batch, self.supply.key_ids(handles), local, rng, self)
        for number, new_accounts in split_by_shard(
            batch, handles, account, shard, local, rows, self, group
        ):
            self.orders[number].new_accounts.append(new_accounts)
        return handles

    def take(self, compromised: CompromisedAccounts, group: str, rng: np.random.Generator) -> None:
        """Let a campaign follow duties on accounts that are there already."""
        shard, local = self.placed(compromised.handle)
        rows = build_workloads(compromised, compromised.key, local, rng, self)
        for number, added_workloads in takeovers_by_shard(compromised, shard, rows, group):
            self.orders[number].added_workloads.append(added_workloads)

    def order_spans(self, what: str, handles: npt.NDArray[np.int64], spans: AccountSpans) -> None:
        """Let shards shut (``bans``) or slow (``throttles``) accounts for a time."""
        shard = self.placed(handles)[0]
        for number in np.unique(shard).tolist():
            getattr(self.orders[number], what).append(spans.chosen(shard == number))

    def stop(self, handles: npt.NDArray[np.int64], times: npt.NDArray[np.int64]) -> None:
        """Let accounts fall silent."""
        shard, local = self.placed(handles)
        for number in np.unique(shard).tolist():
            own = shard == number
            self.orders[number].stops.append((local[own], times[own]))


def reviews(scenario: Scenario) -> Sequence[int]:
    """Moments (ms since 1970) at which detectors are asked."""
    first = scenario.start_ms + scenario.reviews
    return range(first, scenario.start_ms + scenario.horizon + 1, scenario.reviews)
