"""The error for a name that a scenario gives and nobody knows."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

from pydantic_core import PydanticCustomError


def unknown_name(kind: str, name: str, there: Iterable[str]) -> PydanticCustomError:
    """The error for a name, with the nearest that there is and all others.

    >>> unknown_name("kit", "antidetekt", ["antidetect", "one-machine"]).message()
    'names no kit, did you mean "antidetect"?; there are: antidetect, one-machine'
    """
    known = list(there)
    close = get_close_matches(name, known, n=1)
    return PydanticCustomError(
        "name",
        "names no {kind}{hint}; there are: {there}",
        {
            "kind": kind,
            "hint": f', did you mean "{close[0]}"?' if close else "",
            "there": ", ".join(known),
        },
    )
