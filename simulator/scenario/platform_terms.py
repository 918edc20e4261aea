"""The platform's terms in a scenario: models and prices, trial credit, limits and challenges."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator
from pydantic_core import PydanticCustomError

from shamcrowd.simulator.core.plans import PLANS

HIGHEST_LIMIT = 1_000_000
CACHED_SHARE = 0.1
"""Price of a token read from the prompt cache, in prices of one that is not."""


class Model(BaseModel):
    """List price of one model, US dollars per million tokens, and how often it reasons."""

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
    cached_price: float = Field(
        default_factory=lambda own: round(own.get("input_price", 0.0) * CACHED_SHARE, 9),
        ge=0,
        le=1_000_000,
        description="Dollars per million input tokens that are read from the prompt cache. "
        "Default: a tenth of input_price. Source: Anthropic and Mistral, prompt caching: reads "
        "cost a tenth.",
    )
    reasoning: float = Field(
        default=0.4,
        ge=0,
        le=1,
        description="Share of the accounts that let it reason before it answers. "
        "Source: assumed; more than half of a router's tokens are those of models that can "
        "(OpenRouter and a16z, State of AI, December 2025).",
    )

    @model_validator(mode="after")
    def _cache_is_no_dearer(self) -> Model:
        if self.cached_price > self.input_price:
            raise PydanticCustomError(
                "cached_price", "cached_price must be at most input_price: a cache is no dearer"
            )
        return self

    @property
    def token_prices(self) -> tuple[float, float, float]:
        """Dollars per million input, output and cached tokens."""
        return self.input_price, self.output_price, self.cached_price


def _catalogue() -> dict[str, Model]:
    return {
        "swift-2": Model(input_price=0.8, output_price=4.0, reasoning=0.1),
        "steady-3": Model(input_price=3.0, output_price=15.0, reasoning=0.4),
        "deep-3": Model(input_price=5.0, output_price=25.0, reasoning=0.6),
        "deep-4": Model(input_price=5.0, output_price=25.0, reasoning=0.7),
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
    slow_spells: float = Field(
        default=30.0,
        ge=0,
        le=1000,
        description="Mean number of spells in 30 days in which answers take 1.5 to 8 times as "
        "long, 65 % of one model. Source: assumed; each of ten models had waits of 2 to 20 times "
        "its median within a day (modelstats.ai, 2026).",
    )
    overload_status: Literal[503, 529] = Field(
        default=503,
        description="HTTP status of an overloaded platform: 503, or 529 as in Anthropic's API.",
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
