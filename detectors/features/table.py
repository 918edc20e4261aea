"""The account features: name, formula and unit of each. One readable table; nothing else is used.

Sources: counts, rates and gaps as in the fraud literature's account tables; burstiness after Goh
and Barabasi 2008 (https://doi.org/10.1209/0295-5075/81/48002) on log gaps.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Feature:
    """One column of the feature table. ``words`` name the plain quantity behind the formula."""

    name: str
    words: str
    formula: str
    unit: str

    def told(self, value: float) -> str:
        """A value of the column in plain terms, the logarithm undone.

        >>> FEATURES[1].told(2.3978952728)
        '10'
        """
        if self.unit == "share":
            return f"{value:.0%}"
        return f"{np.expm1(value) if self.formula.startswith('log(1 +') else value:.3g}"


FEATURES = (
    Feature("age", "hours since sign-up", "log(1 + now - created)", "log hours"),
    Feature("requests", "requests", "log(1 + number of requests)", "log requests"),
    Feature("days", "days with a request", "number of days with a request", "days"),
    Feature("daily", "requests a day", "log(1 + requests / days)", "log requests a day"),
    Feature(
        "peak",
        "requests in the busiest hour",
        "log(1 + most requests in one clock hour)",
        "log requests",
    ),
    Feature("input", "log of input tokens", "mean of log(1 + input tokens)", "log tokens"),
    Feature("output", "log of output tokens", "mean of log(1 + output tokens)", "log tokens"),
    Feature("failed", "failed requests", "share of requests not answered with 200", "share"),
    Feature(
        "night", "requests at night", "share of requests between 0 and 6 h local time", "share"
    ),
    Feature(
        "gap",
        "log seconds between requests",
        "mean of log(1 + gap between requests)",
        "log seconds",
    ),
    Feature(
        "gap_spread",
        "spread of log seconds between requests",
        "standard deviation of log(1 + gap)",
        "log seconds",
    ),
    Feature(
        "same_prompt",
        "prompts like the one before",
        "share of requests whose sketch differs in at most 12 bits from the request before",
        "share",
    ),
    Feature("topics", "topics", "number of distinct topics", "topics"),
    Feature("models", "models", "number of distinct models", "models"),
    Feature("addresses", "addresses", "log(1 + number of distinct addresses)", "log addresses"),
    Feature(
        "address_shared",
        "accounts on its busiest address",
        "log(1 + most accounts on one of its addresses)",
        "log accounts",
    ),
    Feature(
        "device_shared",
        "accounts signed up on its device",
        "log(1 + accounts signed up on its device)",
        "log accounts",
    ),
    Feature(
        "card_shared",
        "accounts on its card",
        "log(1 + most accounts on one of its cards)",
        "log accounts",
    ),
    Feature("cards", "cards added", "number of cards added", "cards"),
    Feature("declines", "declined charges", "number of declined charges", "charges"),
    Feature("logins", "log-ins", "log(1 + number of log-ins)", "log log-ins"),
)
NAMES = tuple(feature.name for feature in FEATURES)
