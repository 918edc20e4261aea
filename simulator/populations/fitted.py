"""People as a log shows them: every habit is a parameter, which `shamcrowd fit-world` sets."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, ClassVar

import numpy as np
from pydantic import BaseModel, ConfigDict, Field

from shamcrowd.simulator.lifecycle.life_parameters import LifeParameters
from shamcrowd.simulator.lifecycle.retention import Retention
from shamcrowd.simulator.platform.account_batch import AccountBatch
from shamcrowd.simulator.populations.base import Population
from shamcrowd.simulator.populations.common.enrolment import Enrolment
from shamcrowd.simulator.supply.places import ZONES
from shamcrowd.simulator.traffic.usage_profile import LEISURE, Lognormal, UsageProfile

_FITTED = "Source: fitted to a log; the default is that of casual users."
_UTC = ZONES.index("Africa/Accra")
"""A zone that is UTC all the year: hours of a log are in UTC."""
WITHIN = 1500.0
"""Longest gap within a session, seconds: with the answer's time it stays below the half hour
by which sessions of a log are separated (assumed)."""
MOST_SESSIONS = 500.0
"""Most sessions of an account a day (assumed)."""


class Quantity(BaseModel):
    """A lognormal quantity."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    median: float = Field(gt=0, le=1e7, description=f"Its median. {_FITTED}")
    sigma: float = Field(ge=0, le=4, description=f"Sigma of its logarithm. {_FITTED}")


class Fitted(Population):
    """Users with the habits of a log: rates, lengths, sessions, hours and shared addresses."""

    source: ClassVar[str] = "the log that it is fitted to"
    looks_like_abuse: ClassVar[str] = "whatever does in that log: strangers on one address"
    example: ClassVar[Mapping[str, Any]] = {"accounts": 200}
    residency_days: ClassVar[float] = 60.0
    # All accounts of a log are there: a life outside of it cannot be fitted.
    retention: ClassVar[Retention] = Retention(looks=0.0, stay_days=20_000.0, returns=0.0)
    life_parameters: ClassVar[LifeParameters] = LifeParameters(start=(1.0, 0.0, 0.0, 0.0, 0.0, 0.0))

    sessions: Quantity = Field(
        default=Quantity(median=0.35, sigma=1.1),
        description=f"Mean sessions a day of an account. {_FITTED}",
    )
    requests: Quantity = Field(
        default=Quantity(median=3.0, sigma=0.9), description=f"Requests of a session. {_FITTED}"
    )
    turns: float = Field(
        default=2.35, ge=1, le=100_000, description=f"Mean requests of a conversation. {_FITTED}"
    )
    gap: Quantity = Field(
        default=Quantity(median=60, sigma=1.3),
        description=f"Seconds from an answer to the next request of its conversation. {_FITTED}",
    )
    pause: Quantity = Field(
        default=Quantity(median=300, sigma=1.2),
        description=f"Seconds from one conversation of a session to the next. {_FITTED}",
    )
    prompt: Quantity = Field(
        default=Quantity(median=260, sigma=0.55),
        description=f"Input tokens of the first request of a conversation. {_FITTED}",
    )
    prompt_spread: float = Field(
        default=0.8, ge=0, le=4,
        description=f"Sigma of the logarithm of input tokens between accounts. {_FITTED}",
    )  # fmt: skip
    growth: float = Field(
        default=1.1, ge=0, le=5,
        description=f"Growth of the logarithm of input tokens with log(1 + turn). {_FITTED}",
    )  # fmt: skip
    answer: Quantity = Field(
        default=Quantity(median=260, sigma=0.8), description=f"Output tokens. {_FITTED}"
    )
    answer_spread: float = Field(
        default=0.55, ge=0, le=4,
        description=f"Sigma of the logarithm of output tokens between accounts. {_FITTED}",
    )  # fmt: skip
    hours: tuple[Annotated[int, Field(ge=0, le=100_000)], ...] = Field(
        default=LEISURE, min_length=24, max_length=24,
        description=f"Weights of the hours (UTC) in which requests are sent. {_FITTED}",
    )  # fmt: skip
    weekend: float = Field(
        default=0.8, gt=0, le=10,
        description=f"Requests of a weekend day over those of a weekday. {_FITTED}",
    )  # fmt: skip
    active_share: float = Field(
        default=0.45, gt=0, le=1,
        description=f"Share of days on which an account is active. {_FITTED}",
    )  # fmt: skip
    active_days: float = Field(
        default=1.8, ge=1, le=366, description=f"Mean length of a run of such days. {_FITTED}"
    )
    shared: float = Field(
        default=0.14, ge=0, le=1,
        description=f"Share whose usual address is that of another account, too. {_FITTED}",
    )  # fmt: skip
    group: float = Field(
        default=8.0, ge=2, le=100_000,
        description=f"Mean accounts of such an address. {_FITTED}",
    )  # fmt: skip

    def usage_profiles(self) -> tuple[UsageProfile, ...]:
        """One, with the fitted numbers."""
        return (
            UsageProfile(
                requests=_lognormal(self.requests, 100_000),
                turns=self.turns,
                gap=_lognormal(self.gap, WITHIN),
                pause=_lognormal(self.pause, WITHIN),
                prompt=_lognormal(self.prompt),
                answer=_lognormal(self.answer),
                prompt_spread=self.prompt_spread,
                answer_spread=self.answer_spread,
                growth=self.growth,
                hours=self.hours,
                weekend=self.weekend,
                active_share=self.active_share,
                active_days=self.active_days,
                # The spread of the gaps has that of the sessions' speed in it.
                speed_sigma=0.0,
                handover=0.0,
            ),
        )

    def set_up(self, enrolment: Enrolment, batch: AccountBatch) -> None:
        """An address of its own or one shared with strangers; everybody pays as he goes."""
        rng, count = enrolment.rng, len(batch)
        home = enrolment.supply.addresses.take(
            enrolment.owner.addresses, rng, batch.country, "residential"
        )
        some = np.flatnonzero(rng.random(count) < self.shared)
        lines = max(round(self.accounts * self.shared / self.group), 1)
        home[some] = enrolment.shared_infrastructure.line_of(
            rng, enrolment.name, rng.integers(lines, size=len(some)), batch.country[some]
        )
        batch.own_addresses([home])
        enrolment.assign_personal_resources(batch)
        enrolment.assign_plans(batch, trial=0.0, subscription=0.0, converts=0.0)
        # What credit, failed charges and abandoned sign-ups would stop is not in the log.
        batch.charge_success = np.ones(count, np.float32)
        batch.verified[:] = True
        enrolment.assign_workload(
            batch, 0, (self.sessions.median, self.sessions.sigma), "services",
            at_most=MOST_SESSIONS, zone=_UTC,
        )  # fmt: skip


def _lognormal(quantity: Quantity, cap: float = float("inf")) -> Lognormal:
    return Lognormal(quantity.median, quantity.sigma, cap)
