"""Taxes on what a platform sells: added to every charge, by the customer's country."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from shamcrowd.simulator.core.streams import Uniforms

RATES = {
    "AE": 0.05, "AR": 0.21, "AT": 0.20, "AU": 0.10, "BD": 0.15, "BE": 0.21, "BG": 0.20,
    "BR": 0.0, "CA": 0.05, "CH": 0.081, "CL": 0.19, "CN": 0.06, "CO": 0.19, "CZ": 0.21,
    "DE": 0.19, "DK": 0.25, "EE": 0.22, "EG": 0.14, "ES": 0.21, "FI": 0.255, "FR": 0.20,
    "GB": 0.20, "GR": 0.24, "HU": 0.27, "ID": 0.11, "IE": 0.23, "IL": 0.18, "IN": 0.18,
    "IT": 0.22, "JP": 0.10, "KE": 0.16, "KR": 0.10, "MA": 0.20, "MX": 0.16, "MY": 0.08,
    "NG": 0.075, "NL": 0.21, "NO": 0.25, "NZ": 0.15, "PE": 0.18, "PH": 0.12, "PK": 0.18,
    "PL": 0.23, "PT": 0.23, "RO": 0.19, "RS": 0.20, "RU": 0.20, "SA": 0.15, "SE": 0.25,
    "SG": 0.09, "SK": 0.23, "TH": 0.07, "TR": 0.20, "TW": 0.05, "UA": 0.20, "VN": 0.10,
    "ZA": 0.15,
}  # fmt: skip
"""Value-added or sales tax on electronic services by country (standard rates of 2025, as published
by the OECD and the tax offices; countries without an entry pay none)."""
STATES = (0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.06, 0.0625, 0.07, 0.08, 0.0825, 0.08875)
"""Sales tax on software services in the United States: about half of the population lives in states
that tax them (assumed shares; rates of Texas, New York, Pennsylvania, Washington and others)."""


def tax_rates(
    countries: Sequence[str], country: npt.NDArray[np.integer], luck: Uniforms
) -> npt.NDArray[np.float64]:
    """Tax of n customers, a share of the price.

    Args:
        countries: names of the countries by code.
        country: shape (n,), codes.
        luck: shape (n,), uniform numbers that choose a state within a country.

    >>> tax_rates(("DE", "XX"), np.array([0, 1]), np.zeros(2)).tolist()
    [0.19, 0.0]
    """
    by_code = np.array([RATES.get(name, 0.0) for name in countries])
    rates: npt.NDArray[np.float64] = by_code[country].copy()
    if "US" in countries:
        here = country == list(countries).index("US")
        rates[here] = np.array(STATES)[(luck[here] * len(STATES)).astype(np.int64)]
    return rates
