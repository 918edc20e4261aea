"""Numbers and settings in words, as the report shows them."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Sequence
from typing import Any

NOTHING = "—"
"""Stands where nothing was measured."""


def figure(value: float | None, unit: str) -> str:
    """A metric's value.

    >>> figure(0.61239, "share"), figure(-0.0001, "share"), figure(4.36, "hours"), figure(None, "")
    ('0.612', '0.000', '4.4 h', '—')
    """
    if value is None:
        return NOTHING
    if unit == "hours":
        return f"{round(value, 1) + 0.0:.1f} h"
    return f"{round(value, 3) + 0.0:.3f}"


def percent(share: float | None) -> str:
    """A share as people read it; all is said of all only.

    >>> percent(0.0123), percent(0.25), percent(0.9997), percent(1.0), percent(None)
    ('1.2 %', '25 %', 'over 99 %', '100 %', '—')
    """
    if share is None:
        return NOTHING
    if 0 < share < 0.0995:
        return f"{share * 100:.2g} %"
    return "over 99 %" if 0.995 <= share < 1 else f"{share * 100:.0f} %"


def count(number: float) -> str:
    """A count.

    >>> count(28800000)
    '28,800,000'
    """
    return f"{number:,.0f}"


def number(value: float | None) -> str:
    """A number that need not be whole, such as a median.

    >>> number(1280.5), number(7.0), number(None)
    ('1,280.5', '7', '—')
    """
    return NOTHING if value is None else f"{value:,.1f}".removesuffix(".0")


def between(numbers: Sequence[int]) -> str:
    """Counts that may differ from recording to recording.

    >>> between([318, 318]), between([1200, 900])
    ('318', '900 to 1,200')
    """
    least, most = min(numbers), max(numbers)
    return count(least) if least == most else f"{count(least)} to {count(most)}"


def counted(number: int, noun: str) -> str:
    """A count and what it counts.

    >>> counted(1, "seed"), counted(3, "seed")
    ('1 seed', '3 seeds')
    """
    return f"{count(number)} {noun}" if number == 1 else f"{count(number)} {noun}s"


def listed(names: Sequence[str]) -> str:
    """Names as a sentence holds them.

    >>> listed(["a"]), listed(["a", "b"]), listed(["a", "b", "c"])
    ('a', 'a and b', 'a, b and c')
    """
    return " and ".join(part for part in (", ".join(names[:-1]), names[-1]) if part)


def moment(milliseconds: int) -> str:
    """A date.

    >>> moment(1_772_409_600_000)
    '2 March 2026'
    """
    day = dt.datetime.fromtimestamp(milliseconds / 1000, dt.UTC)
    return f"{day.day} {day:%B %Y}"


def as_yaml(settings: dict[str, Any]) -> str:
    """Settings as YAML that can be read back.

    >>> print(as_yaml({"a": {"b": [1, 0.0]}, "c": None, "d": True}))
    a:
      b:
      - 1
      - 0.0
    c: null
    d: true
    """
    from ruamel.yaml import YAML

    writer = YAML(typ="safe", pure=True)
    writer.default_flow_style = False
    writer.allow_unicode = True
    text = io.StringIO()
    writer.dump(settings, text)
    return text.getvalue().rstrip("\n")


def duration(seconds: float) -> str:
    """A time as people say it.

    >>> duration(0.26), duration(42.7), duration(75.4), duration(7322)
    ('0.3 s', '42 s', '1 min 15 s', '2 h 2 min')
    """
    if seconds < 60:
        return f"{seconds:.1f} s" if seconds < 10 else f"{int(seconds)} s"
    minutes = int(seconds // 60)
    if minutes < 60:
        return f"{minutes} min {int(seconds % 60)} s"
    return f"{minutes // 60:,} h {minutes % 60} min"


def memory(mib: float) -> str:
    """An amount of memory.

    >>> memory(196.8), memory(2048)
    ('197 MiB', '2.0 GiB')
    """
    return f"{mib:.0f} MiB" if mib < 1024 else f"{mib / 1024:.1f} GiB"
