"""Where accounts come from: countries, neighbours in the address space, IPv6 (N1 to N6)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shamcrowd.benchmark.world_checks.realism.platform_log import PlatformLog, enough
from shamcrowd.benchmark.world_checks.realism.statistic import PlatformStatistic

if TYPE_CHECKING:
    import pandas as pd

LEAST = 500
"""Accounts that a share needs."""
AT_HOME = ("residential", "mobile")


def _signed_up(log: PlatformLog) -> pd.DataFrame:
    """Accounts with the addresses that signed up, those of homes and phones."""
    about = log.entities("addresses").drop(columns=["first_seen", "country"])
    joined = log.accounts.merge(about, on="address")
    return joined[joined["kind"].isin(AT_HOME)]


def _neighbours(log: PlatformLog, family: str) -> pd.Series:
    """Accounts in the block of each account, itself included."""
    at = _signed_up(log)
    at = at[at["family"] == family]
    enough(len(at), LEAST, f"accounts that signed up by {family}")
    return at["prefix"].map(at["prefix"].value_counts())


def _v4_neighbours(log: PlatformLog) -> float:
    return float(_neighbours(log, "ipv4").median())


def _v4_alone(log: PlatformLog) -> float:
    return float((_neighbours(log, "ipv4") == 1).mean())


def _v6_neighbours(log: PlatformLog) -> float:
    return float(_neighbours(log, "ipv6").mean())


def _ipv6(log: PlatformLog) -> float:
    at = _signed_up(log)
    enough(len(at), LEAST, "accounts that signed up from homes and phones")
    return float((at["family"] == "ipv6").mean())


def _largest_country(log: PlatformLog) -> float:
    return _largest(log, 1)


def _five_countries(log: PlatformLog) -> float:
    return _largest(log, 5)


def _largest(log: PlatformLog, many: int) -> float:
    enough(len(log.accounts), LEAST, "accounts")
    shares = log.accounts["country"].value_counts(normalize=True)
    return float(shares.iloc[:many].sum())


_USAGE = (
    "Anthropic Economic Index, September 2025 (US 21.6, IN 7.2, BR, JP, KR 3.7 %); Similarweb 2026"
)
STATISTICS = (
    PlatformStatistic(
        "N1",
        "accounts in a /24, median account",
        _v4_neighbours,
        (2, 60),
        "assumed: 185 active addresses a /24 (Richter et al. 2016), of which 1 to 30 % are seen",
    ),
    PlatformStatistic(
        "N2", "accounts alone in their /24", _v4_alone, (0.0, 0.35), "assumed, as N1"
    ),
    PlatformStatistic(
        "N3",
        "accounts in a /64, mean",
        _v6_neighbours,
        (1.0, 1.6),
        "assumed: fewer users than on an IPv4 address (Li and Freeman 2020)",
    ),
    PlatformStatistic(
        "N4",
        "IPv6, homes and phones",
        _ipv6,
        (0.35, 0.55),
        "APNIC Labs 42 %, Google 50 % (April 2026)",
        (0.42, 0.50),
    ),
    PlatformStatistic(
        "N5", "largest country", _largest_country, (0.15, 0.38), _USAGE, (0.216, 0.185)
    ),
    PlatformStatistic(
        "N6", "five largest countries", _five_countries, (0.33, 0.58), _USAGE, (0.399, 0.41)
    ),
)
