"""Statistics of networks, on logs whose figures are counted by hand."""

from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from shamcrowd.benchmark.scoring.not_measurable import NotMeasurableError
from shamcrowd.benchmark.world_checks.realism import networks

MANY = 1000


def log_of(accounts, **entities):
    return SimpleNamespace(
        accounts=pd.DataFrame(accounts),
        entities=lambda name: pd.DataFrame(entities[name]).assign(first_seen=0),
    )


def value(name, log):
    (found,) = (each for each in networks.STATISTICS if each.id == name)
    return found.measure(log)


@pytest.fixture
def world():
    """Half by IPv4, in blocks of ten but for a hundred alone; half by IPv6, ten in pairs."""
    number = np.arange(MANY)
    four = number < MANY // 2
    block = np.where(number < 400, number // 10, number)
    pairs = np.where(number < 510, number // 2, number)
    return log_of(
        {
            "account": number,
            "address": number,
            "country": np.where(number < 300, "US", np.char.add("C", (number % 70).astype(str))),
        },
        addresses={
            "address": number,
            "prefix": np.where(four, block, pairs + 10_000),
            "family": np.where(four, "ipv4", "ipv6"),
            "kind": np.where(number % 2, "residential", "mobile"),
            "country": "US",
        },
    )


def test_neighbours(world):
    assert value("N1", world) == 10
    assert value("N2", world) == pytest.approx(100 / 500)
    assert value("N3", world) == pytest.approx((10 * 2 + 490) / 500)


def test_ipv6_is_of_homes_and_phones_only(world):
    assert value("N4", world) == pytest.approx(0.5)
    about = world.entities("addresses")
    about.loc[about["family"] == "ipv4", "kind"] = "hosting"
    world.accounts = pd.concat([world.accounts] * 2, ignore_index=True)
    only = SimpleNamespace(accounts=world.accounts, entities=lambda name: about)
    assert value("N4", only) == 1


def test_countries(world):
    assert value("N5", world) == pytest.approx(0.3)
    assert value("N6", world) == pytest.approx(0.34)


@pytest.mark.parametrize(("name", "least"), [("N3", networks.LEAST), ("N5", networks.LEAST)])
def test_too_few_accounts(world, name, least):
    few = log_of(
        world.accounts.iloc[-least:].to_dict("list"),
        addresses=world.entities("addresses").to_dict("list"),
    )
    value(name, few)
    few.accounts = few.accounts.iloc[1:]
    with pytest.raises(NotMeasurableError, match=f"fewer than {least}"):
        value(name, few)
