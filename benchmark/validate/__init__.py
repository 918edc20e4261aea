"""Does a recording hold what the format promises, and what its scenario asked for?"""

from __future__ import annotations

from benchmark.validate.outcome import Check, Validation
from benchmark.validate.validate import validate

__all__ = ["Check", "Validation", "validate"]
