"""Refunds and disputes: money that goes back to those who paid."""

from __future__ import annotations

from shamcrowd.benchmark.world_checks.realism.platform_log import PlatformLog, enough
from shamcrowd.benchmark.world_checks.realism.statistic import PlatformStatistic

LEAST_REFUNDS, LEAST_DISPUTES = 300, 1000
"""Fewest charges of which a share so small can be measured."""


def refunds(log: PlatformLog) -> float:
    """Refunds per charge on a card."""
    return _per_charge(log, "refund", LEAST_REFUNDS)


def disputes(log: PlatformLog) -> float:
    """Chargebacks per charge on a card; those of late charges are still to come."""
    return _per_charge(log, "chargeback", LEAST_DISPUTES)


def _per_charge(log: PlatformLog, kind: str, least: int) -> float:
    activity = log.activity
    charges = int(((activity["kind"] == "charge") & activity["card"].notna()).sum())
    enough(charges, least, "charges")
    return float((activity["kind"] == kind).sum() / charges)


STATISTICS = (
    PlatformStatistic(
        "M2",
        "refunds per charge",
        refunds,
        (0.01, 0.08),
        "4.2 % with AI apps, 3.5 % with others, the highest 15.6 % (RevenueCat 2026)",
        (0.035, 0.042),
    ),
    PlatformStatistic(
        "M3",
        "disputes per charge",
        disputes,
        (0.001, 0.01),
        "0.6 % of e-commerce; networks act from about 1 % on (chargebackcost.com 2026)",
        (0.006, 0.008),
    ),
)
