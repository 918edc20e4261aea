"""What the red team reached."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from shamcrowd.benchmark.world_checks.audit.bounds import BrokenBound

Interval = tuple[float, float, float]
"""A figure with the ends of its 95 % interval."""


@dataclass(frozen=True)
class RedTeamResult:
    """How well the model separates one campaign from everybody, or from its look-alike.

    Attributes:
        campaign: the campaign.
        against: ``everyone``, or the look-alike population.
        n_sham: sham accounts judged.
        n_honest: honest accounts judged.
        auc: area under the ROC curve; interval of DeLong.
        recall_low: recall at 0.1 % of the honest accounts.
        recall_high: recall at 1 %.
        families: share of the model's gain by family of features, largest first.
        features: share of the gain by feature, of those that give the most.
    """

    campaign: str
    against: str
    n_sham: int
    n_honest: int
    auc: Interval
    recall_low: Interval
    recall_high: Interval
    families: dict[str, float]
    features: dict[str, float]


@dataclass(frozen=True)
class RedTeam:
    """All results, and the bounds that they break."""

    results: tuple[RedTeamResult, ...]
    broken: tuple[BrokenBound, ...]
    features: int

    @property
    def passed(self) -> bool:
        """Do the bounds on look-alikes hold?"""
        return not self.broken

    def to_dict(self) -> dict[str, Any]:
        """The same as data for JSON."""
        return {
            "features": self.features,
            "results": [asdict(result) for result in self.results],
            "broken": [asdict(b) | {"said": b.said} for b in self.broken],
        }
