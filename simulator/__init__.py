"""The simulator: makes a recording from a scenario. It does not depend on any detector."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from shamcrowd.simulator.simulation import simulate

__all__ = ["simulate"]


def __getattr__(name: str) -> Any:
    """Load on first use: importing a part of the package must not load all of it."""
    if name == "simulate":
        from shamcrowd.simulator.simulation import simulate

        return simulate
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
