"""Mimicry: a campaign whose accounts imitate a population of legitimate users.

Farms that are hunted imitate the users they hope to be taken for (threat model, section 4: the hard
negatives). Every account imitates each attribute independently, with the probability that
`evasion.mimicry` gives: its sign-up time, addresses, device, payment, mailbox, phone, and daily
use. What is left of the farm is spread thin: weak traces in many attributes.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from shamcrowd.recording.plugins.calls import plugin_call
from shamcrowd.recording.units import Handles, Millis
from shamcrowd.simulator.campaigns.identity import CampaignIdentity
from shamcrowd.simulator.platform.account_batch import AccountBatch
from shamcrowd.simulator.populations.base import Population
from shamcrowd.simulator.populations.common.enrolment import Enrolment
from shamcrowd.simulator.populations.common.shared_infrastructure import (
    STRIDE,
    SharedInfrastructure,
)
from shamcrowd.simulator.supply.store import Owner, Supply

ASPECTS = (
    ("device",),
    ("plan", "adds_card", "organisation", "card", "charge_success", "dispute_rate", "sign_in"),
    ("mailbox",),
    ("phone", "codes"),
)
"""Columns of a batch that are imitated together; addresses are imitated separately."""
SETS = 2.5
"""Sets of prompt templates per impostor where legitimate users have a few each (assumed)."""
MANY = 5000
"""Number of templates where legitimate users write free text (assumed)."""


class Mimicry:
    """Which population a campaign's accounts imitate, and with what probability per attribute.

    Attributes:
        population: the population, with the parameters that impostors can reach.
        share: probability that an attribute is imitated, 0 to 1.
        first: number of the first imitated usage profile.
        usage_profiles: how many usage profiles the population has.
    """

    def __init__(
        self,
        campaign: CampaignIdentity,
        shared_infrastructure: SharedInfrastructure,
        name: str,
        population: Population,
        accounts: int,
        share: float,
        first: int,
    ) -> None:
        self._campaign = campaign
        self._shared_infrastructure = shared_infrastructure
        self._planned_accounts = accounts
        self._name = name
        self.population = population.model_copy(update=population.impostor_parameters)
        self.share = share
        self.first = first
        self.usage_profiles = len(population.usage_profiles())
        self._due: Millis | None = None
        self._accounts = 0

    @property
    def due(self) -> npt.NDArray[np.int64]:
        """Sign-up times (ms, ascending) of impostors that are still to come."""
        if self._due is None:
            context = self._campaign.context
            self._accounts = round(self._planned_accounts * self.share)
            with plugin_call("population", self._name, type(self.population), "impostor_sign_ups"):
                self._due = self.population.impostor_sign_ups(
                    context,
                    context.streams(f"campaign/{self._campaign.name}/guise"),
                    self._accounts,
                    self._campaign.begin,
                    self._campaign.end,
                )
        return self._due

    def planned(self, own: float, until: int) -> float:
        """Share of accounts that should be open by a moment (ms); ``own`` is the tactic's plan."""
        left = int((self.due >= until).sum())
        return (1 - self.share) * own + self.share * (1 - left / max(self._accounts, 1))

    def sign_ups(self, created: Millis, until: int) -> Millis:
        """Replace as many sign-up times as possible by those of impostors that are due.

        Impostors that should have signed up before now are skipped, except in the first slice.

        Args:
            created: shape (n,), times as the tactic planned them, ms, ascending.
            until: impostors that sign up before this moment (ms) are due.

        Returns:
            Shape (n,): times, ascending.
        """
        context = self._campaign.context
        missed = 0 if context.now == context.start else int(np.searchsorted(self.due, context.now))
        ready = int(np.searchsorted(self.due, until)) - missed
        taken = min(ready, len(created))
        moments, self._due = self.due[missed : missed + taken], self.due[missed + taken :]
        kept = created[np.linspace(0, len(created) - 1, len(created) - taken).astype(np.int64)]
        return np.sort(np.concatenate([moments, kept]))

    def weights(self, capacity: list[float]) -> npt.NDArray[np.float64]:
        """Weight of each pair of work and cover profiles.

        Accounts that keep the farm's own profile do no more than the impostors. ``capacity`` is
        the capacity of each pair, the farm's own first.
        """
        weights = np.ones(len(capacity))
        if capacity[0] > 0 and sum(capacity[1:]) > 0:
            weights[0] = sum(capacity[1:]) / capacity[0] * (1 / self.share - 1)
        return weights

    def parties(self, created: Millis) -> list[npt.NDArray[np.int64]]:
        """Sign-up times (ms, ascending), split into groups that are set up together."""
        with plugin_call("population", self._name, type(self.population), "sign_up_groups"):
            return self.population.sign_up_groups(created)

    def batch(self, rng: np.random.Generator, created: Millis) -> AccountBatch:
        """New accounts that are like the population's in everything but what they work on."""
        campaign, context = self._campaign, self._campaign.context
        rows = {
            f"{self._name}/{n}": campaign.profile(self.first + 2 * n)
            for n in range(self.usage_profiles)
        }
        enrolment = Enrolment(
            rng,
            context.supply,
            campaign.owner,
            self._name,
            ReadOnlyInfrastructure(self._shared_infrastructure, context.supply, campaign.owner),
            rows,
            self.population.habits,
        )
        batch = enrolment.new_batch(created)
        with plugin_call("population", self._name, type(self.population), "set_up"):
            self.population.set_up(enrolment, batch)
        population = self.population
        batch.keep_as_busy(population.retention, rng, population.share_in_use(context.clock.days))
        return batch

    def apply_farm_setup(
        self, batch: AccountBatch, farm: AccountBatch, rng: np.random.Generator
    ) -> None:
        """Replace some attributes by the farm's; leave some accounts without workloads."""
        count = len(batch)

        def farmed() -> npt.NDArray[np.int64]:
            return np.flatnonzero(rng.random(count) >= self.share)

        who = farmed()
        batch.slot[who] = farm.slot[who] + len(batch.address_list)
        batch.slots[who] = farm.slots[who]
        batch.address_list = np.concatenate([batch.address_list, farm.address_list])
        for aspect in ASPECTS:
            who = farmed()
            for column in aspect:
                getattr(batch, column)[who] = getattr(farm, column)[who]
        self._work(batch, rng, farmed())

    def _work(
        self, batch: AccountBatch, rng: np.random.Generator, idle: npt.NDArray[np.int64]
    ) -> None:
        """Double every workload: one works for the campaign, on its templates, one is cover."""
        workloads, batch.workloads = batch.workloads, []
        for whole in workloads:
            workload = whole.chosen(~np.isin(whole.who, idle))
            few = workload.templates > 0
            work = replace(
                workload,
                family=np.where(few, self._sets(workload.family, rng), self._campaign.family()),
                templates=np.where(few, workload.templates, MANY),
            )
            batch.workloads += [work, replace(workload, profile=workload.profile + 1, twin=True)]

    def _sets(
        self, family: npt.NDArray[np.int64], rng: np.random.Generator
    ) -> npt.NDArray[np.int64]:
        """Sets of the campaign's templates; accounts that shared a set still share one."""
        if not len(family):
            return family
        each, whose = np.unique(family, return_inverse=True)
        whole = self._planned_accounts * self.share * len(each) / len(family)
        kinds = rng.integers(max(round(SETS * whole), 1), size=len(each))
        return np.array([self._campaign.family(n) for n in kinds.tolist()])[whose]


class ReadOnlyInfrastructure(SharedInfrastructure):
    """Shared infrastructure of legitimate users that a campaign can use but not add to.

    Where an entry does not exist yet, the campaign brings its own, so that no row of a legitimate
    user changes.
    """

    def __init__(
        self, shared_infrastructure: SharedInfrastructure, supply: Supply, owner: Owner
    ) -> None:
        super().__init__(supply, owner, shared_infrastructure.accounts)
        self._lent = shared_infrastructure

    def _found(
        self,
        kind: str,
        keys: npt.NDArray[np.int64],
        make: Callable[[npt.NDArray[np.int64]], Handles],
    ) -> Handles:
        known, handles = self._lent.known(kind)
        if not len(known):
            return super()._found(kind, keys, make)
        at = np.minimum(np.searchsorted(known, keys), len(known) - 1)
        found = handles[at]
        # Of the same country or language.
        strange = known[at] // STRIDE != keys // STRIDE
        if strange.any():
            found[strange] = super()._found(kind, keys[strange], make)
        return found
