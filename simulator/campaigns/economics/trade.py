"""What a campaign trades in, as far as its costs and earnings depend on it."""

from __future__ import annotations

from typing import Literal, Protocol


class Trade(Protocol):
    """The part of a tactic that its costs depend on; see `Tactic`."""

    @property
    def sells(self) -> Literal["", "tokens", "codes"]:
        """What it is paid for: tokens resold, or codes sent to its numbers."""

    @property
    def stolen_cards(self) -> bool:
        """Whether it pays with cards whose owners pay the charges."""

    @property
    def budget(self) -> float | None:
        """US dollars that it may spend on accounts; None: no limit."""
