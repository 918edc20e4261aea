"""Detectors: they receive a view of the log, return findings, and never see the truth."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from shamcrowd.detectors.checks.check import check_detector

__all__ = ["check_detector"]


def __getattr__(name: str) -> Any:
    """Load on first use: importing a part of the package must not load all of it."""
    if name == "check_detector":
        from shamcrowd.detectors.checks.check import check_detector

        return check_detector
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
