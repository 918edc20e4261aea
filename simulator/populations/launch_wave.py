"""L11 of the threat model: users attracted by a model release, most of whom leave again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, ClassVar

import numpy as np
from pydantic import Field

from shamcrowd.recording.units import MS_PER_DAY
from shamcrowd.simulator.lifecycle.life_parameters import NEWCOMER
from shamcrowd.simulator.platform.account_batch import AccountBatch
from shamcrowd.simulator.populations.base import Population
from shamcrowd.simulator.populations.casual import CHAT, READING
from shamcrowd.simulator.populations.common.enrolment import Enrolment
from shamcrowd.simulator.traffic.usage_profile import Lognormal, UsageProfile

CURIOUS = replace(
    CHAT,
    requests=Lognormal(6, 0.9, 120),
    gap=Lognormal(36, 1.2, 3600),
    reading=READING,
    pause=Lognormal(120, 1.1, 7200),
    prompt=Lognormal(260, 1.0),
    answer=Lognormal(420, 0.9),
    active_share=0.75,
    active_days=2,
    # Many try the same few puzzles that circulate online, in their own words.
    prompt_variation=1,
    topics={**CHAT.topics, "reasoning": 5, "mathematics": 4, "software-engineering": 5},
    models=(0.1, 0.3, 0.6),
    log_ins=0.4,
)


class LaunchWave(Population):
    """A launch wave: 5 to 50 times the usual sign-ups within 2 to 72 h, mostly on trial credit."""

    source: ClassVar[str] = "threat model L11"
    looks_like_abuse: ClassVar[str] = "a wave of trials of a new model, the same test prompts"
    example: ClassVar[Mapping[str, Any]] = {"accounts": 80}
    life_parameters = NEWCOMER

    newcomers: float = Field(
        default=1.0,
        ge=0,
        le=1,
        description="Share of the accounts that sign up within the horizon. Source: by definition, "
        "all of them come for the release.",
    )
    surge: float = Field(
        default=60.0,
        ge=0,
        le=200,
        description="Extra sign-ups after a model release, as a multiple of the usual rate, "
        "decaying with a time constant of 24 h. Source: threat model L11 gives 5 to 50 for a whole "
        "platform; this population comes for the release alone.",
    )
    sessions: float = Field(
        default=1.2,
        gt=0,
        le=50,
        description="Median sessions per day in the first days. Source: assumed.",
    )
    stays: float = Field(
        default=2.5,
        gt=0,
        le=400,
        description="Mean days until a user loses interest. Source: assumed.",
    )

    def usage_profiles(self) -> tuple[UsageProfile, ...]:
        """Puzzles at first, and ordinary chat by those who stay."""
        return (CURIOUS, CHAT)

    def set_up(self, enrolment: Enrolment, batch: AccountBatch) -> None:
        """Private users, most on trial credit."""
        rng, count = enrolment.rng, len(batch)
        enrolment.assign_home_addresses(batch)
        enrolment.assign_personal_resources(batch)
        enrolment.assign_plans(batch, trial=0.8, subscription=0.6, converts=0.15)
        enrolment.form_households(batch, 0.06)
        leaves = batch.created + (rng.exponential(self.stays, count) * MS_PER_DAY).astype(np.int64)
        enrolment.assign_workload(
            batch,
            0,
            (self.sessions, 0.9),
            "people",
            families=enrolment.shared_infrastructure.popular_prompts,
            templates=40,
            at_most=20,
            ends=leaves,
        )
        enrolment.assign_workload(batch, 1, (0.15, 1.1), "people", at_most=20)
