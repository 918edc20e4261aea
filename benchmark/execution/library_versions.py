"""Versions of the libraries that results may depend on."""

from __future__ import annotations

from contextlib import suppress
from functools import cache
from importlib.metadata import PackageNotFoundError, version

_PACKAGES = (
    "numpy", "pandas", "pyarrow", "scipy", "scikit-learn", "lightgbm", "pyod", "river",
    "scikit-network", "datasketch", "duckdb", "polars", "simpy", "tzdata",
)  # fmt: skip


@cache
def packages() -> dict[str, str]:
    """Versions of the installed packages that results may depend on."""
    found = {}
    for name in _PACKAGES:
        with suppress(PackageNotFoundError):
            found[name] = version(name)
    return found
