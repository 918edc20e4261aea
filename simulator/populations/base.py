"""What a legitimate population is: parameters, who signs up when, and how its people behave."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Generator, Mapping
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np
import numpy.typing as npt
from pydantic import BaseModel, ConfigDict, Field

from shamcrowd.recording.units import MS_PER_DAY

if TYPE_CHECKING:
    import simpy

    from shamcrowd.simulator.platform.account_batch import AccountBatch
    from shamcrowd.simulator.populations.common.enrolment import Enrolment
    from shamcrowd.simulator.traffic.usage_profile import UsageProfile
    from shamcrowd.simulator.world import World


class Population(BaseModel):
    """Base of all legitimate populations; a subclass is one file and describes one kind of user.

    A subclass gives its ``habits`` and settles a crowd of its people (`settle`): where they sit,
    what they pay with, how busy each is. Arrivals are a SimPy process (`live`).
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    source: ClassVar[str]
    """Where it is described: a paper, a report, the threat model, or ``assumed``."""
    example: ClassVar[Mapping[str, Any]]
    """Settings of a small world: as few accounts as show what is typical of it."""
    residency_days: ClassVar[float] = 240.0
    """Days before the start over which residents signed up (assumed)."""

    impostor_parameters: ClassVar[dict[str, float]] = {}
    """Parameters as they are for impostors, who cannot have all that its people have."""

    accounts: int = Field(
        ge=1,
        le=50_000_000,
        description="Accounts over the whole recording, newcomers included. Source: the scenario.",
        json_schema_extra={"scales": True},
    )
    newcomers: float = Field(
        default=0.25,
        ge=0,
        le=1,
        description="Share of the accounts that signs up within the horizon. Source: assumed.",
    )
    surge: float = Field(
        default=0.0,
        ge=0,
        le=200,
        description="Sign-ups after a model release, as a multiple of the usual rate, fading over "
        "24 h. Source: threat model L11 gives 5 to 50; 0, assumed, where nobody comes for it.",
    )

    @abstractmethod
    def usage_profiles(self) -> tuple[UsageProfile, ...]:
        """What its people do with the API; the first is their main habit."""

    @abstractmethod
    def set_up(self, enrol: Enrolment, batch: AccountBatch) -> None:
        """Give a crowd of its people addresses, devices, mailboxes, plans and duties."""

    def sign_up_groups(self, created: npt.NDArray[np.int64]) -> list[npt.NDArray[np.int64]]:
        """Sign-ups (ms, in order) of impostors, parted into those who are settled together."""
        return [created]

    def impostor_sign_ups(
        self, world: World, rng: np.random.Generator, count: int, begin: int, end: int
    ) -> npt.NDArray[np.int64]:
        """Moments (ms, in order) between two at which ``count`` impostors sign up.

        From the first moment of the recording on they may have come before, as residents did.
        """
        residents = int((rng.random(count) >= self.newcomers).sum()) * (begin == world.start)
        hours = world.arrival_times(rng, 20 * count, self.surge)
        hours = hours[(hours >= begin) & (hours < end)]
        if not len(hours):
            hours = np.array([begin])
        late = hours[rng.integers(len(hours), size=count - residents)]
        return np.sort(np.concatenate([self.resident_sign_ups(world, rng, residents), late]))

    def resident_sign_ups(
        self, world: World, rng: np.random.Generator, count: int
    ) -> npt.NDArray[np.int64]:
        """Moments (ms, in order) at which residents signed up."""
        # Density falls towards the past: a platform that grows has mostly young accounts.
        age = self.residency_days * MS_PER_DAY * (1 - np.sqrt(rng.random(count)))
        return np.sort(world.start - 1 - age.astype(np.int64))

    def arrivals(self, world: World, name: str) -> Generator[simpy.Event, Any, None]:
        """SimPy process of arrivals: residents at the start, then newcomers day by day."""
        rng = world.streams(f"arrivals/{name}")
        newcomers = round(self.accounts * self.newcomers)
        residents = self.accounts - newcomers
        if residents:
            world.enrol(name, self.resident_sign_ups(world, rng, residents))
        times = world.arrival_times(rng, newcomers, self.surge)
        for day in range(world.days):
            low, high = np.searchsorted(times, world.day_bounds(day))
            if high > low:
                world.enrol(name, times[low:high])
            yield world.env.timeout(MS_PER_DAY)
