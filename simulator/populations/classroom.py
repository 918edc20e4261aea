"""L5 of the threat model: a class or hackathon that signs up together and does the same task."""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np
import numpy.typing as npt
from pydantic import Field

from shamcrowd.recording.units import MS_PER_DAY, MS_PER_HOUR, Millis
from shamcrowd.simulator.lifecycle.life_parameters import NEWCOMER
from shamcrowd.simulator.lifecycle.retention import COURSE, Retention
from shamcrowd.simulator.platform.account_batch import AccountBatch
from shamcrowd.simulator.populations.base import Population
from shamcrowd.simulator.populations.casual import CHAT, READING
from shamcrowd.simulator.populations.common.enrolment import Enrolment
from shamcrowd.simulator.supply.mailboxes import own_domains
from shamcrowd.simulator.traffic.usage_profile import OFFICE, Lognormal, UsageProfile

if TYPE_CHECKING:
    import simpy

    from shamcrowd.simulator.context import Context

TASK = UsageProfile(
    requests=Lognormal(7, 0.7, 80),
    turns=3.5,
    gap=Lognormal(42, 1.1, 1800),
    reading=READING,
    pause=Lognormal(150, 1.0, 3600),
    prompt=Lognormal(350, 0.7),
    answer=Lognormal(320, 0.7),
    hours=OFFICE,
    weekend=0.5,
    active_share=0.6,
    active_days=2.0,
    topics={
        "education": 5,
        "software-engineering": 5,
        "data-analysis": 2,
        "mathematics": 2,
        "reasoning": 1,
        "research": 1,
    },
    favourite_share=0.7,
    # All members type the same exercise with small variations.
    prompt_variation=1,
    log_ins=0.5,
)


class Classroom(Population):
    """Classes: 20 to 500 sign-ups within hours, one campus network, similar prompts, trial plan
    only.
    """

    source: ClassVar[str] = "threat model L5"
    looks_like_abuse: ClassVar[str] = "sign-ups within the hour, the same task on each account"
    circle: ClassVar[str] = "exercises"
    retention: ClassVar[Retention] = COURSE
    residency_days: ClassVar[float] = 120.0
    served: ClassVar[float] = 0.75
    example: ClassVar[Mapping[str, Any]] = {"accounts": 90}
    life_parameters = NEWCOMER

    size: int = Field(
        default=45,
        ge=5,
        le=500,
        description="Mean class size. Source: threat model L5 (20 to 500).",
    )
    hours: float = Field(
        default=1.5,
        gt=0,
        le=24,
        description="Hours within which all members of a class sign up. Source: threat model L5 "
        "(0.2 to 3).",
    )

    remote: float = Field(
        default=0.6,
        ge=0,
        le=1,
        description="Share of classes, courses and hackathons held online, with all members at "
        "home. Source: assumed.",
    )

    impostor_parameters: ClassVar = {"remote": 1.0, "size": 15}

    def usage_profiles(self) -> tuple[UsageProfile, ...]:
        """The class's task, and private chat."""
        return (TASK, CHAT)

    def sign_up_groups(self, created: Millis) -> list[Millis]:
        """One group per class: all who sign up within ``hours`` hours of its first member."""
        groups, begin = [], 0
        while begin < len(created):
            until = created[begin] + int(self.hours * MS_PER_HOUR)
            end = int(np.searchsorted(created, until, side="right"))
            groups.append(created[begin:end])
            begin = end
        return groups

    def impostor_sign_ups(
        self, context: Context, rng: np.random.Generator, count: int, begin: int, end: int
    ) -> Millis:
        """Return sign-up times by class, each class within ``hours`` hours of one day."""
        length = int(self.hours * MS_PER_HOUR)
        classes = max(round(count / self.size), 1)
        first, days = (begin - context.start) // MS_PER_DAY, max((end - begin) // MS_PER_DAY, 1)
        past = (rng.random(classes) >= self.newcomers) & (begin == context.start)
        day = np.where(
            past, -rng.integers(1, 120, classes), first + rng.integers(days, size=classes)
        )
        hour = ((7 + 8 * rng.random(classes)) * MS_PER_HOUR).astype(np.int64)
        meets = np.maximum(context.start + day * MS_PER_DAY + hour, np.where(past, 0, begin))
        times = meets[np.arange(count) % classes]
        times = times + (rng.random(count) * length).astype(np.int64)
        return np.sort(np.minimum(times, end - 1))

    def arrivals(
        self, context: Context, name: str, enrolment: Callable[[npt.NDArray[np.int64]], None]
    ) -> Generator[simpy.Event, Any, None]:
        """SimPy process: classes sign up on mornings of the horizon, earlier ones before it."""
        rng = context.streams(f"arrivals/{name}")
        left, lessons = self.accounts, []
        while left > 0:
            size = min(max(int(rng.poisson(self.size)), 5), left)
            left -= size
            past = rng.random() >= self.newcomers
            day = int(-rng.integers(1, 120) if past else rng.integers(context.clock.days))
            hour = 7 + 8 * rng.random()
            lessons.append((day, hour, size))
        length = int(self.hours * MS_PER_HOUR)
        for day, hour, size in sorted(lessons):
            moment = context.start + day * MS_PER_DAY + int(hour * MS_PER_HOUR)
            if day >= 0:
                # A class whose sign-ups would run past the end of the recording starts earlier.
                moment = max(min(moment, context.end - 1 - length), context.start)
            wait = moment - context.now
            if wait > 0:
                yield context.clock.wait(wait)
            span = min(length, context.end - 1 - moment) if day >= 0 else length
            times = moment + rng.random(size) * span
            enrolment(np.sort(times.astype(np.int64)))

    def set_up(self, enrolment: Enrolment, batch: AccountBatch) -> None:
        """One campus network, own devices and mailboxes; half of the classes use the school's
        domain.
        """
        rng, owner, supply, count = enrolment.rng, enrolment.owner, enrolment.supply, len(batch)
        batch.place = np.full(count, batch.place[0], np.int8)
        enrolment.assign_personal_resources(batch)
        # Younger people: about half give no phone number; a quarter use school computers.
        batch.phone[rng.random(count) < 0.3] = -1
        lab = np.flatnonzero(rng.random(count) < 0.25)
        machines = supply.devices.take(owner.devices, rng, batch.locale[: max(len(lab) // 3, 1)])
        batch.device[lab] = machines[rng.integers(len(machines), size=len(lab))]
        if rng.random() < 0.5:
            domain = np.array(own_domains(rng, 1) * count, object)
            batch.mailbox = supply.mailboxes.at_domain(owner.mailboxes, batch.names, domain)
        home = supply.addresses.take(owner.addresses, rng, batch.country, "residential")
        exits = int(rng.integers(1, 9))
        block = np.full(exits, rng.integers(4096))
        campus = supply.addresses.take(
            owner.addresses, rng, batch.country[:1].repeat(exits), "campus", block
        )
        online = rng.random() < self.remote
        primary = home if online else campus[rng.integers(exits, size=count)]
        batch.own_addresses([primary, home])
        enrolment.assign_plans(batch, trial=1.0, subscription=0.0, converts=0.12)
        enrolment.assign_workload(
            batch,
            0,
            (0.7, 0.6),
            "people",
            families=enrolment.shared_infrastructure.prompt_families(rng, self.circle, 1)[0],
            templates=int(rng.integers(4, 16)),
            at_most=10,
        )
        enrolment.assign_workload(batch, 1, (0.1, 0.9), "people", at_most=10)
