"""Counts in sentences: one row, two rows."""

from __future__ import annotations


def counted(number: float, noun: str, plural: str = "") -> str:
    """A count and what it counts.

    Args:
        number: how many there are.
        noun: what follows if there is one; with a verb, the sentence up to it.
        plural: what follows otherwise, unless it only has an "s" more.

    >>> counted(1, "seed"), counted(2000, "seed"), counted(1, "row is late", "rows are late")
    ('1 seed', '2,000 seeds', '1 row is late')
    """
    return f"{number:,.0f} {noun if number == 1 else plural or f'{noun}s'}"
