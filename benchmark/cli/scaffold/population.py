"""A first population."""

PLUGIN = '''"""{Title}: say in a sentence who these people are."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from pydantic import Field

from shamcrowd.simulator.platform.account_batch import AccountBatch
from shamcrowd.simulator.populations.base import Population
from shamcrowd.simulator.populations.common.enrolment import Enrolment
from shamcrowd.simulator.traffic.usage_profile import LEISURE, Lognormal, UsageProfile

QUESTIONS = UsageProfile(
    requests=Lognormal(4.0, 0.8, 100),
    turns=2.0,
    gap=Lognormal(60, 1.0, 3600),
    pause=Lognormal(300, 1.2, 10_800),
    prompt=Lognormal(200, 0.6),
    answer=Lognormal(300, 0.8),
    hours=LEISURE,
)
"""All numbers assumed. Give each the source that you have."""


class {Class}(Population):
    """People who ask a few questions in the evening. Put your own here."""

    source: ClassVar[str] = "assumed"
    looks_like_abuse: ClassVar[str] = "what a detector may take for abuse"
    example: ClassVar[Mapping[str, Any]] = {{"accounts": 60}}

    sessions: float = Field(
        default=0.8, gt=0, le=50, description="Median sessions per day. Source: assumed."
    )
    trial: float = Field(
        default=0.5, ge=0, le=1, description="Share that starts with trial credit. Source: assumed."
    )

    def usage_profiles(self) -> tuple[UsageProfile, ...]:
        """Questions, mostly in the evening."""
        return (QUESTIONS,)

    def set_up(self, enrolment: Enrolment, batch: AccountBatch) -> None:
        """A home and a phone, own devices and an own card."""
        enrolment.assign_home_addresses(batch)
        enrolment.assign_personal_resources(batch)
        enrolment.assign_plans(batch, trial=self.trial, subscription=0.3, converts=0.3)
        enrolment.assign_workload(batch, 0, (self.sessions, 1.0), "people", at_most=30)
'''
TEST = '''"""{Class} keeps the rules for populations."""

from {import_path} import {Class}

from shamcrowd import check_population


def test_keeps_the_rules():
    check_population({Class})
'''
