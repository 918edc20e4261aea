"""Mimicry: accounts that are made and used like those of a population of legitimate users.

Farms that are hunted imitate the users they hope to be taken for (threat model, section 4: the hard
negatives). An account that imitates does so in every respect: sign-up time, network, device,
payment, mailbox, phone, and daily use. Only what it works on, and for whom, differs. The others are
made with the kits that the campaign buys (see `kit`).
"""

from __future__ import annotations

from collections import defaultdict
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
from shamcrowd.simulator.populations.common.relatives import Relatives
from shamcrowd.simulator.populations.common.shared_infrastructure import (
    STRIDE,
    SharedInfrastructure,
)
from shamcrowd.simulator.supply.store import Owner, Supply

SETS = 2.5
"""Sets of prompt templates per impostor where legitimate users have a few each (assumed)."""
MANY = 5000
"""Number of templates where legitimate users write free text (assumed)."""


class Mimicry:
    """Which population a campaign's accounts imitate, and how many of them do.

    Attributes:
        population: the population, with the parameters that impostors can reach.
        share: share of the accounts that imitate it, 0 to 1 but not 0.
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
        common: float,
    ) -> None:
        self._campaign = campaign
        self._shared_infrastructure = shared_infrastructure
        self._planned_accounts = accounts
        self._name = name
        self.population = population.model_copy(update=population.impostor_parameters)
        self.share = share
        self._common = common
        self.first = first
        self.usage_profiles = len(population.usage_profiles())
        self._due: Millis | None = None
        self._accounts = 0
        self._moments: Millis | None = None
        self._relatives: defaultdict[str, Relatives] = defaultdict(Relatives)

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
        self._moments = moments
        kept = created[np.linspace(0, len(created) - 1, len(created) - taken).astype(np.int64)]
        return np.sort(np.concatenate([moments, kept]))

    def weights(self, capacity: list[float], workers: list[int]) -> npt.NDArray[np.float64]:
        """Weight of each pair of work and cover profiles.

        An account that keeps the farm's own profile does as much as an impostor, on average.

        Args:
            capacity: requests that each pair's accounts can make, the farm's own first.
            workers: accounts of each pair that can work.
        """
        weights = np.ones(len(capacity))
        if capacity[0] > 0 and sum(capacity[1:]) > 0:
            own, alike = capacity[0] / workers[0], sum(capacity[1:]) / max(workers[1:])
            weights[0] = alike / own
        return weights

    def impostors(self, created: Millis, rng: np.random.Generator) -> npt.NDArray[np.bool_]:
        """Which of the accounts that sign up at these moments imitate, shape (n,).

        Those whose moments `sign_ups` took from the population; of accounts for which it was not
        asked, any.
        """
        moments, self._moments = self._moments, None
        if self.share >= 1:
            return np.ones(len(created), np.bool_)
        if moments is None:
            return rng.random(len(created)) < self.share
        alike = np.zeros(len(created), np.bool_)
        alike[np.minimum(np.searchsorted(created, moments), len(created) - 1)] = True
        return alike

    def batches(self, rng: np.random.Generator, created: Millis) -> list[AccountBatch]:
        """New accounts, in groups that the population sets up together.

        ``created`` has their sign-up times, ms, ascending.
        """
        if not len(created):
            return []
        with plugin_call("population", self._name, type(self.population), "sign_up_groups"):
            groups = self.population.sign_up_groups(created)
        return [self._batch(rng, group) for group in groups]

    def _batch(self, rng: np.random.Generator, created: Millis) -> AccountBatch:
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
            self._infrastructure(),
            rows,
            self.population.life_parameters,
        )
        batch = enrolment.new_batch(created)
        with plugin_call("population", self._name, type(self.population), "set_up"):
            self.population.set_up(enrolment, batch)
        enrolment.remember(batch)
        population = self.population
        batch.keep_as_busy(population.retention, rng, population.share_in_use(context.clock.days))
        self._work(batch, rng)
        silent = batch.idle
        if len(silent):
            # Silent accounts of the population stay silent here.
            client = context.supply.clients.pick(rng, "people", len(silent))
            batch.add_workload(rows[f"{self._name}/0"], silent, np.zeros(len(silent)), client)
        return batch

    def _infrastructure(self) -> SharedInfrastructure:
        """What impostors share with legitimate users, and with impostors who came before."""
        lent = ReadOnlyInfrastructure(
            self._shared_infrastructure, self._campaign.context.supply, self._campaign.owner
        )
        lent.relatives = self._relatives
        return lent

    def _work(self, batch: AccountBatch, rng: np.random.Generator) -> None:
        """Double every workload: one works for the campaign, on its templates, one is cover."""
        workloads, batch.workloads = batch.workloads, []
        for workload in workloads:
            few = workload.templates > 0
            own = np.where(few, self._sets(workload.family, rng), self._campaign.family())
            # Some prompt as the users whom they imitate do, those with a common set alike.
            _, group = np.unique(np.where(few, workload.family, ~workload.who), return_inverse=True)
            alike = (rng.random(len(group)) < self._common)[group]
            work = replace(
                workload,
                family=np.where(alike, workload.family, own),
                templates=np.where(few | alike, workload.templates, MANY),
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
