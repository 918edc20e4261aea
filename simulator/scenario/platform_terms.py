"""The platform's terms in a scenario: models and prices, trial credit, limits and challenges."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field, field_validator
from pydantic_core import PydanticCustomError

from shamcrowd.simulator.core.plans import PLANS

HIGHEST_LIMIT = 1_000_000


class Model(BaseModel):
    """List price of one model, US dollars per million tokens."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    input_price: float = Field(
        ge=0,
        le=1_000_000,
        description="Dollars per million input tokens. "
        "Source: assumed, in the range of public price lists.",
    )
    output_price: float = Field(
        ge=0,
        le=1_000_000,
        description="Dollars per million output tokens. "
        "Source: assumed, in the range of public price lists.",
    )


def _catalogue() -> dict[str, Model]:
    return {
        "swift-2": Model(input_price=0.8, output_price=4.0),
        "steady-3": Model(input_price=3.0, output_price=15.0),
        "deep-3": Model(input_price=5.0, output_price=25.0),
        "deep-4": Model(input_price=5.0, output_price=25.0),
    }


class Platform(BaseModel):
    """What the platform sells, and how it protects itself."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    models: dict[str, Model] = Field(
        default_factory=_catalogue,
        min_length=1,
        max_length=100,
        description="Catalogue, cheap to expensive: names and prices. Source: invented, assumed.",
    )
    trial_credit: float = Field(
        default=5.0,
        gt=0,
        le=1000,
        description="Trial credit, US dollars. Source: assumed; the threat model infers about 8 "
        "dollars of compute per trial [23].",
    )
    trial_days: float = Field(
        default=30.0,
        gt=0,
        le=3650,
        description="Days after which trial credit expires. Source: assumed; public terms give a "
        "month to three.",
    )
    requests_per_minute: dict[str, int] = Field(
        default_factory=lambda: dict(zip(PLANS, (20, 240, 120, 1000), strict=True)),
        description="Rate limit by plan, requests per minute. Source: assumed.",
    )
    server_fault_rate: float = Field(
        default=0.006,
        ge=0,
        le=0.5,
        description="Share of requests that fail with a server error outside outages. Source: "
        "realism notes: 1 % of API calls fail (BurstGPT); the share of server errors is assumed.",
    )
    outages: float = Field(
        default=17.0,
        ge=0,
        le=1000,
        description="Mean number of outages in 30 days, 65 % of one model. Source: five days of 16 "
        "with incidents of models, which are 11 in 30 days (status.claude.com, April 2026).",
    )
    challenge_rate: float = Field(
        default=0.002,
        ge=0,
        le=1,
        description="Share of a day's active accounts that get a random identity challenge. "
        "Source: assumed.",
    )

    @field_validator("requests_per_minute")
    @classmethod
    def _every_plan(cls, value: dict[str, int]) -> dict[str, int]:
        limits = value.values()
        if set(value) != set(PLANS) or min(limits) < 1 or max(limits) > HIGHEST_LIMIT:
            raise PydanticCustomError(
                "plans",
                "must give a limit of 1 to 1,000,000 for each plan: {plans}",
                {"plans": ", ".join(PLANS)},
            )
        return value
