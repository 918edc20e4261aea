"""Finds out what burned its accounts and changes that, within hours.

Threat model: the blocked attribute is changed within 0.2 to 12 h (A12), lost accounts are replaced
within 1 to 48 h (A1); each control breeds an evasion layer (section 3 [16]). What is to blame is
told by join counts (`shamcrowd.simulator.campaigns.loss_attribution`) over the accounts made in
the present way, pooled over
all who share a supplier. If nearly all are lost, all supply is changed. If supply is not to blame,
behaviour is: prompts, camouflage, pace, the number of accounts, the client and the access path
(threat model A2: "several access paths") in turn.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from shamcrowd.recording.units import MS_PER_HOUR
from shamcrowd.simulator.campaigns.loss_attribution import MIN_LOSSES, likely_cause
from shamcrowd.simulator.campaigns.strategies.base import Strategy
from shamcrowd.simulator.campaigns.tradecraft import SUPPLY
from shamcrowd.simulator.traffic.slice_messages import Loss

if TYPE_CHECKING:
    from shamcrowd.simulator.campaigns.campaign import Campaign
    from shamcrowd.simulator.campaigns.supplier import Supplier

RETOOL = (0.2, 12.0)
"""Hours from what was learned to the change (threat model A12)."""
LAG = (1.0, 48.0)
"""Hours until a lost account is replaced (threat model A1)."""
ALL = 0.8
"""Share lost from which on everything is changed (assumed)."""
PATIENCE = 3 * MIN_LOSSES
"""Losses without a culprit among the supply after which behaviour is changed (assumed)."""
BEHAVIOUR = ("prompt", "camouflage", "pace", "split", "client", "path")
MORE = 0.3
"""By how much a knob is turned up (assumed)."""
SLOWER = 0.6
"""What slowing down leaves of the pace (assumed)."""
SPLIT = 1.5
"""Accounts that stand in for one after splitting the work (assumed)."""


class Learning(Strategy):
    """Infers why accounts were lost, changes that within 12 hours, replaces within 48."""

    def __init__(self, campaign: Campaign) -> None:
        super().__init__(campaign)
        self._done = 0

    @property
    def supplier(self) -> Supplier:
        """With whom it shares what it learns."""
        return self.campaign.supplier

    def answer(self, losses: list[Loss]) -> None:
        """Look for a culprit if there is news; make the changes that are due; replace."""
        campaign, now = self.campaign, self.campaign.now
        if losses and not self.supplier.pending(now):
            what = self._culprits()
            if what:
                lag = int(campaign.rng("retool").uniform(*RETOOL) * MS_PER_HOUR)
                self.supplier.announce(now + lag, what)
        due = self.supplier.changes(now)
        for change in due[self._done :]:
            self._change(change)
        self._done = len(due)
        self.replace(losses, LAG)

    def _culprits(self) -> tuple[str, ...]:
        """Kinds of supply to rotate, or one way to behave otherwise; nothing if it is too early."""
        evidence = self.supplier.evidence(self.campaign.now)
        lost = sum(int(hit.sum()) for _, hit in evidence)
        there = sum(len(hit) for _, hit in evidence)
        kind = likely_cause(evidence)
        if kind is not None:
            return (kind,)
        if lost >= MIN_LOSSES and lost >= ALL * there:
            return SUPPLY
        if lost >= PATIENCE:
            return (f"behave {BEHAVIOUR[self.supplier.behaviour_changes % len(BEHAVIOUR)]}",)
        return ()

    def _change(self, what: tuple[str, ...]) -> None:
        """Rotate the burned supply, or behave otherwise."""
        campaign, tradecraft = self.campaign, self.campaign.tradecraft
        for one in what:
            _, behave, kind = one.rpartition("behave ")
            if kind == "camouflage":
                tradecraft.raise_knob("camouflage", MORE)
            elif kind == "pace":
                tradecraft.pace *= SLOWER
            elif kind == "split":
                tradecraft.replacement_ratio = SPLIT
            elif kind == "path":
                tradecraft.signup_plan = campaign.holdings.safest_plan(tradecraft.signup_plan)
            else:
                campaign.actions.rotate(kind)
            if behave:
                campaign.phase(f"behave: {kind}", campaign.alive)
        campaign.holdings.reset_evidence()
