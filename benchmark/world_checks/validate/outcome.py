"""The result of a validation."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from shamcrowd.recording.counting import counted


@dataclass(frozen=True)
class Check:
    """One check: its name, whether it holds, and what was found, as text.

    One that does not apply to the recording fails nothing; ``said`` tells why it does not.
    """

    name: str
    holds: bool
    said: str
    applies: bool = True


def not_applicable(why: str, *names: str) -> list[Check]:
    """Checks of these names that do not apply, for one reason.

    >>> not_applicable("the log has no truth", "truth: supply")[0].said
    'not applicable: the log has no truth'
    """
    return [Check(name, True, f"not applicable: {why}", applies=False) for name in names]


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
        made = sum(check.applies for check in self.checks)
        rest = len(self.checks) - made
        more = f"; {rest} {'is' if rest == 1 else 'are'} not applicable" if rest else ""
        if not wrong:
            return f"valid: all {made} checks hold{more}"
        fail = "fails" if len(wrong) == 1 else "fail"
        return (
            f"not valid: {len(wrong)} of {counted(made, 'check')} {fail}: {', '.join(wrong)}{more}"
        )

    def to_json(self) -> str:
        """The checks as JSON, a list of objects with name, holds, said and applies."""
        about = {"scenario": self.scenario, "seed": self.seed, "passed": self.passed}
        return json.dumps(about | {"checks": [asdict(c) for c in self.checks]}, indent=1) + "\n"
