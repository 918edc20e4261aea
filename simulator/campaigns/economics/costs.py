"""Costs of a campaign while it runs: what it spends, pays, takes and earns.

Supply is priced when it is bought for an account; `truth/wallets` holds what was really used.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from shamcrowd.recording.units import MS_PER_DAY, NEVER
from shamcrowd.simulator.campaigns.economics.prices import Prices
from shamcrowd.simulator.campaigns.economics.trade import Trade
from shamcrowd.simulator.core.handles import CAMPAIGN_BIT
from shamcrowd.simulator.platform.account_batch import AccountBatch
from shamcrowd.simulator.supply.store import Supply
from shamcrowd.simulator.traffic.slice_messages import SliceSummary

NO_LIMIT = 2**31


class CampaignCosts:
    """US dollars and tokens of one campaign so far.

    Attributes:
        outlay: spent on supply and stolen accounts, US dollars.
        opened: number of accounts that it got for that.
    """

    def __init__(
        self,
        prices: Prices,
        supply: Supply,
        trade: Trade,
    ) -> None:
        self._prices = prices
        self._supply = supply
        self._trade = trade
        self._seen: dict[str, npt.NDArray[np.int64]] = {}
        self._slices: list[tuple[int, float, float, float]] = []
        """Per slice: begin (ms), tokens taken, their list price, US dollars paid minus earned."""
        self.outlay = 0.0
        self.opened = 0

    def add_purchases(self, batch: AccountBatch) -> None:
        """Add the supply that was bought for a batch of own accounts."""
        prices, count = self._prices, len(batch)
        paying = batch.has_card_at_signup | batch.adds_card
        cost = prices.captcha * count + prices.mailbox * count
        used = batch.opens < NEVER
        rest = (batch.opens - batch.created)[used] // MS_PER_DAY
        cost += prices.ageing * int(rest.sum())
        cost += prices.device * len(self._new("device", batch.device))
        cost += self._of_kind("address", batch.first_address, prices.per_address())
        if self._trade.stolen_cards:
            cost += prices.stolen_card * len(self._new("card", batch.card[paying]))
        else:
            cost += self._of_kind("card", batch.card[paying], prices.per_card())
        if self._trade.sells != "codes":
            cost += float(prices.per_country()[batch.country[batch.phone >= 0]].sum())
        self.outlay += cost
        self.opened += count

    def add_addresses(self, addresses: npt.NDArray[np.int64]) -> None:
        """Add addresses (handles) that it bought for accounts in use."""
        self.outlay += self._of_kind("address", addresses, self._prices.per_address())

    def add_stolen(self, count: int) -> None:
        """Add accounts of legitimate users that it took over."""
        self.outlay += self._prices.stolen_account * count
        self.opened += count

    def _new(self, kind: str, things: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
        """Handles among these that it bought and that were not counted before."""
        known = self._seen.get(kind, np.empty(0, np.int64))
        new = np.setdiff1d(things[things >= CAMPAIGN_BIT], known)
        self._seen[kind] = np.concatenate([known, new])
        return new

    def _of_kind(
        self, kind: str, things: npt.NDArray[np.int64], each: npt.NDArray[np.float64]
    ) -> float:
        codes = self._supply.register(kind).codes("kind", self._new(kind, things))
        return float(each[codes].sum())

    def add_slice(self, name: str, summaries: list[SliceSummary], begin: int) -> None:
        """Add the traffic, charges and earnings of the slice that began at ``begin`` (ms)."""
        prices = self._prices
        parts = [summary.consumption[name] for summary in summaries if name in summary.consumption]
        charges = [summary.paid[name][1] for summary in summaries if name in summary.paid]
        abusive_value = sum(part.abusive_value for part in parts)
        paid = prices.gigabyte * prices.traffic(sum(part.tokens for part in parts))
        if not self._trade.stolen_cards:
            paid += sum(charges)
        if self._trade.sells == "tokens":
            paid -= prices.resale * abusive_value
        self._slices.append(
            (begin, sum(part.abusive_tokens for part in parts), abusive_value, paid)
        )

    @property
    def cost_per_account(self) -> float:
        """Mean cost of an account, US dollars."""
        return self.outlay / max(self.opened, 1)

    def working_since(self, slices: int) -> int:
        """When the last ``slices`` slices in which tokens were taken began, ms."""
        begins = [part[0] for part in self._slices if part[1] > 0][-slices:]
        return begins[0] if begins else 0

    def marginal_cost(self, since: int, lost: int) -> tuple[float, float]:
        """Cost of a million tokens to the campaign, and their list price.

        Args:
            since: only what happened from this moment (ms) on counts.
            lost: accounts that have to be replaced.

        Returns:
            US dollars per million tokens: the campaign's cost, infinite if it took none, and the
            list price.
        """
        recent = [part for part in self._slices if part[0] >= since]
        tokens = sum(part[1] for part in recent)
        if tokens <= 0:
            return np.inf, 0.0
        cost = lost * self.cost_per_account + sum(part[3] for part in recent)
        return 1e6 * cost / tokens, 1e6 * sum(part[2] for part in recent) / tokens

    @property
    def remaining(self) -> float | None:
        """US dollars that are left of the budget, 0 or more; None if there is no limit."""
        if self._trade.budget is None:
            return None
        return max(self._trade.budget - self.outlay - sum(part[3] for part in self._slices), 0.0)

    def affordable_accounts(self) -> int:
        """Number of further accounts that the budget allows."""
        left = self.remaining
        return (
            NO_LIMIT
            if left is None or self.cost_per_account <= 0
            else int(left / self.cost_per_account)
        )
