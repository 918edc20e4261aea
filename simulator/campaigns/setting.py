"""What the campaigns of a run share besides the context."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from shamcrowd.simulator.campaigns.decided_strategy import Decider
from shamcrowd.simulator.campaigns.economics.prices import Prices
from shamcrowd.simulator.campaigns.supplier import Supplier
from shamcrowd.simulator.context import Context
from shamcrowd.simulator.populations.base import Population
from shamcrowd.simulator.populations.common.shared_infrastructure import SharedInfrastructure


@dataclass(frozen=True)
class CampaignSetting:
    """The surroundings of all campaigns of a run.

    Attributes:
        context: what all of the run shares.
        prices: price list of supply and earnings.
        populations: legitimate populations by name, which campaigns may imitate.
        shared_infrastructure: what strangers share.
        closed_loop: whether the platform acts on alerts in this run.
        deciders: what decides in place of the strategy of a campaign, by its name.
    """

    context: Context
    prices: Prices
    populations: Mapping[str, Population]
    shared_infrastructure: SharedInfrastructure
    closed_loop: bool
    deciders: Mapping[str, Decider] = field(default_factory=dict)
    _suppliers: dict[tuple[str, bool], Supplier] = field(default_factory=dict)

    def supplier(self, campaign: str, name: str | None) -> Supplier:
        """The supplier called ``name``; without a name, one that serves this campaign alone."""
        key = name or campaign, name is not None
        return self._suppliers.setdefault(key, Supplier())
