"""What a scenario promises about shortcuts: how well any single thing may tell sham from innocent.

The benchmark's audit holds a recording against it; the simulator only checks the names.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from pydantic import BaseModel, ConfigDict, Field


class AuditTerms(BaseModel):
    """Bounds on the AUC (0.5 chance, 1 told apart without fail) of any single aggregate."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    bound: float = Field(
        default=1.0,
        ge=0.5,
        le=1,
        description="AUC that no single aggregate may exceed against all innocent accounts; 1 "
        "promises nothing. Source: assumed, the difficulty that the scenario is meant to have.",
    )
    paired: dict[str, str] = Field(
        default_factory=dict,
        description="The population that each campaign is hardest to tell from, by the campaign's "
        "name. Source: assumed, see the scenario.",
    )
    paired_bound: float = Field(
        default=1.0,
        ge=0.5,
        le=1,
        description="AUC that no single aggregate may exceed between a campaign and the population "
        "it is paired with; 1 promises nothing. Source: assumed, the difficulty that the scenario "
        "is meant to have.",
    )

    def unknown(
        self, campaigns: Collection[str], populations: Collection[str]
    ) -> Iterator[tuple[str, str, str]]:
        """Pairs that name what is not there: the campaign, what is wrong, what there is."""
        for campaign, population in self.paired.items():
            if campaign not in campaigns:
                yield campaign, "is no campaign", ", ".join(campaigns) or "none"
            if population not in populations:
                what = f'is paired with "{population}", which is no population'
                yield campaign, what, ", ".join(populations)
