"""Sign-ups of legitimate users: from moments to accounts that are registered and played."""

from __future__ import annotations

from collections.abc import Mapping

from shamcrowd.recording.plugins.calls import plugin_call
from shamcrowd.recording.units import Millis
from shamcrowd.simulator.context import Context
from shamcrowd.simulator.populations.base import Population
from shamcrowd.simulator.populations.common.enrolment import Enrolment
from shamcrowd.simulator.populations.common.shared_infrastructure import SharedInfrastructure
from shamcrowd.simulator.supply.store import Owner
from shamcrowd.simulator.traffic.slice_messages import LEGITIMATE


class LegitimateSignUps:
    """Opens accounts for all populations of a run."""

    def __init__(
        self,
        context: Context,
        populations: Mapping[str, Population],
        owner: Owner,
        shared_infrastructure: SharedInfrastructure,
    ) -> None:
        self._context = context
        self._populations = populations
        self._owner = owner
        self._shared_infrastructure = shared_infrastructure
        self._batches: dict[str, int] = {}

    def enrol(self, name: str, created: Millis) -> None:
        """Let users of population ``name`` sign up.

        Args:
            name: name of the population in the scenario.
            created: shape (n,), n at least 1: when they sign up, ms, ascending.
        """
        context, population = self._context, self._populations[name]
        number = self._batches[name] = self._batches.get(name, -1) + 1
        rng = context.streams(f"people/{name}", number)
        enrolment = Enrolment(
            rng,
            context.supply,
            self._owner,
            name,
            self._shared_infrastructure,
            context.dispatcher.profile_rows,
            population.life_parameters,
        )
        batch = enrolment.new_batch(created)
        with plugin_call("population", name, type(population), "set_up"):
            population.set_up(enrolment, batch)
        enrolment.remember(batch)
        batch.keep_as_busy(population.retention, rng, population.share_in_use(context.clock.days))
        truth = {"persona": name, "segment": name, "campaign": None, "tactic": None, "role": None}
        context.dispatcher.admit(batch, self._owner, LEGITIMATE, rng, truth)
