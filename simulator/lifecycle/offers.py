"""What the platform sells to whom: tiers of the subscription, and sums of prepaid credit."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Dollars = npt.NDArray[np.float64]

TIERS = (20.0, 100.0, 200.0)
"""US dollars a month: the individual plans of Anthropic (Pro, Max 5x, Max 20x) and OpenAI (Plus,
Pro) cost 20, 100 and 200 dollars in 2025 and 2026."""
WORTH = (150.0, 600.0)
"""Monthly use at list price, US dollars, from which the second and the third tier are chosen by
most (assumed)."""
INCLUDED = 8.0
"""Use at list price that a tier includes, as a multiple of its price; more is charged at list price
(assumed; public estimates of what heavy subscribers use lie far above the price)."""
ANNUAL = 0.14
"""Share of subscriptions to the first tier that are paid for a year (assumed)."""
ANNUAL_MONTHS = 10.0
"""Price of a year in months (assumed; Claude Pro: 200 dollars for 12 months of 20)."""
LADDER = (5.0, 10.0, 20.0, 25.0, 50.0, 100.0, 200.0, 250.0, 500.0, 1000.0, 2000.0, 5000.0, 10000.0)
"""Sums that people choose for prepaid credit, US dollars; 5 is the least on public consoles."""
STOCK = 0.6
"""Prepaid credit that is bought at a time, months of use (assumed)."""
AUTOMATIC = 0.55
"""Share of prepaid accounts whose credit is bought automatically when it falls too low; the others
notice that they are not served any more (assumed)."""
ARREARS = 0.3
"""Share of pay-as-you-go accounts that are sent an invoice each month instead (assumed)."""
SPREAD = 0.7
"""Sigma of the logarithm of how people misjudge their own use (assumed)."""


def tier(monthly: Dollars, normal: Dollars) -> Dollars:
    """Monthly price of the tier that people choose.

    Args:
        monthly: shape (n,), use at list price, US dollars a month.
        normal: shape (n,), standard normal numbers.

    >>> tier(np.array([1.0, 200.0, 5000.0]), np.zeros(3)).tolist()
    [20.0, 100.0, 200.0]
    """
    expected = monthly * np.exp(SPREAD * normal)
    return np.array(TIERS)[np.searchsorted(WORTH, expected, side="right")]


def top_up(monthly: Dollars, normal: Dollars) -> Dollars:
    """Prepaid credit that people buy at a time, US dollars: what lasts `STOCK` months, or more.

    Arguments as those of `tier`.

    >>> top_up(np.array([0.1, 100.0]), np.zeros(2)).tolist()
    [5.0, 100.0]
    """
    wanted = STOCK * monthly * np.exp(SPREAD * normal)
    return np.array(LADDER)[np.minimum(np.searchsorted(LADDER, wanted), len(LADDER) - 1)]


def owed_beyond(price: Dollars, used: Dollars) -> Dollars:
    """Use of a month beyond what a tier includes, US dollars at list price.

    >>> owed_beyond(np.array([20.0, 20.0]), np.array([160.0, 170.0])).tolist()
    [0.0, 10.0]
    """
    return np.maximum(used - INCLUDED * price, 0.0)
