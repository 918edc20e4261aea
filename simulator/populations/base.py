"""What a legitimate population is: parameters, who signs up when, and how its people behave."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Generator
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np
from pydantic import BaseModel, ConfigDict, Field

if TYPE_CHECKING:
    import simpy

    from simulator.crowd import Crowd
    from simulator.enrolment import Enrolment
    from simulator.traffic.habit import Habit
    from simulator.world import World

MS_PER_DAY = 86_400_000


class Population(BaseModel):
    """Base of all legitimate populations; a subclass is one file and describes one kind of user.

    A subclass gives its ``habits`` and settles a crowd of its people (`settle`): where they sit,
    what they pay with, how busy each is. Arrivals are a SimPy process (`live`).
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    prior: ClassVar[float] = 240.0
    """Days before the start over which residents signed up (assumed)."""

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
    def habits(self) -> tuple[Habit, ...]:
        """What its people do with the API; the first is their main habit."""

    @abstractmethod
    def settle(self, enrol: Enrolment, crowd: Crowd) -> None:
        """Give a crowd of its people addresses, devices, mailboxes, plans and duties."""

    def live(self, world: World, name: str) -> Generator[simpy.Event, Any, None]:
        """SimPy process of arrivals: residents at the start, then newcomers day by day."""
        rng = world.streams(f"arrivals/{name}")
        newcomers = round(self.accounts * self.newcomers)
        residents = self.accounts - newcomers
        if residents:
            # Density falls towards the past: a platform that grows has mostly young accounts.
            age = self.prior * MS_PER_DAY * (1 - np.sqrt(rng.random(residents)))
            world.enrol(name, np.sort(world.start - 1 - age.astype(np.int64)))
        times = world.arrival_times(rng, newcomers, self.surge)
        for day in range(world.days):
            low, high = np.searchsorted(times, world.day_bounds(day))
            if high > low:
                world.enrol(name, times[low:high])
            yield world.env.timeout(MS_PER_DAY)
