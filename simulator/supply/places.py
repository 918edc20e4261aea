"""Where users live: country, language and time zone.

Shares are assumed; daylight saving time is ignored.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt


@dataclass(frozen=True)
class Place:
    """The part of a country in one time zone.

    Attributes:
        country: ISO 3166 code.
        locale: language and country, as Faker names it.
        zone: minutes east of UTC.
        dial: phone prefix of the country.
        weight: share of users, relative to the other places.
    """

    country: str
    locale: str
    zone: int
    dial: str
    weight: float


PLACES = (
    Place("US", "en_US", -300, "+1", 16),
    Place("US", "en_US", -360, "+1", 9),
    Place("US", "en_US", -480, "+1", 9),
    Place("CA", "en_CA", -300, "+1", 4),
    Place("BR", "pt_BR", -180, "+55", 6),
    Place("MX", "es_MX", -360, "+52", 3),
    Place("GB", "en_GB", 0, "+44", 7),
    Place("PT", "pt_PT", 0, "+351", 1),
    Place("DE", "de_DE", 60, "+49", 6),
    Place("FR", "fr_FR", 60, "+33", 5),
    Place("ES", "es_ES", 60, "+34", 3),
    Place("IT", "it_IT", 60, "+39", 3),
    Place("NL", "nl_NL", 60, "+31", 2),
    Place("PL", "pl_PL", 60, "+48", 3),
    Place("RO", "ro_RO", 120, "+40", 2),
    Place("TR", "tr_TR", 180, "+90", 3),
    Place("IN", "en_IN", 330, "+91", 11),
    Place("ID", "id_ID", 420, "+62", 4),
    Place("VN", "vi_VN", 420, "+84", 2),
    Place("JP", "ja_JP", 540, "+81", 5),
    Place("KR", "ko_KR", 540, "+82", 3),
    Place("AU", "en_AU", 600, "+61", 3),
)

COUNTRIES = tuple(dict.fromkeys(place.country for place in PLACES))
LOCALES = tuple(dict.fromkeys(place.locale for place in PLACES))
ZONES = tuple(sorted({place.zone for place in PLACES}))

COUNTRY_OF = np.array([COUNTRIES.index(p.country) for p in PLACES], np.int8)
LOCALE_OF = np.array([LOCALES.index(p.locale) for p in PLACES], np.int8)
ZONE_OF = np.array([ZONES.index(p.zone) for p in PLACES], np.int8)
OFFSET_OF = np.array([p.zone for p in PLACES], np.int16)
_EDGES = np.cumsum([p.weight for p in PLACES]) / sum(p.weight for p in PLACES)


def places(luck: npt.NDArray[np.float64]) -> npt.NDArray[np.int8]:
    """Return rows of `PLACES` for uniform numbers in [0, 1), by population share.

    >>> PLACES[places(np.array([0.0]))[0]].country
    'US'
    """
    return np.searchsorted(_EDGES, luck, side="right").astype(np.int8)
