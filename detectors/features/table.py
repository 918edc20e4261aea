"""The account features: name, formula and unit of each. One readable table; nothing else is used.

Sources: counts, rates and gaps as in the fraud literature's account tables; burstiness after Goh
and Barabasi 2008 (https://doi.org/10.1209/0295-5075/81/48002) on log gaps.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Feature:
    """One column of the feature table."""

    name: str
    formula: str
    unit: str


FEATURES = (
    Feature("age", "log(1 + now - created)", "log hours"),
    Feature("requests", "log(1 + number of requests)", "log requests"),
    Feature("days", "number of days with a request", "days"),
    Feature("daily", "log(1 + requests / days)", "log requests a day"),
    Feature("peak", "log(1 + most requests in one clock hour)", "log requests"),
    Feature("input", "mean of log(1 + input tokens)", "log tokens"),
    Feature("output", "mean of log(1 + output tokens)", "log tokens"),
    Feature("failed", "share of requests not answered with 200", "share"),
    Feature("night", "share of requests between 0 and 6 h local time", "share"),
    Feature("gap", "mean of log(1 + gap between requests)", "log seconds"),
    Feature("gap_spread", "standard deviation of log(1 + gap)", "log seconds"),
    Feature(
        "same_prompt",
        "share of requests whose sketch differs in at most 12 bits from the request before",
        "share",
    ),
    Feature("topics", "number of distinct topics", "topics"),
    Feature("models", "number of distinct models", "models"),
    Feature("addresses", "log(1 + number of distinct addresses)", "log addresses"),
    Feature("address_shared", "log(1 + most accounts on one of its addresses)", "log accounts"),
    Feature("device_shared", "log(1 + accounts signed up on its device)", "log accounts"),
    Feature("card_shared", "log(1 + most accounts on one of its cards)", "log accounts"),
    Feature("cards", "number of cards added", "cards"),
    Feature("declines", "number of declined charges", "charges"),
    Feature("logins", "log(1 + number of log-ins)", "log log-ins"),
)
NAMES = tuple(feature.name for feature in FEATURES)
