"""Infers what got its accounts caught and changes that, within hours.

Threat model: the blocked attribute is changed within 0.2 to 12 h (A12), lost accounts are replaced
within 1 to 48 h (A1); each control breeds an evasion layer (section 3 [16]). The cause is inferred
by join counts (see `loss_attribution`) over the accounts made in the present way, pooled over all
campaigns that share a supplier. If nearly all are lost, all supply is changed. If supply is not the
cause, behaviour is taken to be: prompts, camouflage, pace, the number of accounts, the client and
the access path (threat model A2: "several access paths") are changed in turn.
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
"""Hours from the inference to the change, least and most (threat model A12)."""
LAG = (1.0, 48.0)
"""Hours until a lost account is replaced, least and most (threat model A1)."""
ALL = 0.8
"""Share of accounts lost from which on all supply is changed (assumed)."""
PATIENCE = 3 * MIN_LOSSES
"""Losses not explained by supply after which behaviour is changed (assumed)."""
BEHAVIOUR = ("prompt", "camouflage", "pace", "split", "client", "path")
MORE = 0.3
"""By how much a knob is raised (assumed)."""
SLOWER = 0.6
"""Factor on the pace when it slows down (assumed)."""
SPLIT = 1.5
"""Accounts opened for each lost one after splitting the work (assumed)."""


class Learning(Strategy):
    """Infers why accounts were lost, changes that within 12 hours, replaces within 48."""

    def __init__(self, campaign: Campaign) -> None:
        super().__init__(campaign)
        self._done = 0

    @property
    def supplier(self) -> Supplier:
        """The supplier, through which it shares what it learns."""
        return self.campaign.supplier

    def answer(self, losses: list[Loss]) -> None:
        """Infer a cause if there are new losses; make the changes that are due; replace."""
        campaign, now = self.campaign, self.campaign.now
        if losses and not self.supplier.pending(now):
            what = self._causes()
            if what:
                lag = int(campaign.rng("retool").uniform(*RETOOL) * MS_PER_HOUR)
                self.supplier.announce(now + lag, what)
        due = self.supplier.changes(now)
        for change in due[self._done :]:
            self._change(change)
        self._done = len(due)
        self.replace(losses, LAG)

    def _causes(self) -> tuple[str, ...]:
        """Kinds of supply to rotate, or one change of behaviour; empty if it is too early."""
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
        """Rotate supply, or change behaviour."""
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
