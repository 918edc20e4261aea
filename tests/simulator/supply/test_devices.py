"""Devices, cards, phones and mailboxes: kinds are shared by everybody."""

import numpy as np
import pytest

from shamcrowd.simulator.core.handles import Counter
from shamcrowd.simulator.core.streams import Streams
from shamcrowd.simulator.supply.devices import BROWSERS, SYSTEMS
from shamcrowd.simulator.supply.identities import names
from shamcrowd.simulator.supply.mailboxes import ALIASES, DISPOSABLE, FREE
from shamcrowd.simulator.supply.places import COUNTRIES, LOCALES
from shamcrowd.simulator.supply.store import Supply

MANY = 20_000


@pytest.fixture
def supply():
    return Supply(Streams(1))


@pytest.fixture
def rng():
    return np.random.default_rng(5)


def test_some_browsers_speak_another_language(supply, rng):
    for locale, low, high in (("da_DK", 0.25, 0.36), ("en_US", 0.03, 0.07), ("ja_JP", 0.03, 0.08)):
        code = LOCALES.index(locale)
        handles = supply.devices.take(Counter(), rng, np.full(MANY, code, np.int8))
        language = supply.devices.register.rows(handles)["language"]
        assert low < (language != code).mean() < high, locale
    spoken = {LOCALES[code] for code in set(language.tolist())}
    assert {"en_US", "en_GB", "ja_JP"} <= spoken


def test_a_browser_can_be_like_another(supply, rng):
    owners = supply.devices.take(Counter(), rng, rng.integers(len(LOCALES), size=200))
    ids = supply.devices.register.ids(owners)[::-1]
    alike = supply.devices.take_like(Counter(campaign=True), ids)
    assert not np.isin(supply.devices.register.ids(alike), ids).any()
    told, theirs = (supply.devices.register.rows(each) for each in (alike, owners[::-1]))
    assert all((told[name] == theirs[name]).all() for name in ("os", "browser", "language"))
    assert (supply.devices.systems(alike) == supply.devices.systems(owners[::-1])).all()
    assert not len(supply.devices.take_like(Counter(), ids[:0]))


def test_browsers_fit_their_systems(supply, rng):
    rows = supply.devices.register.rows(
        supply.devices.take(Counter(), rng, np.zeros(MANY, np.int8))
    )
    browser = np.array([BROWSERS[code].rpartition("-")[0] for code in rows["browser"].tolist()])
    system = np.array(SYSTEMS)[rows["os"]]
    assert set(system[browser == "safari"]) == {"macos", "ios"}
    assert set(system[browser == "samsung-internet"]) == {"android"}
    assert (browser[system == "ios"] == "safari").mean() > 0.8
    assert (browser == "chrome").mean() > 0.5


def test_some_cards_come_from_abroad(supply, rng):
    home = np.full(MANY, COUNTRIES.index("DE"), np.int8)
    country = supply.cards.register.rows(supply.cards.take(Counter(), rng, home))["country"]
    assert 0.02 < (country != home).mean() < 0.04


def test_large_issuers_have_many_cards_and_most_have_few(supply, rng):
    us = np.full(MANY, COUNTRIES.index("US"), np.int8)
    rows = supply.cards.register.rows(supply.cards.take(Counter(), rng, us, (1.0, 0.0, 0.0, 0.0)))
    shares = np.sort(np.unique(rows["bin"], return_counts=True)[1])[::-1] / MANY
    assert 0.07 < shares[0] < 0.16
    assert len(shares) > 50


def test_few_issuers_are_those_of_other_people_too(supply, rng):
    us = np.full(MANY, COUNTRIES.index("US"), np.int8)
    bins = [
        set(
            supply.cards.register.rows(
                supply.cards.take(Counter(n, 2), rng, us, (0, 0, 0, 1.0), issuers=issuers)
            )["bin"]
        )
        for n, issuers in enumerate((60, 5))
    ]
    home = {b for b in bins[1] if b in bins[0]}
    assert len(home) < len(bins[0]) / 2
    assert len(home) / len(bins[1]) > 0.3


def test_internet_numbers_have_blocks_of_their_own(supply, rng):
    country = np.full(MANY, COUNTRIES.index("FR"), np.int8)
    rows = supply.phones.register.rows(supply.phones.take(Counter(), rng, country, abroad=0.0))
    mobile, voip = (set(rows["block"][rows["line"] == line]) for line in (0, 1))
    assert not mobile & voip
    assert len(voip) <= 12 < len(mobile)
    assert 0.04 < rows["line"].mean() < 0.08


def test_private_people_use_every_kind_of_domain(supply, rng):
    people = names(rng, np.zeros(MANY, np.int8))
    domain = supply.mailboxes.register.rows(supply.mailboxes.personal(Counter(), rng, people))[
        "domain"
    ]
    own = ~np.isin(domain, [*FREE, *ALIASES, *DISPOSABLE])
    assert 0.05 < own.mean() < 0.09
    assert 0.005 < np.isin(domain, DISPOSABLE).mean() < 0.02
    assert 0.02 < np.isin(domain, ALIASES).mean() < 0.05
    assert np.isin(domain, FREE).mean() > 0.8
