"""Evasion knobs: how careful a campaign is."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field

from shamcrowd.simulator.traffic.blend import blend
from shamcrowd.simulator.traffic.usage_profile import UsageProfile


def knob(what: str) -> float:
    """Pydantic field of an evasion knob: 0 careless, 1 as careful as the tactic allows."""
    value: float = Field(
        default=0.3,
        ge=0,
        le=1,
        description=f"{what} 0 careless, 1 as careful as the tactic allows. Source: assumed; "
        "the threat model names no figures and asks for a sweep.",
    )
    return value


class Evasion(BaseModel):
    """How careful a campaign is; each knob is between 0 and 1."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    rotation: float = knob(
        "How widely addresses, devices and cards are spread over accounts, in smaller batches."
    )
    camouflage: float = knob("Share of ordinary-looking traffic mixed in.")
    paraphrase: float = knob("How far prompts depart from their templates.")
    pacing: float = knob("How far the work keeps human hours, sessions and gaps.")
    ageing: float = knob("How long accounts rest between sign-up and work.")
    mimicry: float = Field(
        default=0.0,
        ge=0,
        le=1,
        description="Share of the accounts that imitate legitimate users in every respect: set-up, "
        "sign-up time, daily use. Source: assumed, swept.",
    )

    @property
    def cover(self) -> float:
        """Share of cover traffic in the requests, 0 to 0.6 (threat model A1: 0.3 to 0.9)."""
        return 0.6 * self.camouflage

    def disguised(self, work: UsageProfile, like: UsageProfile) -> UsageProfile:
        """A tactic's work, blended with a legitimate usage profile as far as the knobs say."""
        return blend(work, like, self.pacing, self.paraphrase)
