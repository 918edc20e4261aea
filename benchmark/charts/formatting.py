"""Numbers, names and settings as text: the same on every page and in the terminal."""

from __future__ import annotations

import datetime as dt
import io
import math
from collections.abc import Sequence
from typing import Any

from shamcrowd.benchmark.scoring.scores import Measurement

NOTHING = "—"
"""Shown where nothing was measured."""
LARGE = 99_999.5
"""From here on `significant` writes powers of ten."""


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
    """A share as a percentage; "100 %" only where it is all of them.

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


def count_range(numbers: Sequence[int]) -> str:
    """The range of counts that may differ between recordings.

    >>> count_range([318, 318]), count_range([1200, 900])
    ('318', '900 to 1,200')
    """
    least, most = min(numbers), max(numbers)
    return count(least) if least == most else f"{count(least)} to {count(most)}"


def listed(names: Sequence[str]) -> str:
    """Names in a sentence.

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
    """A duration.

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


def interval(low: float | None, high: float | None, unit: str) -> str:
    """An interval of a metric's values; "" where there is none.

    >>> interval(0.41234, 0.5, "share"), interval(None, None, "share")
    ('0.412 to 0.500', '')
    """
    if low is None or high is None:
        return ""
    return f"{figure(low, unit)} to {figure(high, unit)}"


def quantity(value: float | None, unit: str) -> str:
    """A figure of the closed loop in the digits of its unit.

    ``unit`` is ``share``, ``hours``, ``dollars``, ``tokens`` (shown in millions) or ``ratio``.

    >>> quantity(0.0423, "share"), quantity(2.5, "ratio"), quantity(39186511.5, "tokens")
    ('4.2 %', '2.50', '39.2 M')
    >>> quantity(12.34, "hours"), quantity(None, "share"), quantity(2850.0, "ratio")
    ('12.3 h', '—', '2,850')
    >>> quantity(-7.2, "dollars"), quantity(-0.2, "share")
    ('−$7', '−20.0 %')
    """
    if value is None:
        return NOTHING
    sign = "−" if value < 0 else ""
    size = abs(value)
    if unit == "share":
        text = f"{size * 100:.1f} %"
    elif unit == "hours":
        text = f"{size:.1f} h"
    elif unit == "dollars":
        text = f"${size:,.2f}" if size < 1 else f"${size:,.0f}"
    elif unit == "tokens":
        text = f"{size / 1e6:,.1f} M"
    else:
        text = f"{size:,.2f}" if size < 100 else f"{size:,.0f}"
    # What is rounded to zero has no sign.
    return sign + text if any(c in "123456789" for c in text) else text


def quantity_interval(measured: Measurement, unit: str) -> str:
    """The interval of a figure of the closed loop; "" below the minimum of seeds.

    >>> quantity_interval(Measurement(0.5, 0.4, 0.6), "share")
    '40.0 % to 60.0 %'
    >>> quantity_interval(Measurement(0.5), "share")
    ''
    """
    if measured.low is None or measured.high is None:
        return ""
    return f"{quantity(measured.low, unit)} to {quantity(measured.high, unit)}"


def significant(value: float | None) -> str:
    """A statistic to three significant figures; "-" where it was not measured.

    >>> significant(0.0147), significant(1.5), significant(63.44), significant(1234.5)
    ('0.015', '1.50', '63.4', '1,234')
    >>> significant(346500.0), significant(float("inf")), significant(-0.0003), significant(None)
    ('3.5e+05', 'inf', '0.000', '-')
    """
    if value is None:
        return "-"
    if not math.isfinite(value):
        return "inf"
    size = abs(value)
    if size >= LARGE:
        return f"{value:.1e}"
    places = 3 if size < 0.995 else 2 if size < 9.995 else 1 if size < 99.95 else 0
    # Adding 0 removes the sign of a value that is rounded to zero.
    return f"{round(value, places) + 0:,.{places}f}"


def limits(ends: tuple[float, float] | None) -> str:
    """A reference range as it was set; "-" for none.

    >>> limits((0.015, 0.3)), limits((-0.02, 60.0)), limits(None)
    ('0.015 to 0.3', '-0.02 to 60', '-')
    """
    return "-" if ends is None else f"{ends[0]:g} to {ends[1]:g}"
