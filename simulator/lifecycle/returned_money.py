"""Money that goes back: refunds by the platform, and disputes at the bank.

AI apps refund 4.2 % of their charges and other apps 3.5 % at the median (RevenueCat 2026). 0.6 % of
all e-commerce charges are disputed, 0.8 to 1.5 % of those of software firms (chargebackcost.com,
2026), and most disputes are of honest cardholders: friendly fraud, forgotten subscriptions. Card
networks act against merchants from about 1 % on.
"""

from __future__ import annotations

from shamcrowd.recording.units import MS_PER_DAY, MS_PER_HOUR

REFUNDED = 0.038
"""Share of charges that are refunded (RevenueCat 2026, between all apps and AI apps)."""
REFUND_AFTER = 30.0 * MS_PER_HOUR
REFUND_SIGMA = 1.6
"""Median ms after the charge, and sigma (assumed)."""
WHOLE = 0.7
"""Share of refunds of the whole sum; the others are of a part (assumed)."""
LEAST_PART = 0.15
"""Least part of a charge that is refunded (assumed)."""
DISPUTED = 0.006
"""Share of charges on an honest card that are disputed (e-commerce as a whole)."""
DISPUTE_AFTER = 22.0 * MS_PER_DAY
DISPUTE_SIGMA = 0.75
"""Median ms after the charge, and sigma (threat model A10: 10 to 60 days; the tails reach the
networks' limit)."""
DISPUTE_WITHIN = 120 * MS_PER_DAY
"""Card networks accept no dispute later than this, ms (120 days: Visa, Mastercard)."""
LEAVES = 0.5
"""Share of refunded subscribers who cancel with it (assumed)."""
