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


class Stock:
    """The accounts that a campaign has when the recording begins.

    Args:
        campaign: the campaign.
        share: share of its accounts, 0 to 1; none if it does not begin with the recording.
    """

    def __init__(self, campaign: CampaignIdentity, share: float) -> None:
        self._campaign = campaign
        self._share = share if campaign.begin == campaign.context.start else 0.0
        self._part = self._share

    def planned(self, own: float) -> float:
        """Share of all accounts that should be open, if ``own`` of those besides should be."""
        whole = self._share + (1 - self._share) * own
        self._part = self._share / whole if self._share else 0.0
        return whole

    def sign_ups(self, created: Millis) -> Millis:
        """Move a part of the sign-ups at the recording's start to before it.

        Of accounts that are all opened at once, the campaign's share; if `planned` was asked how
        many are to be opened, so many that all of the stock is among them.

        Args:
            created: shape (n,), times as the tactic planned them, ms, ascending.

        Returns:
            Shape (n,): times, ms, ascending.
        """
        campaign, start = self._campaign, self._campaign.context.start
        old = round(self._part * len(created))
        if not old or campaign.context.now != start:
            return created
        kept = created[np.linspace(0, len(created) - 1, len(created) - old).astype(np.int64)]
        luck = campaign.context.streams(f"campaign/{campaign.name}/stock").random(old)
        age = STOCK_DAYS * MS_PER_DAY * (1 - np.sqrt(luck))
        return np.sort(np.concatenate([start - 1 - age.astype(np.int64), kept]))
