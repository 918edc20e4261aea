"""The validated scenario: all parameters of a simulation."""

from __future__ import annotations

import datetime as dt
from typing import Any, Literal

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    SerializeAsAny,
    field_validator,
    model_validator,
)
from pydantic_core import InitErrorDetails, PydanticCustomError, ValidationError

from shamcrowd.simulator.campaigns.economics.prices import Prices
from shamcrowd.simulator.campaigns.tactics.base import Tactic
from shamcrowd.simulator.core.duration import UNITS, Duration, text
from shamcrowd.simulator.populations.base import Population
from shamcrowd.simulator.response.policy import STANDARD, Response, named_policy
from shamcrowd.simulator.scenario.audit_terms import AuditTerms
from shamcrowd.simulator.scenario.followers import unfit
from shamcrowd.simulator.scenario.platform_terms import Platform
from shamcrowd.simulator.scenario.prior import Prior, draws

_DAY = UNITS["d"]
MOST_TAKEN = 0.1
"""Largest share of legitimate accounts that one campaign can take over (paid, with a password)."""


class Release(BaseModel):
    """A model released within the horizon; it cannot be called before."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    model: str = Field(description="Name in the platform's catalogue. Source: the scenario.")
    at: Duration = Field(description="Time after the start. Source: the scenario.")
    adoption: float = Field(
        default=0.4,
        ge=0,
        le=1,
        description="Share of legitimate use that moves to it over the following days. Source: "
        "threat model L11 (20 to 60 %).",
    )


class Scenario(BaseModel):
    """Everything that a recording depends on, except seed and version."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)

    id: str = Field(description="File name without its extension. Source: the file's name.")
    format: Literal[1] = Field(alias="schema", description="Version of this format. Source: fixed.")
    title: str = Field(min_length=1, max_length=120, description="One line. Source: the scenario.")
    about: str = Field(
        default="", max_length=4000, description="Description. Source: the scenario."
    )
    start: dt.date = Field(
        ge=dt.date(1990, 1, 1),
        le=dt.date(2199, 12, 31),
        description="First day, from midnight UTC. A time with an offset must be midnight UTC. "
        "Source: the scenario.",
    )
    horizon: Duration = Field(
        gt=0, le=366 * _DAY, description="Simulated time. Source: the scenario."
    )
    slice: Duration = Field(
        default=6 * UNITS["h"],
        ge=UNITS["h"],
        le=_DAY,
        description="Time step in which traffic is generated; decisions take effect between "
        "slices. Source: assumed.",
    )
    reviews: Duration = Field(
        default=6 * UNITS["h"],
        gt=0,
        description="Time between two reviews, at which detectors are run. Source: assumed.",
    )
    shards: int | None = Field(
        default=None,
        ge=1,
        le=64,
        description="Number of partitions of the accounts; by default one per 25,000 accounts, at "
        "most 8. Source: measured, see docs/adr.",
    )
    platform: Platform = Field(
        default_factory=Platform, description="The platform's terms. Source: see each."
    )
    releases: tuple[Release, ...] = Field(
        default=(), description="Model releases. Source: the scenario."
    )
    populations: dict[str, SerializeAsAny[Population]] = Field(
        min_length=1, description="Legitimate users by name. Source: the scenario."
    )
    campaigns: dict[str, SerializeAsAny[Tactic]] = Field(
        default_factory=dict, description="Campaigns by name. Source: the scenario."
    )
    response: Response = Field(
        default_factory=lambda: named_policy(STANDARD),
        description="Response to alerts in the closed loop: a named policy, or a mapping that "
        "changes the policy named by `like`. Source: see each.",
    )
    prices: Prices = Field(
        default_factory=lambda: Prices.model_validate({}),
        description="Prices that campaigns pay and earn; defaults are in "
        "simulator/campaigns/economics/prices.yaml. Source: see there.",
    )
    world: str | None = Field(
        default=None,
        min_length=1,
        max_length=120,
        description="Name of its random streams, by default the scenario's id. Scenarios share "
        "people, row for row, only if they name the same. Source: the scenario.",
    )
    prior: dict[str, Prior] = Field(
        default_factory=dict,
        description="Values that are drawn anew for each seed, by a name of one's own. Source: see "
        "each.",
    )
    audit: AuditTerms = Field(
        default_factory=AuditTerms,
        description="Bounds on how well a single aggregate may separate sham accounts. Source: see "
        "each.",
    )

    @property
    def streams_of(self) -> str:
        """Name of its random streams."""
        return self.world or self.id

    @property
    def start_ms(self) -> int:
        """Start in ms since 1970."""
        return (self.start - dt.date(1970, 1, 1)).days * _DAY

    @field_validator("start", mode="before")
    @classmethod
    def _in_utc(cls, value: Any) -> Any:
        """Convert a moment with an offset to the UTC day that begins then."""
        try:
            moment = value if isinstance(value, dt.datetime) else dt.datetime.fromisoformat(value)
        except (TypeError, ValueError):
            return value
        if moment.tzinfo is None:
            return value
        day = moment.astimezone(dt.UTC)
        if day.time() != dt.time():
            raise PydanticCustomError(
                "fit",
                "is {moment} UTC, and a recording starts at midnight UTC: write {day}, or a time "
                "that is midnight UTC",
                {"moment": f"{day:%Y-%m-%d %H:%M}", "day": f"{day:%Y-%m-%d}"},
            )
        return day.date()

    @model_validator(mode="after")
    def _fits_together(self) -> Scenario:
        faults: list[InitErrorDetails] = []

        def fault(where: tuple[str | int, ...], what: str, **about: Any) -> None:
            faults.append(
                InitErrorDetails(
                    type=PydanticCustomError("fit", what, about),
                    loc=where,
                    input=None,
                )
            )

        if _DAY % self.slice:
            fault(("slice",), "must divide a day evenly: 1h, 2h, 3h, 4h, 6h, 8h, 12h or 24h")
        elif self.slice % UNITS["h"]:
            fault(("slice",), "must be whole hours")
        elif self.horizon % self.slice:
            fault(
                ("horizon",), "must be a whole number of slices of {slice}", slice=text(self.slice)
            )
        if self.reviews % self.slice or self.reviews > self.horizon:
            fault(
                ("reviews",),
                "must be a whole number of slices of {slice} and at most the horizon",
                slice=text(self.slice),
            )
        for number, release in enumerate(self.releases):
            if release.model not in self.platform.models:
                fault(
                    ("releases", number, "model"),
                    "no such model; the catalogue has: {models}",
                    models=", ".join(self.platform.models),
                )
            if release.at >= self.horizon:
                fault(
                    ("releases", number, "at"),
                    "is after the end of the horizon ({end})",
                    end=text(self.horizon),
                )
        if len({r.model for r in self.releases}) == len(self.platform.models):
            fault(
                ("releases",),
                "every model of the catalogue is still unreleased at the start; "
                "leave at least one out",
            )
        honest = sum(population.accounts for population in self.populations.values())
        for name, campaign in self.campaigns.items():
            if campaign.hijacks and campaign.accounts > MOST_TAKEN * honest:
                fault(
                    ("campaigns", name, "accounts"),
                    "takes over {wanted} of {honest} legitimate accounts, of which at most {most} "
                    "are eligible: reduce `accounts`, or enlarge the populations",
                    wanted=campaign.accounts,
                    honest=honest,
                    most=int(MOST_TAKEN * honest),
                )
            if name in self.populations or name == "innocent":
                fault(("campaigns", name), "is the name of a population; choose another")
            if campaign.impostors and campaign.imitates not in self.populations:
                if campaign.imitates is None:
                    cause = "evasion.mimicry" if campaign.kits is None else "kits"
                    problem = f"is missing: `{cause}` needs `imitates: NAME`, one of: {{there}}"
                else:
                    problem = "is not a population that can be imitated; there are: {there}"
                fault(("campaigns", name, "imitates"), problem, there=", ".join(self.populations))
            elif campaign.hijacks and (campaign.impostors or campaign.kits):
                key = ("kits",) if campaign.kits else ("evasion", "mimicry")
                fault(
                    ("campaigns", name, *key),
                    "applies to accounts opened by the campaign, and this tactic opens none; "
                    "remove it",
                )
            start = campaign.start or 0
            if start >= self.horizon:
                fault(
                    ("campaigns", name, "start"),
                    "is after the end of the horizon ({end})",
                    end=text(self.horizon),
                )
            elif start + campaign.duration > self.horizon:
                fault(
                    ("campaigns", name, "duration"),
                    "ends after the horizon: at most {most} are left from its start",
                    most=text(self.horizon - start),
                )
        data = self.model_dump(mode="json", by_alias=True) if self.prior else {}
        drawn: set[str] = set()
        for name, prior in self.prior.items():
            try:
                drawn |= draws({name: prior}, data, 0.5, drawn).keys()
            except ValueError as error:
                fault(("prior", name, "of"), "{said}", said=str(error))
                break
        for place, said in unfit(self.campaigns):
            fault(("campaigns", *place), "{said}", said=said)
        for name, what, there in self.audit.unknown(self.campaigns, self.populations):
            fault(("audit", "paired", name), "{said}; there are: {there}", said=what, there=there)
        if faults:
            raise ValidationError.from_exception_data("scenario", faults)
        return self
