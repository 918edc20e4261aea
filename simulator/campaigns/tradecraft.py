"""Tradecraft: how a campaign makes accounts and works at present.

It begins as the tactic says; strategies change it. In the open loop it never changes.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import numpy as np

from shamcrowd.simulator.campaigns.prompt_source import PromptSource
from shamcrowd.simulator.core.plans import PAY_AS_YOU_GO, SUBSCRIPTION, TRIAL

if TYPE_CHECKING:
    from shamcrowd.simulator.campaigns.evasion import Evasion
    from shamcrowd.simulator.platform.account_batch import AccountBatch

OWN = PromptSource()
"""Prompts on the campaign's own templates."""
SUPPLY = ("address", "device", "card", "mailbox", "phone", "client", "prompt")
"""What a campaign can rotate: supply that it buys, its API client, its prompt templates."""
NARROWED = 0.25
"""Share of the distance to full care that is left after a rotation of a kind (assumed)."""
MIXES = ("people", "developers", "services", "agents", "builds")
"""Mixes of API clients that a campaign moves through."""
PATHS = (TRIAL, PAY_AS_YOU_GO, SUBSCRIPTION)
"""Plans on which an account can be opened without a contract: the access paths."""


class Tradecraft:
    """How a campaign works at present.

    Attributes:
        evasion: evasion knobs.
        prompts: where its prompts come from.
        rotations: number of rotations of each kind of `SUPPLY`.
        own_only: kinds of which it no longer uses items that legitimate users share, because those
            were acted on more often.
        pace: factor on all levels.
        replacement_ratio: accounts opened for each one that was lost.
        rest_days: mean rest of further accounts before they work, days.
        reuse_batch: further accounts are made from the supply batch in use.
        signup_plan: plan on which further accounts sign up; None: as the tactic does.
        quiet_until: no requests are sent before this moment, ms.
        setup_changes: number of changes of equipment that the tactic itself made.
    """

    def __init__(self, evasion: Evasion, prompts: PromptSource = OWN) -> None:
        self.evasion = evasion
        self.prompts = prompts
        self.rotations: Counter[str] = Counter()
        self.own_only: set[str] = set()
        self.pace = 1.0
        self.replacement_ratio = 1.0
        self.rest_days = 0.0
        self.reuse_batch = False
        self.signup_plan: int | None = None
        self.quiet_until = 0
        self.setup_changes = 0

    def prepare(self, batch: AccountBatch, most: float) -> None:
        """Apply the present tradecraft to further accounts: their rest and their plan.

        Args:
            batch: the accounts.
            most: longest rest, ms.
        """
        if self.rest_days:
            batch.life.rest(np.arange(len(batch)), self.rest_days, most)
        if self.signup_plan is not None:
            batch.start_on_plan(self.signup_plan)

    def rotation(self, kind: str) -> float:
        """Care with one kind of supply, 0 to 1: the rotation knob, and more after each rotation.

        >>> from shamcrowd.simulator.campaigns.evasion import Evasion
        >>> tradecraft = Tradecraft(Evasion(rotation=0.2))
        >>> tradecraft.rotations["device"] += 1
        >>> tradecraft.rotation("card"), tradecraft.rotation("device")
        (0.2, 0.8)
        """
        turns, knob = self.rotations[kind], self.evasion.rotation
        return 1 - (1 - knob) * NARROWED**turns if turns else knob

    def mix(self, usual: str) -> str:
        """Mix of API clients; ``usual`` is the tactic's, which stays if it is not of `MIXES`."""
        turns = self.rotations["client"]
        if not turns or usual not in MIXES:
            return usual
        return MIXES[(MIXES.index(usual) + turns) % len(MIXES)]

    def raise_knob(self, knob: str, by: float) -> None:
        """Raise an evasion knob ``by`` an amount, at most to 1."""
        value = min(getattr(self.evasion, knob) + by, 1.0)
        self.evasion = self.evasion.model_copy(update={knob: value})

    def effective_levels(self, levels: dict[int, float], now: int) -> dict[int, float]:
        """Levels of the usage profiles as they are followed at a moment (ms).

        No profile is followed before ``quiet_until``.
        """
        if now < self.quiet_until:
            return {}
        if self.pace == 1.0:
            return levels
        return {profile: level * self.pace for profile, level in levels.items()}
