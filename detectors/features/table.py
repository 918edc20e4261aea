"""The account features: name, label, formula and unit of each.

Sources: counts, rates and gaps as in the fraud literature's account tables; burstiness after Goh
and Barabasi 2008 (https://doi.org/10.1209/0295-5075/81/48002); entropies after Shannon, in bits.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from shamcrowd.recording.units import MS_PER_HOUR

AGE, IDLE = "age", "idle"
"""The two features that change while an account is idle."""


@dataclass(frozen=True)
class Feature:
    """One column of the feature table.

    Attributes:
        name: name of the column.
        label: the quantity in words, without the logarithm; used in reasons.
        formula: how it is computed.
        unit: unit of the value.
    """

    name: str
    label: str
    formula: str
    unit: str

    def formatted(self, value: float) -> str:
        """Format a value of the column for a reason, with the logarithm undone.

        >>> FEATURES[NAMES.index("requests")].formatted(2.3978952728)
        '10'
        """
        if self.unit == "share":
            return f"{value:.0%}"
        return f"{np.expm1(value) if self.formula.startswith('log(1 +') else value:.3g}"


FEATURES = (
    # What was given at sign-up.
    Feature(AGE, "hours since sign-up", "log(1 + now - created)", "log hours"),
    Feature("member", "in an organisation", "1 if an organisation invited it, else 0", "flag"),
    Feature("phone", "with a phone", "1 if a phone was verified at sign-up, else 0", "flag"),
    Feature("trial", "on trial at sign-up", "1 if it signed up for the trial, else 0", "flag"),
    # How much, and when.
    Feature("requests", "requests", "log(1 + number of requests)", "log requests"),
    Feature("days", "days with a request", "number of days with a request", "days"),
    Feature("daily", "requests a day", "log(1 + requests / days)", "log requests a day"),
    Feature(
        "peak",
        "requests in the busiest hour",
        "log(1 + most requests in one clock hour)",
        "log requests",
    ),
    Feature(
        "wait", "hours until the first request", "log(1 + first request - created)", "log hours"
    ),
    Feature(IDLE, "hours since the last request", "log(1 + now - last request)", "log hours"),
    Feature("failed", "failed requests", "share of requests not answered with 200", "share"),
    Feature(
        "night", "requests at night", "share of requests between 0 and 6 h local time", "share"
    ),
    Feature(
        "hours",
        "spread over the hours of the day",
        "entropy of the local hour of its requests",
        "bits",
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
        "burstiness",
        "burstiness",
        "(s - m) / (s + m), m and s mean and standard deviation of its gaps",
        "-1 to 1",
    ),
    # What the requests are about.
    Feature("input", "log of input tokens", "mean of log(1 + input tokens)", "log tokens"),
    Feature(
        "input_spread",
        "spread of log input tokens",
        "standard deviation of log(1 + input tokens)",
        "log tokens",
    ),
    Feature("output", "log of output tokens", "mean of log(1 + output tokens)", "log tokens"),
    Feature(
        "output_spread",
        "spread of log output tokens",
        "standard deviation of log(1 + output tokens)",
        "log tokens",
    ),
    Feature(
        "same_prompt",
        "prompts like the one before",
        "share of requests whose sketch differs in at most 12 bits from the request before",
        "share",
    ),
    Feature(
        "same_conversation",
        "requests that go on with a conversation",
        "share of requests in the conversation of the request before",
        "share",
    ),
    Feature(
        "prompt_likeness",
        "likeness of its prompts",
        "mean over pairs of requests of 1 - 2 * share of differing sketch bits, from 0",
        "share",
    ),
    Feature("topics", "topics", "number of distinct topics", "topics"),
    Feature("topic_entropy", "spread over topics", "entropy of the topics of its requests", "bits"),
    Feature("models", "models", "number of distinct models", "models"),
    # What it uses, and how many share it.
    Feature("addresses", "addresses", "log(1 + number of distinct addresses)", "log addresses"),
    Feature("clients", "clients", "log(1 + number of distinct clients)", "log clients"),
    Feature(
        "rented",
        "requests from data centres and VPNs",
        "share of requests from addresses of the kinds hosting and vpn",
        "share",
    ),
    Feature(
        "abroad",
        "requests from abroad",
        "share of requests from another country than given at sign-up",
        "share",
    ),
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
    Feature(
        "bin_shared",
        "accounts with a card of its BIN",
        "log(1 + most accounts with a card of one of its BINs)",
        "log accounts",
    ),
    Feature(
        "domain_shared",
        "accounts with its mail domain",
        "log(1 + accounts with its mail domain)",
        "log accounts",
    ),
    Feature(
        "block_day",
        "sign-ups from its address block within a day",
        "log(1 + others signed up from its /24, or /64, at most a day apart)",
        "log accounts",
    ),
    Feature(
        "domain_day",
        "sign-ups with its mail domain within a day",
        "log(1 + others signed up with its mail domain at most a day apart)",
        "log accounts",
    ),
    # What is logged besides requests.
    Feature("cards", "cards added", "number of cards added", "cards"),
    Feature("declines", "declined charges", "number of declined charges", "charges"),
    Feature("paid", "dollars paid", "log(1 + sum of charges)", "log US dollars"),
    Feature("granted", "dollars of trial credit", "log(1 + sum of trial grants)", "log US dollars"),
    Feature("returned", "refunds and chargebacks", "number of refunds and chargebacks", "charges"),
    Feature("logins", "log-ins", "log(1 + number of log-ins)", "log log-ins"),
    Feature("failed_logins", "failed log-ins", "number of failed log-ins", "log-ins"),
    Feature("keys", "keys created", "log(1 + number of keys created)", "log keys"),
    Feature("invited", "invitations", "number of invitations it came by", "invitations"),
    Feature(
        "challenges",
        "challenges, throttles and suspensions",
        "number of challenges, throttles and suspensions",
        "actions",
    ),
    Feature("reports", "flags and reports", "number of policy flags and user reports", "reports"),
)
NAMES = tuple(feature.name for feature in FEATURES)


def clocked(settled: npt.NDArray[np.float64], now: int) -> npt.NDArray[np.float64]:
    """Return the feature table as of ``now``, with the two ages computed from moments.

    Args:
        settled: shape (accounts, features), with moments (ms since 1970) in two columns: of the
            sign-up in `AGE`, of the last request (or else the sign-up) in `IDLE`. They are exact,
            as a float holds integers up to 2**53.
        now: moment of the review, ms since 1970.
    """
    table = settled.copy()
    for name in (AGE, IDLE):
        since = table[:, NAMES.index(name)]
        since[:] = np.log1p(np.maximum(now - since, 0.0) / MS_PER_HOUR)
    return table
