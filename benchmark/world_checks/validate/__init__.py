"""Validation: does a recording match the format's specification and its scenario?"""

from __future__ import annotations

from shamcrowd.benchmark.world_checks.validate.outcome import Check, Validation
from shamcrowd.benchmark.world_checks.validate.validate import validate

__all__ = ["Check", "Validation", "validate"]
