"""How a campaign makes accounts and works at present: as its tactic says, until it learns better.

In the open loop nothing here ever changes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np

from shamcrowd.simulator.core.plans import PAY_AS_YOU_GO, SUBSCRIPTION, TRIAL
from shamcrowd.simulator.platform.account_batch import AccountBatch, delay_first_use

if TYPE_CHECKING:
    from shamcrowd.simulator.campaigns.evasion import Evasion

SUPPLY = ("address", "device", "card", "mailbox", "phone", "client", "prompt")
"""What a campaign can rotate: things it buys, the client it calls with, its prompt templates."""
NARROWED = 0.25
"""A rotation leaves this share of what was lacking to full care with that kind (assumed)."""
MIXES = ("people", "developers", "services", "agents", "builds")
"""Kinds of client to which a campaign moves in turn."""
PATHS = (TRIAL, PAY_AS_YOU_GO, SUBSCRIPTION)
"""Access paths: plans on which an account is opened with a card or none. Contracts are not."""


class Tradecraft:
    """Evasion of now, and how often each kind of supply was rotated.

    ``pace`` is a multiple of the work's level; ``share`` how many accounts stand in for one that
    was lost; ``rest`` the mean days that further accounts rest before work; ``same``: further
    accounts are made from the lot in use; ``path``: the plan on which further accounts are opened,
    None for the tactic's own ways. Until ``quiet`` (ms) nothing is done at all. ``step``
    counts a tactic's own changes of equipment.
    """

    def __init__(self, evasion: Evasion) -> None:
        self.evasion = evasion
        self.rotations: Counter[str] = Counter()
        self.own_only: set[str] = set()
        """Kinds of which it takes only its own: what looked like many honest people's burned."""
        self.pace = 1.0
        self.replacement_ratio = 1.0
        self.rest_days = 0.0
        self.reuse_batch = False
        self.signup_plan: int | None = None
        self.quiet_until = 0
        self.setup_changes = 0

    def prepare(
        self, batch: AccountBatch, rng: Callable[[str], np.random.Generator], most: float
    ) -> None:
        """Have further accounts rest first, for at most ``most`` ms, and sign up by another path.

        ``rng`` gives a stream for a purpose.
        """
        if self.rest_days:
            delay_first_use(batch, rng("rest"), self.rest_days, most)
        if self.signup_plan is not None:
            batch.start_on_plan(self.signup_plan)

    def rotation(self, kind: str) -> float:
        """Care with one kind of supply: the knob, and more after each rotation.

        >>> from shamcrowd.simulator.campaigns.evasion import Evasion
        >>> tradecraft = Tradecraft(Evasion(rotation=0.2))
        >>> tradecraft.rotations["device"] += 1
        >>> tradecraft.rotation("card"), tradecraft.rotation("device")
        (0.2, 0.8)
        """
        turns, knob = self.rotations[kind], self.evasion.rotation
        return 1 - (1 - knob) * NARROWED**turns if turns else knob

    def mix(self, usual: str) -> str:
        """What kinds of client it calls with, ``usual`` by its tactic."""
        turns = self.rotations["client"]
        return MIXES[(MIXES.index(usual) + turns) % len(MIXES)] if turns else usual

    def raise_knob(self, knob: str, by: float) -> None:
        """Turn an evasion knob up, at most to 1."""
        value = min(getattr(self.evasion, knob) + by, 1.0)
        self.evasion = self.evasion.model_copy(update={knob: value})

    def effective_levels(self, levels: dict[int, float], now: int) -> dict[int, float]:
        """Levels of the habits as they are followed at a moment (ms)."""
        if now < self.quiet_until:
            return {}
        if self.pace == 1.0:
            return levels
        return {profile: level * self.pace for profile, level in levels.items()}
