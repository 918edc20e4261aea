"""Accounts that are suddenly busy together from one block are on top, whoever is loud alone."""

import numpy as np
import pytest

from shamcrowd.detectors.streaming.midas_f import MidasF
from shamcrowd.recording.samples import sample_log
from shamcrowd.recording.units import MS_PER_DAY, MS_PER_HOUR

HOUR = MS_PER_HOUR
MANY = 400


@pytest.fixture
def rush(changed):
    """The last requests of the sample come from one block, within an hour, by ten accounts."""
    log = sample_log(accounts=200)
    requests, addresses = log.tables["requests"], log.tables["addresses"]
    prefixes = [f"100.64.{i % 40}.0/24" for i in range(addresses.num_rows)]
    prefixes[0] = "203.0.113.0/24"
    time = requests["time"].cast("int64").to_numpy().copy()
    whose, address = (requests[n].to_numpy().copy() for n in ("account", "address"))
    hub = addresses["address"][0].as_py()
    address[address == hub] = addresses["address"][1].as_py()
    opened = log.tables["accounts"].sort_by("created")["account"].to_numpy()[:10]
    # The block was seen before, once: what never was is no anomaly.
    address[0] = hub
    time[-MANY:] = log.start + 2 * MS_PER_DAY + 23 * HOUR + np.arange(MANY) * 1000
    whose[-MANY:], address[-MANY:] = np.resize(opened, MANY), hub
    order = np.argsort(time, kind="stable")
    columns = {"time": time[order], "account": whose[order], "address": address[order]}
    # Some clients don't tell their system.
    systems = np.where(np.arange(log.tables["clients"].num_rows) % 2, None, "linux")
    log = changed(log, requests=columns, addresses={"prefix": prefixes}, clients={"os": systems})
    return log, opened.tolist()


@pytest.mark.parametrize("hours", [(72,), (24, 48, 71, 72), tuple(range(1, 73))])
def test_a_rush_from_one_block(rush, scores_at, hours):
    log, crowd = rush
    scores = scores_at(MidasF, log, *(h * HOUR for h in hours))
    others = [s for a, s in scores.items() if a not in crowd]
    assert min(scores[a] for a in crowd) > max(others)


def test_hour_by_hour_is_as_at_once(rush, scores_at):
    log, _ = rush
    once = scores_at(MidasF, log, 72 * HOUR)
    assert scores_at(MidasF, log, *(h * HOUR for h in range(1, 73))) == once
