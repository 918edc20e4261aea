"""What the installed package says it needs, by extra; nothing of it is imported."""

from __future__ import annotations

import re
from functools import cache
from importlib.metadata import PackageNotFoundError, requires, version

_REQUIREMENT = re.compile(r"^([A-Za-z0-9][A-Za-z0-9._-]*)")
_EXTRA = re.compile(r"extra\s*==\s*['\"]([A-Za-z0-9._-]+)['\"]")


def installed(name: str) -> str | None:
    """The version of an installed package; None if it is not installed."""
    try:
        return version(name)
    except PackageNotFoundError:
        return None


@cache
def _by_extra() -> dict[str, list[str]]:
    """Packages by extra; those of every installation under ""."""
    found: dict[str, list[str]] = {"": []}
    for line in requires("shamcrowd") or ():
        name, extra = _REQUIREMENT.match(line), _EXTRA.search(line)
        if name is not None:
            found.setdefault(extra[1] if extra else "", []).append(name[1])
    return found


def needed() -> list[str]:
    """Packages that every installation needs.

    >>> "numpy" in needed()
    True
    """
    return _by_extra()[""]


def extras() -> dict[str, list[str]]:
    """Packages by extra, in the order of the package's metadata.

    >>> extras()["sql"]
    ['duckdb']
    """
    return {extra: names for extra, names in _by_extra().items() if extra}
