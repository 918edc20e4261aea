"""What the platform does about an alert: stages, delays, people's time and errors, appeals."""

from __future__ import annotations

import importlib.resources
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, field_validator
from pydantic_core import PydanticCustomError

from shamcrowd.simulator.scenario.duration import UNITS, Duration

Span = tuple[Duration, Duration]
"""Least and most; in between all are as likely."""
_YEAR = 366 * UNITS["d"]
STANDARD = "standard"


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    @field_validator("*", mode="after")
    @classmethod
    def _in_order(cls, value: Any) -> Any:
        if isinstance(value, tuple) and len(value) == 2 and isinstance(value[0], int):
            least, most = value
            if not 0 <= least <= most <= _YEAR:
                raise PydanticCustomError(
                    "span", "must be two lengths of time, the smaller first, up to a year"
                )
        return value


class Stage(_Part):
    """What one alert leads to."""

    action: Literal["challenge", "throttle", "suspend"] = Field(
        description="What is done to the account. Source: the policy."
    )
    people: bool = Field(description="Do people look at the account first? Source: the policy.")
    delay: Span = Field(
        description="From the alert, or from the look, to the action. Source: see the policy."
    )


class ReviewStaff(_Part):
    """Who looks at alerts."""

    capacity: float = Field(
        ge=0,
        le=1000,
        description="Accounts that they look at in a day, for each thousand accounts of honest "
        "people in the scenario. Source: see the policy.",
    )
    minutes: float = Field(
        ge=0, le=1440, description="Staff minutes that a look takes. Source: see the policy."
    )
    wrong: float = Field(
        ge=0,
        le=1,
        description="Share of the honest accounts looked at that are taken for sham. Source: see "
        "the policy.",
    )
    missed: float = Field(
        ge=0,
        le=1,
        description="Share of the sham accounts looked at that are cleared. Source: see the "
        "policy.",
    )
    quiet: Duration = Field(
        ge=0,
        le=_YEAR,
        description="How long alerts about a cleared account are left alone. Source: see the "
        "policy.",
    )


class Throttle(_Part):
    """A lowered rate limit."""

    share: float = Field(
        gt=0, le=1, description="What is left of the plan's rate limit. Source: see the policy."
    )
    span: Duration = Field(gt=0, le=_YEAR, description="For how long. Source: see the policy.")


class Appeals(_Part):
    """What suspended owners do, and what comes of it."""

    honest: float = Field(
        ge=0, le=1, description="Share of honest owners who appeal. Source: see the policy."
    )
    sham: float = Field(
        ge=0, le=1, description="Share of sham accounts that appeal. Source: see the policy."
    )
    wait: Span = Field(description="From the suspension to the appeal. Source: see the policy.")
    answer: Span = Field(description="From the appeal to its answer. Source: see the policy.")
    granted_honest: float = Field(
        ge=0, le=1, description="Share of honest appeals that succeed. Source: see the policy."
    )
    granted_sham: float = Field(
        ge=0, le=1, description="Share of sham appeals that succeed. Source: see the policy."
    )
    minutes: float = Field(
        ge=0, le=1440, description="Staff minutes that an appeal takes. Source: see the policy."
    )


class ResponsePolicy(_Part):
    """What alerts lead to in the closed loop; without stages nobody is ever asked."""

    like: str = Field(
        default=STANDARD,
        description="The named policy from which all that is not said here is taken. Source: the "
        "scenario.",
    )
    about: str = Field(
        default="", max_length=2000, description="What it stands for. Source: the policy."
    )
    stages: tuple[Stage, ...] = Field(
        max_length=10,
        description="What an account's first, second, … alert leads to; the last stage holds for "
        "all that follow. Source: see the policy.",
    )
    again: Duration = Field(
        ge=0,
        le=_YEAR,
        description="How long after an action alerts about the same account are left alone. "
        "Source: see the policy.",
    )
    people: ReviewStaff = Field(description="Who looks at alerts. Source: see each.")
    throttle: Throttle = Field(description="How throttling works. Source: see each.")
    appeals: Appeals = Field(description="What comes of suspensions. Source: see each.")
    leave: float = Field(
        ge=0,
        le=1,
        description="Share of honest owners who do not come back when a suspension is lifted. "
        "Source: see the policy.",
    )

    @property
    def asks(self) -> bool:
        """Is a reviewer asked at all?"""
        return bool(self.stages)


def policy_folder() -> Path:
    """Where the named policies lie."""
    return Path(str(importlib.resources.files("shamcrowd.scenarios"))).resolve() / "responses"


@cache
def policies() -> tuple[str, ...]:
    """Names of the policies that come with the package.

    >>> {"standard", "none"} <= set(policies())
    True
    """
    return tuple(sorted(path.stem for path in policy_folder().glob("*.yaml")))


@cache
def _read(name: str) -> dict[str, Any]:
    from shamcrowd.simulator.scenario.yaml_file import read

    data = dict(read(policy_folder() / f"{name}.yaml").data)
    base = data.pop("like", None)
    return data if base is None else _merged(_read(base), data)


def _merged(base: dict[str, Any], data: dict[str, Any]) -> dict[str, Any]:
    """``data`` over ``base``, mapping within mapping."""
    out = dict(base)
    for key, value in data.items():
        both = isinstance(value, dict) and isinstance(out.get(key), dict)
        out[key] = _merged(out[key], value) if both else value
    return out


def _whole(given: Any) -> Any:
    """A name, or a mapping over a named policy, as all of a policy's values."""
    if isinstance(given, str):
        given = {"like": given}
    if not isinstance(given, dict):
        return given
    name = given.get("like", STANDARD)
    if name not in policies():
        close = get_close_matches(str(name), policies(), n=1)
        raise PydanticCustomError(
            "policy",
            "names no policy{hint}; there are: {there}",
            {
                "hint": f', did you mean "{close[0]}"?' if close else "",
                "there": ", ".join(policies()),
            },
        )
    return _merged({**_read(name), "like": name}, given)


Response = Annotated[ResponsePolicy, BeforeValidator(_whole)]
"""A policy, given by its name or as a mapping."""


def named_policy(name: str) -> ResponsePolicy:
    """A policy that comes with the package.

    >>> named_policy("none").asks
    False
    """
    return ResponsePolicy.model_validate(_whole(name))
