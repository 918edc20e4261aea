"""Which kits a campaign uses, and in what shares."""

from __future__ import annotations

from shamcrowd.simulator.campaigns.identity import CampaignIdentity
from shamcrowd.simulator.campaigns.kit import SupplyKit, kit
from shamcrowd.simulator.campaigns.supply_batches import SupplyBatches
from shamcrowd.simulator.campaigns.tactics.base import Tactic


def batches_of(
    campaign: CampaignIdentity, tactic: Tactic
) -> tuple[tuple[SupplyKit, ...], SupplyBatches]:
    """The kits that a campaign buys, and its supply batches; impostors need neither."""
    bought = {
        name: (share, supply)
        for name, share in tactic.kit_shares().items()
        if share > 0 and (supply := kit(name).supply) is not None
    }
    whole = sum(share for share, _ in bought.values())
    # The stream keeps its name: draws, and with them all worlds, depend on it.
    batches = SupplyBatches(
        {name: (share / whole, supply.batch_size) for name, (share, supply) in bought.items()},
        whole * tactic.accounts,
        campaign.context.streams,
        f"campaign/{campaign.name}/lots",
    )
    return tuple(supply for _, supply in bought.values()), batches
