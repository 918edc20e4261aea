"""Values of a dossier as text, with the names behind ids where they may be shown."""

from __future__ import annotations

import math

from shamcrowd.benchmark.charts.formatting import NOTHING, count, number, percent
from shamcrowd.benchmark.own_logs.explain.model import Dossier, FigureTable, Unit, Value
from shamcrowd.benchmark.own_logs.explain.things import NAMED


def shown(value: Value, unit: Unit) -> str:
    """A value in the digits of its unit.

    >>> shown(0.0123, "share"), shown(1234.5, "dollars"), shown(None, "count"), shown(12, "days")
    ('1.2 %', '$1,234.50', '—', '12')
    >>> shown(3.2e-7, "expected"), shown(-44.06, "log10"), shown(2.0, "expected")
    ('3.2 · 10⁻⁷', '10⁻⁴⁴', '2')
    """
    if value is None:
        return NOTHING
    if isinstance(value, str):
        return value
    if unit == "share":
        return percent(value)
    if unit == "dollars":
        return f"${value:,.2f}"
    if unit == "log10":
        return _power(value)
    if unit == "expected":
        return number(value) if value >= 0.05 or value == 0 else _small(value)
    if unit == "text":
        return str(value)
    return number(value) if isinstance(value, float) else count(value)


def _small(value: float) -> str:
    """A small number to two digits.

    >>> _small(0.0123), _small(3.2e-7)
    ('0.012', '3.2 · 10⁻⁷')
    """
    if value >= 1e-3:
        return f"{value:.2g}"
    exponent = math.floor(math.log10(value))
    return f"{value / 10.0**exponent:.1f} · 10{_raised(exponent)}"


def _power(exponent: float) -> str:
    """A probability by its decimal logarithm.

    >>> _power(-0.3), _power(0.0), _power(-5.5)
    ('0.5', '1', '10⁻⁵·⁵')
    """
    if exponent > -2:
        return f"{10.0 ** min(exponent, 0.0):.2g}"
    return f"10{_raised(exponent if exponent > -10 else round(exponent))}"


def _raised(exponent: float) -> str:
    text = f"{exponent:.1f}".removesuffix(".0")
    return text.translate(str.maketrans("-.0123456789", "⁻·⁰¹²³⁴⁵⁶⁷⁸⁹"))


def cells(listing: FigureTable, dossier: Dossier) -> list[list[str]]:
    """The rows of a listing as text; an id with the name behind it, if that is known."""
    rows = []
    for row in listing.rows:
        said = [shown(v, c.unit) for v, c in zip(row, listing.columns, strict=True)]
        for column, kind in listing.named:
            held = NAMED.get(str(row[int(kind[1:])]), "") if kind[0] == "=" else kind
            value = row[column]
            name = dossier.names.get(held, {}).get(_id(value))
            if name is not None:
                said[column] = f"{value} ({name})"
        rows.append(said)
    return rows


def _id(value: Value) -> int:
    """The id that a value is; -1, which is none, for anything else."""
    return int(value) if isinstance(value, int | str) and str(value).isdecimal() else -1
