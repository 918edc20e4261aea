"""Occasional users: most of a platform's accounts, which hardly send anything."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, ClassVar

from pydantic import Field

from shamcrowd.simulator.lifecycle.retention import Retention
from shamcrowd.simulator.platform.account_batch import AccountBatch
from shamcrowd.simulator.populations.base import Population
from shamcrowd.simulator.populations.casual import CHAT
from shamcrowd.simulator.populations.common.enrolment import Enrolment
from shamcrowd.simulator.traffic.usage_profile import Lognormal, UsageProfile

QUESTION = replace(CHAT, requests=Lognormal(1.6, 0.7, 30), active_share=0.6, active_days=1.3)
"""A question now and then: like private users', but shorter (assumed)."""


class Occasional(Population):
    """Occasional users: they try it once or twice, and keep an account that is nearly silent."""

    source: ClassVar[str] = "threat model L1, the silent end"
    looks_like_abuse: ClassVar[str] = "old accounts that send a few requests after months"
    # 37.5 % of 62 firms' sign-ups reach the product's use (fungies.io on 2024 data); 6 % of app
    # users are there on day 30 (AppsFlyer). The law is assumed.
    retention: ClassVar[Retention] = Retention(
        looks=0.66, look_days=2.2, look_shape=0.5, stay_days=200.0
    )
    served: ClassVar[float] = 0.6
    example: ClassVar[Mapping[str, Any]] = {"accounts": 900}

    newcomers: float = Field(
        default=0.02,
        ge=0,
        le=1,
        description="Share of the accounts that sign up within the horizon. Source: assumed: the "
        "accounts of most of a year have piled up.",
    )
    sessions: float = Field(
        default=0.07,
        gt=0,
        le=50,
        description="Median sessions per day, a mean over those who left. Source: assumed: one or "
        "two a week while it is in use.",
    )
    trial: float = Field(
        default=0.45,
        ge=0,
        le=1,
        description="Share that starts with trial credit, which expires; most others buy the least "
        "sum and use it up slowly. Source: assumed, as for casual.",
    )
    together: float = Field(
        default=0.12,
        ge=0,
        le=1,
        description="Share living in a household with other account holders. Source: assumed, as "
        "for casual.",
    )
    dormant: float = Field(
        default=0.15,
        ge=0,
        le=1,
        description="Share that signs up, is inactive for weeks, and then returns or never does. "
        "Source: assumed, as for casual.",
    )

    def usage_profiles(self) -> tuple[UsageProfile, ...]:
        """Short chats."""
        return (QUESTION,)

    def set_up(self, enrolment: Enrolment, batch: AccountBatch) -> None:
        """As private users: a home and a phone, own devices or the household's; few ever pay."""
        enrolment.assign_home_addresses(batch)
        enrolment.assign_personal_resources(batch)
        # 2 to 5 % of free plans convert (M1 of the realism scorecard); the others are assumed.
        enrolment.assign_plans(batch, trial=self.trial, subscription=0.12, converts=0.12)
        enrolment.form_households(batch, self.together)
        batch.life.dormant(self.dormant)
        enrolment.assign_workload(batch, 0, (self.sessions, 0.6), "people", at_most=10)
