"""The part of a campaign that its helpers need: who it is, when it runs, what it draws on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from shamcrowd.simulator.context import Context
    from shamcrowd.simulator.lifecycle.life_parameters import LifeParameters
    from shamcrowd.simulator.supply.store import Owner


class CampaignIdentity(Protocol):
    """Name, time span and supply of a campaign.

    Attributes:
        name: its name in the scenario.
        kind: name of its tactic, as in ``truth/campaigns``.
        life_parameters: of the population that it looks most like.
        begin: its first moment, ms since 1970.
        owner: numbers the accounts and things that it opens and buys.
        context: what all of the run shares.
    """

    name: str
    kind: str
    life_parameters: LifeParameters
    begin: int
    owner: Owner
    context: Context

    @property
    def end(self) -> int:
        """Its last moment, ms since 1970."""

    @property
    def now(self) -> int:
        """The present moment, ms since 1970."""

    def profile(self, number: int) -> int:
        """Row, in the run's profile tables, of the tactic's usage profile ``number``.

        Numbers count in `Tactic.usage_profiles`: `WORK` is 0, `COVER` is 1.
        """

    def family(self, number: int = 0) -> int:
        """Number of one of the campaign's sets of prompt templates; a new one after a rotation."""
