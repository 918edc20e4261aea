"""How many requests a campaign asks of its accounts in the next slice."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from shamcrowd.recording.units import Handles
from shamcrowd.simulator.campaigns.identity import CampaignIdentity
from shamcrowd.simulator.campaigns.mimicry import Mimicry
from shamcrowd.simulator.campaigns.pacing import Pacing
from shamcrowd.simulator.campaigns.workforce import Workforce

Levels = dict[int, float]
"""Level of each usage profile by its row in the profile tables: a multiple of the workloads'
rates."""
UNFINISHED = 0.04
"""Share of a campaign's time that is kept for finishing sessions (assumed)."""
LAST, MORE = 3, 15.0
"""In its last ``LAST`` slices a campaign with few requests left raises its levels, or chance would
leave it short: by ``MORE`` over the square root of what is left."""
SLACK = 0.03
"""Share of its requests by which a campaign may exceed the number that it wants."""


class RequestPlanner:
    """Spreads the requests that a campaign wants over the capacity of its accounts.

    Attributes:
        pairs: numbers of the work profiles, each with that of its cover profile, if it has one.
        abusive: abusive requests served so far.
        other: other requests served so far.
    """

    def __init__(
        self,
        campaign: CampaignIdentity,
        workforce: Workforce,
        pairs: list[tuple[int, int | None]],
        mimicry: Mimicry | None,
        pacing: Pacing | None,
    ) -> None:
        """``pacing`` limits the pace of each account in the closed loop; None: no limit."""
        self._campaign = campaign
        self._workforce = workforce
        self.pairs = pairs
        self._mimicry = mimicry
        self._pacing = pacing
        self._limit: int | None = None
        self._asked: tuple[npt.NDArray[np.float64], float] | None = None
        """Levels of the work profiles, and the knob of pacing."""
        self.abusive = 0
        self.other = 0

    def capacity(self, number: int, until: int) -> float:
        """Requests of a usage profile from now until a moment (ms) at level 1, by all accounts."""
        context = self._campaign.context
        return self._workforce.capacity(
            number, context.dispatcher.tables, (context.now, until), context.start
        )

    def plan(self, exchanges: int, cover: float, coming: float, knob: float) -> Levels:
        """Levels for the next slice with which the campaign ends at a number of requests.

        Args:
            exchanges: requests wanted over the whole campaign, cover included.
            cover: share of them that is cover traffic, 0 to 1.
            coming: capacity of all accounts once everybody is recruited, as a multiple of the
                present one (1 or more).
            knob: evasion knob of pacing, 0 to 1.
        """
        campaign, slice_ms = self._campaign, self._campaign.context.slice_ms
        served = self.abusive + self.other
        left = max(exchanges - served, 0)
        self._limit = max(round((1 + SLACK) * exchanges) - served, 0)
        # Sessions take time: the last ones begin a little before the end. Impostors work until
        # the end, as the users they imitate do.
        idle = UNFINISHED if self._mimicry is None else 0.0
        last = int(campaign.end - idle * (campaign.end - campaign.begin))
        until = min(max(last, campaign.now + slice_ms), campaign.end)
        capacity = [self.capacity(work, until) for work, _ in self.pairs]
        mimicry = self._mimicry
        weight = (
            np.ones(len(capacity))
            if mimicry is None
            else mimicry.weights(
                capacity,
                [
                    self._workforce.workers_until(work, campaign.now, until)
                    for work, _ in self.pairs
                ],
            )
        )
        total = float(weight @ capacity) * coming
        if campaign.end - campaign.now <= LAST * slice_ms:
            weight *= 1 + MORE / max(left, 1) ** 0.5
        levels = weight * (left / total if total > 0 else 0.0)
        if self._pacing is not None:
            self._asked = levels, knob
        planned = {}
        for (work, cover_profile), own, level in zip(
            self.pairs, capacity, levels.tolist(), strict=True
        ):
            planned[campaign.profile(work)] = level * (1 if cover_profile is None else 1 - cover)
            if cover_profile is not None:
                # So many cover requests per work request, however long the sessions of either are.
                other = self.capacity(cover_profile, until)
                row = campaign.profile(cover_profile)
                planned[row] = level * cover * own / other if other else 0.0
        return planned

    def shares(self) -> tuple[Handles, npt.NDArray[np.float64]]:
        """Accounts that keep only a share of the levels: handles, and the shares, 0 to 1.

        Those that were opened since the levels were planned are among them.
        """
        if self._asked is None or self._pacing is None:
            return np.empty(0, np.int64), np.empty(0)
        levels, knob = self._asked
        state = self._workforce.state
        asked = self._workforce.paces([work for work, _ in self.pairs], levels)
        share = self._pacing.sustainable_shares(asked, state.alive, knob)
        slower = np.flatnonzero(share < 1)
        return state.handle[slower], share[slower]

    def add_served(self, abusive: int, other: int) -> None:
        """Count requests that one shard served in a slice."""
        self.abusive += abusive
        self.other += other

    def quotas(self, shards: int) -> list[int]:
        """Requests that may still be made in each shard, in proportion to the accounts there.

        Empty if the campaign wants no number of requests or has no account at work.
        """
        handles, rates = self._workforce.workers([work for work, _ in self.pairs])
        if self._limit is None or rates.sum() <= 0:
            return []
        shard = self._campaign.context.dispatcher.layout.place(handles)[0]
        share = np.bincount(shard, weights=rates, minlength=shards) / rates.sum()
        return [int(quota) for quota in np.ceil(self._limit * share)]

    def cover_levels(self) -> Levels:
        """Level 1 for all cover profiles."""
        campaign = self._campaign
        return {campaign.profile(cover): 1.0 for _, cover in self.pairs if cover is not None}

    def mimicry_levels(self, cover: float) -> Levels:
        """Levels at which impostors are as busy as the users they imitate.

        ``cover`` is the share of it that is cover traffic, 0 to 1.
        """
        levels = {}
        for work, cover_profile in self.pairs[1:]:
            levels[self._campaign.profile(work)] = 1 - cover
            if cover_profile is not None:
                levels[self._campaign.profile(cover_profile)] = cover
        return levels
