"""What tactics and strategies may see of their campaign and do with it.

This is the interface that a plug-in is written against. Times are ms since 1970. Handles are
the account numbers that `recruit` gives; ids, as they stand in the log, come from
``campaign.context.supply.account_ids(handles)``.
"""

from __future__ import annotations

from collections.abc import Generator
from typing import TYPE_CHECKING, Any, Protocol

from shamcrowd.simulator.campaigns.identity import CampaignIdentity

if TYPE_CHECKING:
    import numpy as np
    import simpy

    from shamcrowd.recording.units import Handles, Millis
    from shamcrowd.simulator.campaigns.account_state import AccountState
    from shamcrowd.simulator.campaigns.activity_spread import ActivitySpread
    from shamcrowd.simulator.campaigns.economics.costs import CampaignCosts
    from shamcrowd.simulator.campaigns.evasion import Evasion
    from shamcrowd.simulator.campaigns.holdings import Holdings
    from shamcrowd.simulator.campaigns.kit import SupplyKit
    from shamcrowd.simulator.campaigns.mimicry import Mimicry
    from shamcrowd.simulator.campaigns.supplier import Supplier
    from shamcrowd.simulator.campaigns.supply_batches import SupplyBatches
    from shamcrowd.simulator.campaigns.tradecraft import Tradecraft
    from shamcrowd.simulator.lifecycle.retention import Retention
    from shamcrowd.simulator.platform.account_batch import AccountBatch, CompromisedAccounts
    from shamcrowd.simulator.populations.common.shared_infrastructure import SharedInfrastructure
    from shamcrowd.simulator.traffic.slice_messages import Loss

WORK, COVER = 0, 1
"""Order of a tactic's usage profiles."""


class CampaignActions(Protocol):
    """What a strategy can have done."""

    def replace(self, moments: Millis) -> None:
        """Open a further account at each moment (shape (n,), ms), as far as the budget allows."""

    def rotate(self, kind: str) -> None:
        """Discard what is left of a kind of supply and buy new, shared by fewer accounts.

        ``kind`` is one of `tradecraft.SUPPLY`, such as ``device``.
        """

    def lie_low(self, until: int) -> None:
        """Send no requests before a moment (ms)."""

    def move(self, handles: Handles, addresses: int) -> None:
        """Let accounts (shape (n,)) that it opened come from so many new addresses each."""

    def change_client(self, handles: Handles) -> None:
        """Let accounts (shape (n,)) that it opened use other client software."""


class Campaign(CampaignIdentity, Protocol):
    """A campaign, as its tactic and its strategy see it.

    Attributes:
        tradecraft: how it makes accounts and works at present; strategies change it.
        account_state: what has become of each of its accounts.
        holdings: what each of its accounts was made with, and which were acted on.
        costs: what it has spent and earned so far, in US dollars.
        supplier: what it learns together with the campaigns that share its supplier.
        kits: the kits that its accounts are made with, except impostors.
        supply_batches: the bought supply that they are made from.
        activity: how unequal its accounts are.
        retention: how long it keeps accounts in use that imitate nobody.
        shared_infrastructure: what strangers share, such as carrier gateways and common browsers.
        mimicry: the population that its accounts imitate; None if they imitate none.
        levels: how much each usage profile is followed in the coming slice, by row (`profile`), as
            a multiple of the workloads' rates. A profile that is missing is not followed.
        recruited: accounts opened or taken over as the tactic planned.
        replacing: whether accounts beyond the tactic's plan are being opened just now.
        given_up: whether it was given up before its end.
        losses_for_tactic: losses that the tactic answers itself, in order.
        losses_for_strategy: losses caused by the platform that the strategy answers, in order.
        refusals: accounts of which requests were refused, whether anybody told it why or not, at
            most once a day and cause each, in order.
    """

    tradecraft: Tradecraft
    account_state: AccountState
    holdings: Holdings
    costs: CampaignCosts
    supplier: Supplier
    kits: tuple[SupplyKit, ...]
    supply_batches: SupplyBatches
    activity: ActivitySpread
    retention: Retention
    shared_infrastructure: SharedInfrastructure
    mimicry: Mimicry | None
    levels: dict[int, float]
    recruited: int
    replacing: bool
    given_up: bool
    losses_for_tactic: list[Loss]
    losses_for_strategy: list[Loss]
    refusals: list[Loss]

    @property
    def actions(self) -> CampaignActions:
        """What its strategy can have done."""

    @property
    def evasion(self) -> Evasion:
        """Its evasion knobs at present."""

    @property
    def alive(self) -> int:
        """Number of accounts that it opened and that still work, or will once they open."""

    def working(self) -> Handles:
        """Handles of its accounts that have opened and still work, throttled ones included."""

    def rng(self, what: str) -> np.random.Generator:
        """A random stream of the campaign's own, a new one for every call.

        ``what`` says what it is for. Nothing drawn from it changes anybody else's numbers.
        """

    def recruit(self, batch: AccountBatch, rng: np.random.Generator, role: str) -> Handles:
        """Open the accounts of a batch; ``role`` is written to ``truth/accounts``.

        Returns:
            Shape (len(batch),): their handles.
        """

    def take_over(
        self,
        compromised: CompromisedAccounts,
        rng: np.random.Generator,
        role: str,
        since: Millis,
        until: Millis,
    ) -> None:
        """Work on accounts of legitimate users.

        Args:
            compromised: n accounts, with the workloads that the campaign adds to them.
            rng: a stream of the campaign's own.
            role: written to ``truth/accounts``.
            since: shape (n,): when the campaign's control of each begins, ms.
            until: shape (n,): when it ends, ms.
        """

    def plan_requests(self, exchanges: int, cover: float = 0.0, *, coming: float = 1.0) -> None:
        """Set `levels` so that the campaign ends with a number of requests.

        What is left is spread over what the accounts can do in the rest of the time, by their own
        hours; a campaign that falls behind catches up.

        Args:
            exchanges: requests wanted over the whole campaign, cover included.
            cover: share of them that is cover traffic, 0 to 1.
            coming: capacity of all accounts once everybody is recruited, as a multiple of the
                present one (1 or more).
        """

    def run_cover(self) -> None:
        """Follow the cover profiles at their own rates, whatever the work asks for."""

    def mimicry_levels(self, cover: float) -> dict[int, float]:
        """Levels at which impostors are as busy as the users they imitate.

        ``cover`` is the share of it that is cover traffic, 0 to 1.
        """

    def capacity(self, number: int, until: int) -> float:
        """Requests of a usage profile from now until a moment (ms) at level 1, by all accounts."""

    def next_slice(self) -> Generator[simpy.Event, Any, None]:
        """Wait until the next slice begins or the campaign ends: ``yield from`` it."""

    def phase(self, phase: str, accounts: int) -> None:
        """Write to ``truth/campaigns`` that a phase begins, and how many accounts it concerns."""

    def planned(self, own: float, until: int) -> float:
        """Share of the accounts that should be open by a moment (ms).

        ``own`` is the tactic's own plan; impostors sign up when the users they imitate do.
        """

    def sign_ups(self, created: Millis, until: int | None = None) -> Millis:
        """Sign-up times, moved to those of the imitated population as far as `mimicry` says.

        Args:
            created: shape (n,): times as the tactic planned them, ms, ascending.
            until: they lie before this moment; by default the end of the campaign.

        Returns:
            Shape (n,): times, ascending; ``created`` itself without mimicry.
        """

    def retire(self) -> None:
        """Stop all requests for good: the campaign has ended as planned."""

    def give_up(self) -> None:
        """Stop before the planned end; a campaign that follows this one may begin."""
