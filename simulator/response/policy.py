"""Response policies: what alerts lead to. Stages, delays, staff capacity and errors, appeals."""

from __future__ import annotations

import importlib.resources
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import (
    BeforeValidator,
    Field,
    model_validator,
)
from pydantic_core import PydanticCustomError

from shamcrowd.simulator.core.duration import UNITS, Duration
from shamcrowd.simulator.response.identity_check import IdentityCheck
from shamcrowd.simulator.response.lever_rules import LeverRule
from shamcrowd.simulator.response.policy_part import YEAR, PolicyPart, Span
from shamcrowd.simulator.response.sign_up_rules import CreditTerms, RefusedSignUps, SignUpLimit

STANDARD = "standard"


class Stage(PolicyPart):
    """What one alert leads to."""

    action: Literal["challenge", "identity", "throttle", "suspend"] = Field(
        description="Action against the account. Source: the policy."
    )
    people: bool = Field(description="Whether staff review the account first. Source: the policy.")
    delay: Span = Field(
        description="Time from the alert, or from the staff review, to the action. Source: see the "
        "policy."
    )


class ReviewStaff(PolicyPart):
    """The staff who review alerts."""

    capacity: float = Field(
        ge=0,
        le=1000,
        description="Accounts reviewed per day, for each thousand legitimate accounts in the "
        "scenario. Source: see the policy.",
    )
    minutes: float = Field(
        ge=0, le=1440, description="Staff minutes per review. Source: see the policy."
    )
    wrong: float = Field(
        ge=0,
        le=1,
        description="Share of reviewed legitimate accounts that are judged sham. Source: see the "
        "policy.",
    )
    missed: float = Field(
        ge=0,
        le=1,
        description="Share of reviewed sham accounts that are cleared. Source: see the policy.",
    )
    quiet: Duration = Field(
        ge=0,
        le=YEAR,
        description="How long alerts about a cleared account are ignored. Source: see the policy.",
    )


class Throttle(PolicyPart):
    """A lowered rate limit."""

    kind: Literal["rate", "quota", "concurrency"] = Field(
        default="rate",
        description="What is limited: requests per minute, requests per day, or requests in "
        "progress at once. Source: see the policy.",
    )
    share: float = Field(
        gt=0,
        le=1,
        description="Remaining share of the plan's rate limit (rate), or of an hour at that rate, "
        "as a day's allowance (quota). Source: see the policy.",
    )
    at_once: int = Field(
        default=3,
        ge=1,
        le=10_000,
        description="Requests in progress that are let through (concurrency). Source: see the "
        "policy.",
    )
    status: Literal[429, 503] = Field(
        default=429,
        description="HTTP status of refused requests; 503 looks like an overloaded server. "
        "Source: see the policy.",
    )
    quiet: bool = Field(
        default=False,
        description="Whether the account's owner is not told, and a campaign sees the refused "
        "requests alone. Source: see the policy.",
    )
    span: Duration = Field(gt=0, le=YEAR, description="Duration. Source: see the policy.")


class Batches(PolicyPart):
    """Suspensions that take effect together; see `batches`."""

    every: Duration = Field(
        ge=UNITS["h"],
        le=YEAR,
        description="Time from one batch to the next. Source: see the policy.",
    )
    at: Duration = Field(
        default=0,
        ge=0,
        le=YEAR,
        description="When batches begin, counted from Monday 0:00 UTC. Source: see the policy.",
    )
    share: float = Field(
        default=1.0,
        gt=0,
        le=1,
        description="Share of the accounts waiting that a batch takes; the others wait for the "
        "next. Source: see the policy.",
    )
    within: Duration = Field(
        ge=0,
        le=YEAR,
        description="Time in which all suspensions of a batch take effect. Source: see the policy.",
    )

    @model_validator(mode="after")
    def _apart(self) -> Self:
        if self.within > self.every:
            raise PydanticCustomError(
                "batches", "within: must not be longer than every, or batches would overlap"
            )
        return self


class Appeals(PolicyPart):
    """Appeals of suspended owners, and their outcomes."""

    honest: float = Field(
        ge=0, le=1, description="Share of legitimate owners who appeal. Source: see the policy."
    )
    sham: float = Field(
        ge=0, le=1, description="Share of sham accounts that appeal. Source: see the policy."
    )
    wait: Span = Field(
        description="Time from the suspension to the appeal. Source: see the policy."
    )
    answer: Span = Field(
        description="Time from the appeal to the decision. Source: see the policy."
    )
    granted_honest: float = Field(
        ge=0,
        le=1,
        description="Share of legitimate owners' appeals that succeed. Source: see the policy.",
    )
    granted_sham: float = Field(
        ge=0,
        le=1,
        description="Share of sham accounts' appeals that succeed. Source: see the policy.",
    )
    minutes: float = Field(
        ge=0, le=1440, description="Staff minutes per appeal. Source: see the policy."
    )


