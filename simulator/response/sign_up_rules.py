"""Rules at sign-up that hold for everybody, whatever a detector says.

The number of sign-ups from one address, block or device may be limited, and trial credit may be
given only after a card or a phone has been verified.
"""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from shamcrowd.simulator.core.duration import UNITS, Duration
from shamcrowd.simulator.response.policy_part import YEAR, PolicyPart, Span

LIMITED = ("address", "block", "device")


class SignUpLimit(PolicyPart):
    """How many may sign up with one thing within a time."""

    per: Literal["address", "block", "device"] = Field(
        description="What is counted. Source: the policy."
    )
    most: int = Field(ge=1, le=1_000_000, description="Sign-ups let through. Source: see it.")
    within: Duration = Field(
        ge=UNITS["h"],
        le=YEAR,
        description="Length of the windows in which they are counted. Source: see the policy.",
    )


class CreditTerms(PolicyPart):
    """When trial credit is given."""

    after: Literal["card", "phone"] = Field(
        description="What must be verified first. Source: the policy."
    )
    leave: float = Field(
        ge=0,
        le=1,
        description="Share of legitimate trial users asked for it who leave instead. Source: see "
        "the policy.",
    )


class RefusedSignUps(PolicyPart):
    """What legitimate people do whose sign-up is refused by a limit or a lever."""

    returns: float = Field(
        ge=0,
        le=1,
        description="Share that sign up another way. Source: see the policy.",
    )
    wait: Span = Field(description="Time until they do. Source: see the policy.")
