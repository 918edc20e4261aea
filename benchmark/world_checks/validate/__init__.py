"""Does a recording hold what the format specifies and what its scenario asked for?"""

from __future__ import annotations

from shamcrowd.benchmark.world_checks.validate.outcome import Check, Validation
from shamcrowd.benchmark.world_checks.validate.validate import validate

__all__ = ["Check", "Validation", "validate"]