class ResponsePolicy(PolicyPart):
    """Response to alerts in the closed loop; without stages the reviewer is never called."""

    like: str = Field(
        default=STANDARD,
        description="The named policy that provides all values not given here. Source: the "
        "scenario.",
    )
    about: str = Field(default="", max_length=2000, description="Description. Source: the policy.")
    stages: tuple[Stage, ...] = Field(
        max_length=10,
        description="What an account's first, second, … alert leads to; the last stage applies to "
        "all further alerts. Source: see the policy.",
    )
    again: Duration = Field(
        ge=0,
        le=YEAR,
        description="How long alerts about an account are ignored after an action. Source: see the "
        "policy.",
    )
    people: ReviewStaff = Field(description="Staff who review alerts. Source: see each.")
    throttle: Throttle = Field(description="How throttling works. Source: see each.")
    batches: Batches | None = Field(
        default=None,
        description="When suspensions take effect together; null: each as soon as its delay is "
        "over. Source: see each.",
    )
    appeals: Appeals = Field(description="Appeals against suspensions. Source: see each.")
    leave: float = Field(
        ge=0,
        le=1,
        description="Share of legitimate owners who do not return when a suspension is lifted. "
        "Source: see the policy.",
    )
    identity: IdentityCheck = Field(description="How identity checks work. Source: see each.")
    levers: tuple[LeverRule, ...] = Field(
        default=(),
        max_length=20,
        description="Which findings lead to levers on things. Source: see each.",
    )
    limits: tuple[SignUpLimit, ...] = Field(
        default=(), max_length=10, description="Limits on sign-ups. Source: see each."
    )
    credit: CreditTerms | None = Field(
        default=None,
        description="When trial credit is given; null: as soon as the sign-up is complete. Source: "
        "see each.",
    )
    refused: RefusedSignUps = Field(
        description="What people do whose sign-up is refused. Source: see each."
    )

    @property
    def asks(self) -> bool:
        """Whether the reviewer is called at all."""
        return bool(self.stages or self.levers or self.limits or self.credit)


def policy_folder() -> Path:
    """Return the folder of the named policies."""
    return Path(str(importlib.resources.files("shamcrowd.scenarios"))).resolve() / "responses"


@cache
def policies() -> tuple[str, ...]:
    """Names of the policies shipped with the package.

    >>> {"standard", "none"} <= set(policies())
    True
    """
    return tuple(sorted(path.stem for path in policy_folder().glob("*.yaml")))


@cache
def _read(name: str) -> dict[str, Any]:
    from shamcrowd.recording.yaml_file import read

    data = dict(read(policy_folder() / f"{name}.yaml").data)
    base = data.pop("like", None)
    return data if base is None else _merged(_read(base), data)


def _merged(base: dict[str, Any], data: dict[str, Any]) -> dict[str, Any]:
    """Return ``data`` merged over ``base``, mapping by mapping."""
    out = dict(base)
    for key, value in data.items():
        both = isinstance(value, dict) and isinstance(out.get(key), dict)
        out[key] = _merged(out[key], value) if both else value
    return out


def _whole(given: Any) -> Any:
    """Expand a name, or a mapping over a named policy, to all values of a policy."""
    if isinstance(given, str):
        given = {"like": given}
    if not isinstance(given, dict):
        return given
    name = given.get("like", STANDARD)
    if name not in policies():
        close = get_close_matches(str(name), policies(), n=1)
        raise PydanticCustomError(
            "policy",
            "is not a policy{hint}; there are: {there}",
            {
                "hint": f', did you mean "{close[0]}"?' if close else "",
                "there": ", ".join(policies()),
            },
        )
    return _merged({**_read(name), "like": name}, given)


Response = Annotated[ResponsePolicy, BeforeValidator(_whole)]
"""A policy, given by name or as a mapping."""


def named_policy(name: str) -> ResponsePolicy:
    """Return a policy shipped with the package.

    >>> named_policy("none").asks
    False
    """
    return ResponsePolicy.model_validate(_whole(name))
