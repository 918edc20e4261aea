"""Base class of legitimate populations: parameters, sign-up times and account set-up."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Generator, Mapping
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np
import numpy.typing as npt
from pydantic import BaseModel, ConfigDict, Field

from shamcrowd.recording.units import MS_PER_DAY, Millis
from shamcrowd.simulator.lifecycle.life_parameters import PERSON, LifeParameters
from shamcrowd.simulator.lifecycle.retention import PRIVATE, Retention, share_in_use
from shamcrowd.simulator.populations.common.shared_infrastructure import FASHION

if TYPE_CHECKING:
    import simpy

    from shamcrowd.simulator.context import Context
    from shamcrowd.simulator.platform.account_batch import AccountBatch
    from shamcrowd.simulator.populations.common.enrolment import Enrolment
    from shamcrowd.simulator.traffic.usage_profile import UsageProfile


class Population(BaseModel):
    """Base of all legitimate populations; one subclass in one file describes one kind of user.

    A subclass defines its usage profiles (`usage_profiles`) and sets up a batch of its accounts
    (`set_up`): addresses, devices, payment and workloads. Arrivals are a SimPy process
    (`arrivals`). Pydantic fields are the parameters that a scenario may set; each description ends
    with the source of its default.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    source: ClassVar[str]
    """Where it is described: a paper, a report, the threat model, or ``assumed``."""
    looks_like_abuse: ClassVar[str]
    """What in its behaviour a detector may take for abuse."""
    example: ClassVar[Mapping[str, Any]]
    """Settings of a small world: as few accounts as show what is typical of it."""
    residency_days: ClassVar[float] = 240.0
    """Days before the start of the recording over which residents signed up (assumed)."""

    retention: ClassVar[Retention] = PRIVATE
    """How long its users stay, and whether they come back."""
    life_parameters: ClassVar[LifeParameters] = PERSON
    """How its people sign up, keep keys and ask for help."""

    served: ClassVar[float] = 1.0
    """Share of their use for which they still have credit or pay, 0 to 1: less where many have a
    trial and do not go on (assumed; measured in worlds of this population)."""

    circle: ClassVar[str] = FASHION
    """Name of the family of prompt templates that circulate among its users."""

    impostor_parameters: ClassVar[dict[str, float]] = {}
    """Parameter values for accounts of a campaign that imitates this population, where they cannot
    have all that its real members have.
    """

    accounts: int = Field(
        ge=1,
        le=50_000_000,
        description="Number of accounts over the whole recording, newcomers included. Source: the "
        "scenario.",
        json_schema_extra={"scales": True},
    )
    newcomers: float = Field(
        default=0.25,
        ge=0,
        le=1,
        description="Share of the accounts that sign up within the horizon. Source: assumed.",
    )
    surge: float = Field(
        default=0.0,
        ge=0,
        le=200,
        description="Extra sign-ups after a model release, as a multiple of the usual rate, "
        "decaying with a time constant of 24 h. Source: threat model L11 gives 5 to 50; 0 "
        "(assumed) for populations that a release does not attract.",
    )

    @abstractmethod
    def usage_profiles(self) -> tuple[UsageProfile, ...]:
        """Return the usage profiles of this population; the first is the main one."""

    @abstractmethod
    def set_up(self, enrolment: Enrolment, batch: AccountBatch) -> None:
        """Assign addresses, devices, mailboxes, plans and workloads to a batch of accounts, in
        place.

        Args:
            enrolment: draws for this population and batch; `Enrolment` offers the usual choices.
            batch: n accounts with creation times, places and names, in order of creation.
        """

    def share_in_use(self, days: float) -> float:
        """Share of its accounts in use, and served, at a random moment of ``days`` days, 0 to 1."""
        used = share_in_use(self.retention, self.newcomers, self.residency_days, days)
        return used * self.served

    def sign_up_groups(self, created: Millis) -> list[Millis]:
        """Split sign-up times (ms, ascending) of imitating accounts into groups that are set up
        together.
        """
        return [created]

    def impostor_sign_ups(
        self, context: Context, rng: np.random.Generator, count: int, begin: int, end: int
    ) -> Millis:
        """Return times (ms, ascending) in [begin, end) at which ``count`` imitating accounts sign
        up.

        If the interval starts with the recording, some signed up before it, as residents did.
        """
        residents = int((rng.random(count) >= self.newcomers).sum()) * (begin == context.start)
        hours = context.arrival_times(rng, 20 * count, self.surge)
        hours = hours[(hours >= begin) & (hours < end)]
        if not len(hours):
            hours = np.array([begin])
        late = hours[rng.integers(len(hours), size=count - residents)]
        return np.sort(np.concatenate([self.resident_sign_ups(context, rng, residents), late]))

    def resident_sign_ups(self, context: Context, rng: np.random.Generator, count: int) -> Millis:
        """Return times (ms, ascending) before the recording at which residents signed up."""
        # Density decreases towards the past: on a growing platform most accounts are young.
        age = self.residency_days * MS_PER_DAY * (1 - np.sqrt(rng.random(count)))
        return np.sort(context.start - 1 - age.astype(np.int64))

    def arrivals(
        self, context: Context, name: str, enrolment: Callable[[npt.NDArray[np.int64]], None]
    ) -> Generator[simpy.Event, Any, None]:
        """SimPy process of sign-ups: residents at the start, then newcomers day by day."""
        rng = context.streams(f"arrivals/{name}")
        newcomers = round(self.accounts * self.newcomers)
        residents = self.accounts - newcomers
        if residents:
            enrolment(self.resident_sign_ups(context, rng, residents))
        times = context.arrival_times(rng, newcomers, self.surge)
        for day in range(context.clock.days):
            low, high = np.searchsorted(times, context.clock.day_bounds(day))
            if high > low:
                enrolment(times[low:high])
            yield context.clock.wait(MS_PER_DAY)
