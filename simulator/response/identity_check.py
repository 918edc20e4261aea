"""Checks of identity with a document and a selfie: what they cost, and who fails or leaves."""

from __future__ import annotations

from pydantic import Field

from shamcrowd.simulator.response.policy_part import PolicyPart


class IdentityCheck(PolicyPart):
    """How an identity check works, for everybody whose account a stage sends to one."""

    leaves_honest: float = Field(
        ge=0,
        le=1,
        description="Share of legitimate owners who do not answer. Source: see the policy.",
    )
    fails_honest: float = Field(
        ge=0,
        le=1,
        description="Share of answers of legitimate owners that are rejected. Source: see the "
        "policy.",
    )
    passes_sham: float = Field(
        ge=0,
        le=1,
        description="Share of sham accounts for which a campaign can show a person. Source: see "
        "the policy.",
    )
    price: float = Field(
        ge=0,
        le=1000,
        description="What the platform pays for each check that is passed, US dollars. Source: see "
        "the policy.",
    )
