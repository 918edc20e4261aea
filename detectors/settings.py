"""Settings of a detector: numbers that can be given from outside, each with a default.

They are the keyword-only arguments of its class. A detector is made without any for a benchmark;
on a log of another size or with other things, a cap or a window may have to be another.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from inspect import Parameter, signature
from typing import Any

from shamcrowd.recording.errors import UsageError

Number = int | float
Settings = Mapping[str, Number]


def settings_of(maker: Callable[..., Any]) -> dict[str, Number]:
    """The settings of a detector's class with their defaults.

    >>> from shamcrowd.detectors.temporal.co_action import CoAction
    >>> settings_of(CoAction)
    {'cap': 60, 'gap_days': 1.0, 'least': 0.1}
    """
    try:
        arguments = signature(maker).parameters.values()
    except ValueError:
        return {}
    return {
        a.name: a.default
        for a in arguments
        if a.kind is Parameter.KEYWORD_ONLY and type(a.default) in (int, float)
    }


def check_settings(name: str, maker: Callable[..., Any], given: Settings) -> None:
    """Refuse settings that a detector does not have, and fractions where it takes whole numbers.

    Raises:
        UsageError: with all that it has.
    """
    known = settings_of(maker)
    for key, value in given.items():
        if key not in known:
            there = ", ".join(f"{k} ({v:g})" for k, v in known.items()) or "none"
            raise UsageError(f"{name} has no setting {key!r}; it has: {there}")
        if type(known[key]) is int and type(value) is not int:
            raise UsageError(f"{name}.{key}={value:g}: takes a whole number")


def parsed_settings(texts: Sequence[str]) -> dict[str, dict[str, Number]]:
    """Settings by detector from texts such as ``co-action.cap=100``.

    Raises:
        UsageError: for a text of another form.

    >>> parsed_settings(["co-action.cap=100", "co-action.gap_days=0.5"])
    {'co-action': {'cap': 100, 'gap_days': 0.5}}
    """
    found: dict[str, dict[str, Number]] = {}
    for text in texts:
        path, equals, value = text.partition("=")
        detector, dot, key = path.strip().rpartition(".")
        number = _number(value.strip())
        if not equals or not dot or not detector or not key or number is None:
            raise UsageError(
                f"--set {text}: write detector.setting=number, such as co-action.cap=100"
            )
        found.setdefault(detector, {})[key] = number
    return found


def _number(text: str) -> Number | None:
    for kind in (int, float):
        try:
            value: Number = kind(text)
        except ValueError:
            continue
        return value if abs(value) < 1e15 else None
    return None
