"""Bounds that a scenario sets on shortcuts: how well a single aggregate may separate sham accounts.

The benchmark's audit checks recordings against them; the simulator checks the names only.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from pydantic import BaseModel, ConfigDict, Field


class AuditTerms(BaseModel):
    """Bounds on the AUC of any single aggregate (0.5: chance, 1: perfect separation)."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    bound: float = Field(
        default=1.0,
        ge=0.5,
        le=1,
        description="Highest AUC that a single aggregate may reach against all legitimate "
        "accounts; 1: no bound. Source: assumed, the intended difficulty of the scenario.",
    )
    paired: dict[str, str] = Field(
        default_factory=dict,
        description="For each campaign, by name, the population that is hardest to distinguish "
        "from it. Source: assumed, see the scenario.",
    )
    paired_bound: float = Field(
        default=1.0,
        ge=0.5,
        le=1,
        description="Highest AUC that a single aggregate may reach between a campaign and its "
        "paired population; 1: no bound. Source: assumed, the intended difficulty of the scenario.",
    )

    def unknown(
        self, campaigns: Collection[str], populations: Collection[str]
    ) -> Iterator[tuple[str, str, str]]:
        """Yield pairs with unknown names: the campaign, the fault, the names that exist."""
        for campaign, population in self.paired.items():
            if campaign not in campaigns:
                yield campaign, "is not a campaign", ", ".join(campaigns) or "none"
            if population not in populations:
                what = f'is paired with "{population}", which is not a population'
                yield campaign, what, ", ".join(populations)
