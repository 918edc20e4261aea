"""Changes of plan: each month of a paying customer's life brings one, or none.

More than a third of new subscribers cancel within the first month, and an AI app keeps 21 % of its
annual subscribers (RevenueCat 2026); firms that sell software for work lose 3 to 7 % a month.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from shamcrowd.simulator.core.streams import Uniforms
from shamcrowd.simulator.lifecycle.offers import INCLUDED, TIERS

NONE, CANCEL, UPGRADE, DOWNGRADE, TO_CREDIT, TO_SUBSCRIPTION = range(6)
"""What a month may bring: the end of a subscription, another tier, or the other way to pay."""
Decisions = npt.NDArray[np.int8]

CANCELS_FIRST = 0.1
"""Share of those who still use it that cancels in the first month (assumed)."""
CANCELS = 0.035
"""The same in each later month (assumed, within the figures above)."""
NOTICES = 0.55
"""Share of subscribers who have left that notices the charge in a month and cancels (assumed; the
others go on paying)."""
HEAVY, LIGHT = 0.8, 0.05
"""Use of a month as a share of what the tier includes from which subscribers think of a higher
tier, and below which of a lower one (assumed)."""
MOVES_UP, MOVES_DOWN = 0.3, 0.12
"""Share of those who do change (assumed)."""
SPONTANEOUS = 0.006
"""Share of all others that take a higher tier, whatever they use (assumed)."""
SWITCHES = 0.012
"""Share that changes between subscription and prepaid credit in a month (assumed)."""
LATE = 2.2
"""Decisions crowd at the end of the month, before the next charge: exponent of their moment
(assumed)."""


@dataclass(frozen=True)
class Month:
    """A month of n paying customers; arrays of shape (n,).

    Attributes:
        first: it is their first.
        in_use: they still use the account.
        subscribed: on a subscription; the others have prepaid credit.
        price: price of the tier, US dollars a month; 0 without a subscription.
        used: use of the last month at list price, US dollars.
    """

    first: npt.NDArray[np.bool_]
    in_use: npt.NDArray[np.bool_]
    subscribed: npt.NDArray[np.bool_]
    price: npt.NDArray[np.float64]
    used: npt.NDArray[np.float64]


def decide(month: Month, luck: Uniforms) -> Decisions:
    """Draw what the month brings.

    ``luck`` has one uniform number a customer, shape (n,).
    """
    included = np.maximum(INCLUDED * month.price, 1e-9)
    cancels = np.where(month.first, CANCELS_FIRST, CANCELS)
    cancels = np.where(month.in_use, cancels, NOTICES) * month.subscribed
    up = np.where(month.used > HEAVY * included, MOVES_UP, SPONTANEOUS)
    up = up * (month.subscribed & month.in_use & (month.price < TIERS[-1]))
    down = MOVES_DOWN * (month.subscribed & (month.price > TIERS[0]))
    down = down * (month.used < LIGHT * included)
    switch = SWITCHES * month.in_use
    edges = np.cumsum([cancels, up, down, switch], axis=0)
    chosen = (luck >= edges).sum(axis=0)
    other = np.where(month.subscribed, TO_CREDIT, TO_SUBSCRIPTION)
    codes = np.array([CANCEL, UPGRADE, DOWNGRADE, TO_CREDIT, NONE], np.int8)[chosen]
    return np.where(chosen == 3, other, codes).astype(np.int8)


def moment(luck: Uniforms) -> Uniforms:
    """Moments within the month, shares of it in [0, 1)."""
    moments: Uniforms = luck ** (1 / LATE)
    return moments
