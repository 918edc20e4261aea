"""The realism scorecard: compares legitimate traffic with public traces."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from shamcrowd.benchmark.world_checks.realism.judging import Scorecard, scorecard

__all__ = ["Scorecard", "scorecard"]


def __getattr__(name: str) -> Any:
    """Load on first use: the command line must answer ``--help`` at once."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from shamcrowd.benchmark.world_checks.realism import judging

    return getattr(judging, name)
