"""The result of a validation."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass(frozen=True)
class Check:
    """One check: its name, whether it holds, and what was found, as text."""

    name: str
    holds: bool
    said: str


@dataclass(frozen=True)
class Validation:
    """All checks of one recording."""

    folder: Path
    scenario: str
    seed: int
    checks: tuple[Check, ...]

    @property
    def passed(self) -> bool:
        """Do all checks hold?"""
        return all(check.holds for check in self.checks)

    @property
    def verdict(self) -> str:
        """One line."""
        wrong = [check.name for check in self.checks if not check.holds]
        if not wrong:
            return f"valid: all {len(self.checks)} checks hold"
        return f"not valid: {len(wrong)} of {len(self.checks)} checks fail: {', '.join(wrong)}"

    def to_json(self) -> str:
        """The checks as JSON, a list of objects with name, holds and said."""
        about = {"scenario": self.scenario, "seed": self.seed, "passed": self.passed}
        return json.dumps(about | {"checks": [asdict(c) for c in self.checks]}, indent=1) + "\n"
