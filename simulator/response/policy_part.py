"""What all parts of a response policy have in common."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict, field_validator
from pydantic_core import PydanticCustomError

from shamcrowd.simulator.core.duration import UNITS, Duration

Span = tuple[Duration, Duration]
"""Shortest and longest duration; values between are equally likely."""
YEAR = 366 * UNITS["d"]


class PolicyPart(BaseModel):
    """Base of the parts of a policy: nothing unknown in it, and spans in order."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    @field_validator("*", mode="after")
    @classmethod
    def _in_order(cls, value: Any) -> Any:
        if isinstance(value, tuple) and len(value) == 2 and isinstance(value[0], int):
            least, most = value
            if not 0 <= least <= most <= YEAR:
                raise PydanticCustomError(
                    "span", "must be two lengths of time, the smaller first, up to a year"
                )
        return value
