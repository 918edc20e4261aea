"""What fronts, marketplaces, shared plans and shaped crowds could leak is found by name."""

import numpy as np
import pytest

from shamcrowd.benchmark.world_checks.audit import audit
from shamcrowd.benchmark.world_checks.audit.bounds import RULES
from shamcrowd.recording.units import MS_PER_HOUR
from tests.benchmark.world_checks.small_recording import small_recording

DAY = 24


def _market_hours(made):
    """End users of a front are awake between 18 and 20 o'clock, those of others at any hour."""
    requests = made.tables["requests"]
    midnight = requests["time"].dt.floor("D")
    sham = made.is_sham("requests")
    hours = np.where(sham, made.rng.uniform(18, 20, len(sham)), made.rng.uniform(0, DAY, len(sham)))
    after = (hours * MS_PER_HOUR).astype(np.int64)
    requests["time"] = midnight + after.astype("timedelta64[ms]")


def _one_customer(made):
    """All projects of the campaign belong to five customers of the cloud; others have none."""
    many = len(made.accounts)
    customer = made.rng.integers(5, size=many)
    made.accounts["organisation"] = np.where(made.sham, customer, -1)
    made.accounts["organisation"] = made.accounts["organisation"].astype("Int64")
    made.accounts["organisation"] = made.accounts["organisation"].mask(~made.sham)


def _many_lines(made):
    """Buyers of a shared plan each come from a line of their own, other accounts from one."""
    requests = made.tables["requests"]
    sham = made.is_sham("requests")
    lines = made.tables["addresses"]["address"].to_numpy()
    requests.loc[sham, "address"] = made.rng.choice(lines, int(sham.sum()))


def _even_sharing(made):
    """A crowd shares each device by exactly four accounts, which others hardly do."""
    at = np.flatnonzero(made.sham)
    devices = made.accounts["device"].to_numpy().copy()
    devices[at] = devices[at[::4]].repeat(4)[: len(at)]
    made.accounts["device"] = devices


PLANTS = {
    _market_hours: "requests.time, mean hour of the day",
    _one_customer: "accounts.organisation, presence",
    _many_lines: "requests.address, distinct",
    _even_sharing: "accounts.device, accounts sharing it",
}


@pytest.fixture(scope="module")
def found(write_small):
    made = small_recording()
    for plant in PLANTS:
        plant(made)
    return audit(write_small(made), families=("columns",))


def test_each_is_found_by_name(found):
    broken = {b.what: b for b in found.broken if b.bound == RULES}
    for plant, name in PLANTS.items():
        assert name in broken, (plant.__name__, sorted(broken))
        assert broken[name].low > broken[name].limit
