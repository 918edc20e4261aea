"""Where users live: country, language and time zone. Data and sources: the two CSV files here."""

from __future__ import annotations

import csv
import importlib.resources
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from shamcrowd.recording.units import Millis
from shamcrowd.simulator.core.time_zones import utc_offsets


@dataclass(frozen=True)
class Country:
    """A country.

    Attributes:
        code: ISO 3166 code.
        dial: phone prefix.
        share: share of the accounts, percent.
        ipv6: share of users who reach the platform by IPv6, percent.
        english: share of browsers set to English where it is not the usual language, percent.
        foreign: share of browsers set to the language of another country, percent.
    """

    code: str
    dial: str
    share: float
    ipv6: float
    english: float
    foreign: float


@dataclass(frozen=True)
class Place:
    """The part of a country with one time zone and one usual language.

    Attributes:
        country: ISO 3166 code.
        zone: IANA name of the time zone.
        locale: language and country, BCP 47 with _.
        names: locale in ``names.json`` that names are drawn from.
        part: share of the country's users, percent.
    """

    country: str
    zone: str
    locale: str
    names: str
    part: float


def _rows(file: str) -> list[dict[str, str]]:
    text = importlib.resources.files(__package__).joinpath(file).read_text("utf-8")
    return list(csv.DictReader(line for line in text.splitlines() if not line.startswith("#")))


COUNTRY_TABLE = tuple(
    Country(
        row["country"],
        row["dial"],
        float(row["share"]),
        float(row["ipv6"]),
        float(row["english"]),
        float(row["foreign"]),
    )
    for row in _rows("countries.csv")
)
PLACES = tuple(
    Place(row["country"], row["zone"], row["locale"], row["names"], float(row["part"]))
    for row in _rows("places.csv")
)

COUNTRIES = tuple(country.code for country in COUNTRY_TABLE)
LOCALES = tuple(dict.fromkeys(place.locale for place in PLACES))
ZONES = tuple(dict.fromkeys(place.zone for place in PLACES))
NAMES = {place.locale: place.names for place in PLACES}

COUNTRY_OF = np.array([COUNTRIES.index(p.country) for p in PLACES], np.int8)
LOCALE_OF = np.array([LOCALES.index(p.locale) for p in PLACES], np.int8)
ZONE_OF = np.array([ZONES.index(p.zone) for p in PLACES], np.int8)
PARTS = np.array([p.part for p in PLACES])
"""Share of its country's users by place, percent."""
_SHARES = np.array([country.share for country in COUNTRY_TABLE])
_COUNTRY_EDGES = np.cumsum(_SHARES) / _SHARES.sum()
_EDGES = np.cumsum(_SHARES[COUNTRY_OF] * PARTS)
_EDGES /= _EDGES[-1]


def places(luck: npt.NDArray[np.float64]) -> npt.NDArray[np.int8]:
    """Return rows of `PLACES` for uniform numbers in [0, 1), by share of users.

    >>> PLACES[places(np.array([0.0]))[0]].country
    'US'
    """
    return np.searchsorted(_EDGES, luck, side="right").astype(np.int8)


def countries(luck: npt.NDArray[np.float64]) -> npt.NDArray[np.int8]:
    """Return codes of `COUNTRIES` for uniform numbers in [0, 1), by share of users."""
    return np.searchsorted(_COUNTRY_EDGES, luck, side="right").astype(np.int8)


def offsets(place: npt.NDArray[np.int8], time: Millis) -> npt.NDArray[np.int16]:
    """Minutes east of UTC at places (rows of `PLACES`) and moments (ms), each of shape (n,)."""
    return utc_offsets(ZONES, ZONE_OF[place], time)
