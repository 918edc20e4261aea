"""The data files of countries and places."""

import re

import numpy as np
import pytest

from shamcrowd.recording.units import MS_PER_DAY
from shamcrowd.simulator.supply.identities import name_pool
from shamcrowd.simulator.supply.places import (
    COUNTRIES,
    COUNTRY_OF,
    COUNTRY_TABLE,
    LOCALES,
    NAMES,
    PLACES,
    ZONES,
    countries,
    offsets,
    places,
)


def test_there_are_at_least_sixty_countries_and_every_code_fits_a_byte():
    assert len(COUNTRIES) >= 60
    for names in (COUNTRIES, LOCALES, ZONES, PLACES):
        assert len(names) == len(set(names)) < 128


def test_every_country_has_places_that_add_up():
    for country in COUNTRY_TABLE:
        parts = [place.part for place in PLACES if place.country == country.code]
        assert sum(parts) == pytest.approx(100), country.code
        assert 0 < country.share < 100
        assert re.fullmatch(r"\+[1-9]\d{0,2}", country.dial)
        for percent in (country.ipv6, country.english, country.foreign):
            assert 0 <= percent <= 85


def test_places_are_drawn_by_share():
    luck = (np.arange(200_000) + 0.5) / 200_000
    drawn = np.bincount(COUNTRY_OF[places(luck)], minlength=len(COUNTRIES)) / len(luck)
    share = np.array([country.share for country in COUNTRY_TABLE])
    assert np.allclose(drawn, share / share.sum(), atol=1e-4)
    alike = np.bincount(countries(luck), minlength=len(COUNTRIES)) / len(luck)
    assert np.allclose(alike, drawn, atol=1e-4)


@pytest.mark.parametrize("locale", sorted(set(NAMES.values())))
def test_every_pool_of_names_has_names_and_plain_forms(locale):
    pool = name_pool(locale)
    assert len(pool.first) == len(pool.first_plain) >= 2
    assert len(pool.last) == len(pool.last_plain) >= 2
    for name in (*pool.first_plain, *pool.last_plain):
        assert re.fullmatch("[a-z]+", name)


def test_offsets_are_those_of_the_place_and_the_moment():
    berlin = [p.zone for p in PLACES].index("Europe/Berlin")
    winter = 1_767_225_600_000  # 2026-01-01
    times = np.array([winter, winter + 180 * MS_PER_DAY])
    assert offsets(np.full(2, berlin, np.int8), times).tolist() == [60, 120]
