"""The red team: a model that sees all features at once, fitted on other seeds of a scenario."""

from __future__ import annotations

from shamcrowd.benchmark.world_checks.red_team.attack import attack
from shamcrowd.benchmark.world_checks.red_team.outcome import RedTeam

__all__ = ["RedTeam", "attack"]
