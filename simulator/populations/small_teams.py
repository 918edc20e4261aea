"""L10 of the threat model: start-ups, agencies and families that run several accounts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np
import numpy.typing as npt
from pydantic import Field

from shamcrowd.recording.units import MS_PER_DAY, Millis
from shamcrowd.simulator.lifecycle.life_parameters import TEAM
from shamcrowd.simulator.lifecycle.retention import PROFESSIONAL, Retention
from shamcrowd.simulator.platform.account_batch import AccountBatch
from shamcrowd.simulator.populations.base import Population
from shamcrowd.simulator.populations.casual import READING
from shamcrowd.simulator.populations.common.enrolment import Enrolment
from shamcrowd.simulator.populations.corporate import OFFICE_WORK
from shamcrowd.simulator.supply.mailboxes import own_domains
from shamcrowd.simulator.traffic.usage_profile import Lognormal, UsageProfile

if TYPE_CHECKING:
    from shamcrowd.simulator.context import Context

AGENCY = UsageProfile(
    requests=Lognormal(14, 0.9, 300),
    turns=2.2,
    gap=Lognormal(20, 1.3, 1800),
    reading=READING,
    pause=Lognormal(60, 1.2, 3600),
    prompt=Lognormal(800, 0.9),
    answer=Lognormal(620, 0.8),
    growth=0.5,
    hours=OFFICE_WORK.hours,
    weekend=0.25,
    active_share=0.65,
    active_days=4,
    topics={
        "marketing": 6,
        "writing": 5,
        "search": 2,
        "translation": 2,
        "summaries": 2,
        "images": 1,
        "software-engineering": 2,
    },
    favourite_share=0.6,
    models=(0.35, 0.45, 0.2),
    endpoint=(0.97, 0.03, 0.0),
    prompt_variation=4,
    log_ins=0.3,
    streams=0.5,
)

LARGEST_AT_HOME = 8
"""Members of a team that half of the teams gather for in a home; larger ones have an office
(assumed)."""


class SmallTeams(Population):
    """Teams: 3 to 60 accounts on one card or domain, numbered mailboxes, often one computer."""

    source: ClassVar[str] = "threat model L10"
    looks_like_abuse: ClassVar[str] = "one card, one computer, consecutive names, invitations"
    circle: ClassVar[str] = "agencies"
    retention: ClassVar[Retention] = PROFESSIONAL
    example: ClassVar[Mapping[str, Any]] = {"accounts": 60}
    life_parameters = TEAM

    size: int = Field(
        default=7,
        ge=2,
        le=60,
        description="Mean accounts per team. Source: threat model L10 (3 to 60).",
    )
    agencies: float = Field(
        default=0.4,
        ge=0,
        le=1,
        description="Share of teams that are agencies: templated writing with one account per "
        "client. Source: assumed.",
    )

    def usage_profiles(self) -> tuple[UsageProfile, ...]:
        """Office work, and an agency's copywriting."""
        return (OFFICE_WORK, AGENCY)

    def impostor_sign_ups(
        self, context: Context, rng: np.random.Generator, count: int, begin: int, end: int
    ) -> Millis:
        """Return sign-up times by team: all accounts of a team within hours or days."""
        first = super().impostor_sign_ups(context, rng, -(-count // self.size), begin, end)
        return np.sort(self._follow(rng, np.repeat(first, self.size)[:count], self.size, end))

    @staticmethod
    def _follow(
        rng: np.random.Generator, first: Millis, size: int | npt.NDArray[np.int64], end: int
    ) -> Millis:
        """Times (ms, before ``end``) at which members follow the ``first`` of their team.

        ``size`` is the number of members of each team, or the same for all.
        """
        teams = -(-len(first) // size) if isinstance(size, int) else len(size)
        haste = rng.exponential(np.where(rng.random(teams) < 0.5, 0.1, 3.0)) * MS_PER_DAY
        room = np.minimum(np.repeat(haste, size)[: len(first)], end - first)
        return first + (rng.random(len(first)) * room).astype(np.int64)

    def set_up(self, enrolment: Enrolment, batch: AccountBatch) -> None:
        """Teams sign up within days and share an office, a card and sometimes a computer."""
        rng, owner, supply, count = enrolment.rng, enrolment.owner, enrolment.supply, len(batch)
        sizes = np.clip(rng.geometric(1 / max(self.size - 2, 1), count) + 2, 3, 60)
        team = np.searchsorted(np.cumsum(sizes), np.arange(count), side="right")
        teams = int(team[-1]) + 1
        head = np.searchsorted(team, np.arange(teams))
        batch.place = batch.place[head[team]]
        # One account of a team comes first, the others follow within hours or days.
        first, latest = batch.created[head[team]], int(batch.created[-1])
        follow = self._follow(rng, first, np.bincount(team), latest)
        # A team that would be alone at the end of the batch keeps its own times.
        batch.created = np.where(first < latest, follow, batch.created)
        batch.created[head] = first[head]
        office = supply.addresses.take(owner.addresses, rng, batch.country[head], "corporate")
        at_home = (rng.random(teams) < 0.5) & (np.bincount(team) <= LARGEST_AT_HOME)
        office[at_home] = supply.addresses.take(
            owner.addresses, rng, batch.country[head[at_home]], "residential"
        )
        own = supply.addresses.take(owner.addresses, rng, batch.country, "residential")
        batch.own_addresses([office[team], office[team], own])
        enrolment.assign_personal_resources(batch)
        nth = np.arange(count) - head[team]
        named = (rng.random(teams) < 0.6)[team]
        domains = np.array(own_domains(rng, teams), object)
        row = np.flatnonzero(named)
        batch.mailbox[row] = supply.mailboxes.in_a_row(
            owner.mailboxes, rng, domains[team[row]], nth[row]
        )
        shared = (rng.random(teams) < 0.5)[team] & (rng.random(count) < 0.8)
        batch.device[shared] = batch.device[head[team[shared]]]
        enrolment.assign_plans(batch, trial=0.4, subscription=0.35, converts=0.4)
        one_card = (rng.random(teams) < 0.7)[team]
        batch.card[one_card] = batch.card[head[team[one_card]]]
        handles = owner.accounts.coming(count)
        invited = (rng.random(teams) < 0.5)[team] & (nth > 0)
        invited &= batch.created > batch.created[head[team]]
        batch.inviter[invited] = handles[head[team[invited]]]
        agency = (rng.random(teams) < self.agencies)[team]
        common = enrolment.shared_infrastructure
        enrolment.assign_workload(
            batch, 0, (0.5, 1.0), "people", who=np.flatnonzero(~agency), at_most=20
        )
        enrolment.assign_workload(
            batch,
            1,
            (0.8, 0.7),
            "people",
            who=np.flatnonzero(agency),
            families=common.prompt_families(rng, self.circle, teams)[team[agency]],
            templates=rng.integers(4, 40, size=teams)[team[agency]],
            at_most=12,
        )
