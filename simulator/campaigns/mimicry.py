"""Impostors: a campaign whose accounts go in the guise of a population of honest people.

Farms that are hunted copy whom they hope to be taken for (threat model, section 4: the hard
negatives). Every account copies each thing by itself, with the chance that `evasion.mimicry`
says: when it signs up, its addresses, device, way to pay, mailbox and phone, and its days. What
is left of the farm is spread thin: traces in many places, none of which says much alone.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from shamcrowd.simulator.campaigns.identity import CampaignIdentity
from shamcrowd.simulator.core.handles import Handles
from shamcrowd.simulator.platform.account_batch import AccountBatch
from shamcrowd.simulator.populations.base import Population
from shamcrowd.simulator.populations.common.enrolment import Enrolment
from shamcrowd.simulator.populations.common.shared_infrastructure import SharedInfrastructure
from shamcrowd.simulator.supply.store import Owner, Supply

ASPECTS = (
    ("device",),
    ("plan", "pays", "organisation", "card", "sound", "disputed", "sign_in"),
    ("mailbox",),
    ("phone", "codes"),
)
"""Columns of a crowd that are copied together, beside the addresses."""
SETS = 2.5
"""Sets of prompt templates for each impostor, where the honest ones have a few each (assumed)."""
MANY = 5000
"""Templates in use where honest people write in words of their own (assumed)."""


class Mimicry:
    """How far, and as whom, the accounts of one campaign go.

    ``population`` is whom they copy, as far as it is in their reach; ``share`` the chance, 0 to 1,
    of each thing to be copied; ``first`` the number of the first habit that is copied.
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
        self._due: npt.NDArray[np.int64] | None = None
        self._accounts = 0

    @property
    def due(self) -> npt.NDArray[np.int64]:
        """Sign-ups (ms, in order) in guise that are still to come."""
        if self._due is None:
            context = self._campaign.context
            self._accounts = round(self._planned_accounts * self.share)
            self._due = self.population.impostor_sign_ups(
                context,
                context.streams(f"campaign/{self._campaign.name}/guise"),
                self._accounts,
                self._campaign.begin,
                self._campaign.end,
            )
        return self._due

    def planned(self, own: float, until: int) -> float:
        """Share of the accounts that should be open by a moment (ms); ``own`` is the tactic's."""
        left = int((self.due >= until).sum())
        return (1 - self.share) * own + self.share * (1 - left / max(self._accounts, 1))

    def sign_ups(self, created: npt.NDArray[np.int64], until: int) -> npt.NDArray[np.int64]:
        """The moments ``created`` (ms, in order), as many as possible in guise.

        Whoever should have come before the recording comes in its first slice or not so.
        """
        context = self._campaign.context
        missed = 0 if context.now == context.start else int(np.searchsorted(self.due, context.now))
        ready = int(np.searchsorted(self.due, until)) - missed
        taken = min(ready, len(created))
        moments, self._due = self.due[missed : missed + taken], self.due[missed + taken :]
        kept = created[np.linspace(0, len(created) - 1, len(created) - taken).astype(np.int64)]
        return np.sort(np.concatenate([moments, kept]))

    def weights(self, capacity: list[float]) -> npt.NDArray[np.float64]:
        """How hard each pair of habits is followed, by what each is able to do: whoever keeps to
        the farm's ways still does no more than the impostors.
        """
        weights = np.ones(len(capacity))
        if capacity[0] > 0 and sum(capacity[1:]) > 0:
            weights[0] = sum(capacity[1:]) / capacity[0] * (1 / self.share - 1)
        return weights

    def parties(self, created: npt.NDArray[np.int64]) -> list[npt.NDArray[np.int64]]:
        """Sign-ups (ms, in order) parted into those that are settled together."""
        return self.population.sign_up_groups(created)

    def batch(self, rng: np.random.Generator, created: npt.NDArray[np.int64]) -> AccountBatch:
        """People who are in all things like the population's, but for what they work on."""
        campaign, context = self._campaign, self._campaign.context
        rows = {
            f"{self._name}/{n}": campaign.profile(self.first + 2 * n)
            for n in range(self.usage_profiles)
        }
        enrol = Enrolment(
            rng,
            context.supply,
            campaign.owner,
            self._name,
            ReadOnlyInfrastructure(self._shared_infrastructure, context.supply, campaign.owner),
            rows,
        )
        batch = enrol.new_batch(created)
        self.population.set_up(enrol, batch)
        return batch

    def apply_farm_setup(
        self, batch: AccountBatch, farm: AccountBatch, rng: np.random.Generator
    ) -> None:
        """Put the farm's things in the place of some, and let some be idle."""
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
        """Every duty twice: once for the campaign, on its templates, and once as cover."""
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
        """Sets of templates of the campaign's: who shares one with others still does."""
        if not len(family):
            return family
        each, whose = np.unique(family, return_inverse=True)
        whole = self._planned_accounts * self.share * len(each) / len(family)
        kinds = rng.integers(max(round(SETS * whole), 1), size=len(each))
        return np.array([self._campaign.family(n) for n in kinds.tolist()])[whose]


class ReadOnlyInfrastructure(SharedInfrastructure):
    """What strangers have in common, as somebody sees it who may use it and not add to it.

    Where nothing is there yet, the campaign brings its own: honest rows stay as they are.
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
        each = self._each.get(kind)
        # Without an entry there, things are in no place: every one will do.
        places = each or 2**62
        strange = known[at] // places != keys // places
        if strange.any():
            found[strange] = super()._found(kind, keys[strange], make)
        return found
