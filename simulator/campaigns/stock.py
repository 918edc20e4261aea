"""Stock: accounts that a campaign had before the recording.

A campaign that is under way when the recording begins did not open all of its accounts that day.
Some it opened or bought earlier: 37 % of fraudulent accounts had not attacked after three months
(threat model, section 3).
"""

from __future__ import annotations

import numpy as np

from shamcrowd.recording.units import MS_PER_DAY, Millis
from shamcrowd.simulator.campaigns.identity import CampaignIdentity

STOCK_DAYS = 240.0
"""Age of the oldest of them, days; young ones are more numerous, as among the residents of a
growing platform (assumed, as `Population.residency_days`)."""


def with_stock(campaign: CampaignIdentity, share: float, created: Millis) -> Millis:
    """Sign-up times of which a share lies before the recording, if the campaign begins with it.

    Args:
        campaign: the campaign.
        share: share of them that is older than the recording, 0 to 1.
        created: shape (n,), times as the tactic planned them, ms, ascending.

    Returns:
        Shape (n,): times, ms, ascending.
    """
    start, old = campaign.context.start, round(share * len(created))
    if not old or not campaign.begin == campaign.context.now == start:
        return created
    kept = created[np.linspace(0, len(created) - 1, len(created) - old).astype(np.int64)]
    luck = campaign.context.streams(f"campaign/{campaign.name}/stock").random(old)
    age = STOCK_DAYS * MS_PER_DAY * (1 - np.sqrt(luck))
    return np.sort(np.concatenate([start - 1 - age.astype(np.int64), kept]))
