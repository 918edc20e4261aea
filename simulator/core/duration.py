"""Durations in scenarios, such as ``90s``, ``30m``, ``6h`` or ``14d``; milliseconds internally."""

from __future__ import annotations

import re
from typing import Annotated, Any, get_args

from pydantic import BeforeValidator, PlainSerializer, WithJsonSchema
from pydantic_core import PydanticCustomError

from shamcrowd.recording.units import MS_PER_DAY, MS_PER_HOUR, MS_PER_MINUTE, MS_PER_SECOND

UNITS = {"s": MS_PER_SECOND, "m": MS_PER_MINUTE, "h": MS_PER_HOUR, "d": MS_PER_DAY}
LONGEST_NUMBER = 12
"""Most digits of a number; thirty thousand years in seconds are enough."""
_PATTERN = re.compile(r"(\d+(?:\.\d+)?)([smhd])")


def parse(value: Any) -> int:
    """Return the milliseconds of a duration.

    >>> parse("6h")
    21600000
    """
    if isinstance(value, str):
        match = _PATTERN.fullmatch(value.strip())
        if match and len(match[1]) <= LONGEST_NUMBER:
            return round(float(match[1]) * UNITS[match[2]])
    raise PydanticCustomError(
        "duration", "must be a duration: write a number and a unit, s, m, h or d, such as 6h or 14d"
    )


def text(milliseconds: int) -> str:
    """Return the shortest text of a duration given in milliseconds.

    >>> text(21_600_000), text(1_209_600_000)
    ('6h', '14d')
    """
    for unit, length in reversed(UNITS.items()):
        if milliseconds % length == 0 and milliseconds >= length:
            return f"{milliseconds // length}{unit}"
    return f"{milliseconds / 1000:.3f}".rstrip("0").rstrip(".") + "s"


Duration = Annotated[
    int,
    BeforeValidator(parse),
    PlainSerializer(text, return_type=str),
    WithJsonSchema({"type": "string", "pattern": r"^\d+(\.\d+)?[smhd]$"}),
]


def holds_durations(kind: Any) -> bool:
    """Return whether a field's type is a duration, or made of durations.

    >>> holds_durations(tuple[Duration, Duration] | None), holds_durations(tuple[int, int])
    (True, False)
    """
    if any(getattr(step, "func", None) is parse for step in getattr(kind, "__metadata__", ())):
        return True
    return any(map(holds_durations, get_args(kind)))
