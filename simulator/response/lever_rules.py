"""Rules of a policy that lead from findings to levers on things that accounts share.

A lever blocks or slows what goes through a thing for a time: an address block, a network, a card
BIN, a mail domain or a client. It does not ask whose account it is.
"""

from __future__ import annotations

from typing import Literal, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from shamcrowd.simulator.core.duration import Duration
from shamcrowd.simulator.response.policy_part import YEAR, PolicyPart, Span

LeverKind = Literal["block", "network", "bin", "mail-domain", "client"]
About = Literal["account", "address", "card", "block", "network", "bin", "mail-domain", "client"]
WIDER = {"address": ("block", "network"), "card": ("bin",)}
"""Kinds of named things that a lever acts on by what they are in."""


class LeverRule(PolicyPart):
    """One kind of finding, and the lever that it leads to.

    A finding about accounts leads to a lever on each thing that enough of the accounts have used
    that were alerts so far. A finding about a thing leads to one on it.
    """

    about: About = Field(
        description="What the finding is about: an account above the operating point, or a named "
        "thing of a kind. Source: the policy."
    )
    on: LeverKind = Field(description="Kind of thing that the lever is on. Source: the policy.")
    confidence: float = Field(
        default=0.0,
        allow_inf_nan=False,
        description="Least score of a finding that counts, on the detector's own scale. Source: "
        "see the policy.",
    )
    accounts: int = Field(
        default=1,
        ge=1,
        le=1_000_000,
        description="Least number of accounts behind a thing that were alerts (about: account). "
        "Source: see the policy.",
    )
    share: float = Field(
        default=0.0,
        ge=0,
        le=1,
        description="Least share that they are of the accounts seen behind it (about: account). "
        "Source: see the policy.",
    )
    passes: float = Field(
        default=0.0,
        ge=0,
        lt=1,
        description="Share of requests, sign-ups and charges that still go through: 0 blocks, more "
        "slows. Source: see the policy.",
    )
    ipv6: Literal[48, 64] = Field(
        default=64,
        description="Length of the prefixes by which IPv6 addresses are taken together (on: "
        "block); IPv4 has /24. Source: see the policy.",
    )
    delay: Span = Field(
        description="Time from the finding until the lever takes effect. Source: see the policy."
    )
    span: Duration = Field(gt=0, le=YEAR, description="Duration. Source: see the policy.")

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if self.about not in ("account", self.on) and self.on not in WIDER.get(self.about, ()):
            raise PydanticCustomError(
                "lever",
                "on: a finding about a thing leads to a lever on the same kind, an address also to "
                "one on its block or network, a card to one on its BIN; not {about} to {on}",
                {"about": self.about, "on": self.on},
            )
        return self
