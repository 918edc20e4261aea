"""Statistics of devices and clients, on logs whose figures are counted by hand."""

from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from shamcrowd.benchmark.scoring.not_measurable import NotMeasurableError
from shamcrowd.benchmark.world_checks.realism import devices


def value(name, log):
    (found,) = (each for each in devices.STATISTICS if each.id == name)
    return found.measure(log)


@pytest.fixture
def used():
    """Accounts with a browser each; every fourth has the app on a phone, too."""
    number = np.arange(400)
    rows = pd.DataFrame(
        {
            "account": np.concatenate([np.repeat(number, 100), number[::4]]),
            "client": np.concatenate([np.zeros(40_000, int), np.ones(100, int)]),
        }
    )
    entities = {
        "devices": {
            "device": number,
            "os": "windows",
            "browser": np.where(number % 2, "chrome-141", "edge-140"),
            "language": np.where(number % 5, "da_DK", "en_US"),
        },
        "clients": {
            "client": [0, 1, 2, 3],
            "sdk": ["web-console", "chat-app", "python-sdk", "web-console"],
            "version": ["2.0", "2.0", "2.0", "2.1"],
            "os": ["windows", "ios", "linux", "windows"],
        },
    }
    return SimpleNamespace(
        accounts=pd.DataFrame({"account": number, "device": number, "locale": "da_DK"}),
        requests=lambda *columns: rows,
        entities=lambda name: pd.DataFrame(entities[name]).assign(first_seen=0),
    )


def test_agreement_counts_programs_on_devices_only(used):
    assert value("D1", used) == pytest.approx(400 / 500)
    more = used.requests()
    more = pd.concat([more, pd.DataFrame({"account": np.arange(400), "client": 2})])
    used.requests = lambda *columns: more
    assert value("D1", used) == pytest.approx(400 / 500)


def test_languages_and_browsers(used):
    assert value("D2", used) == pytest.approx(0.2)
    assert value("D3", used) == pytest.approx(0.5)


def test_an_update_is_a_new_version_of_the_same_program(used):
    assert value("D4", used) == 0
    more = pd.concat([used.requests(), pd.DataFrame({"account": np.arange(100), "client": 3})])
    used.requests = lambda *columns: more
    assert value("D4", used) == pytest.approx(0.25)


def test_too_few_accounts(used):
    used.accounts = used.accounts.iloc[: devices.LEAST]
    value("D2", used)
    used.accounts = used.accounts.iloc[1:]
    with pytest.raises(NotMeasurableError, match=f"fewer than {devices.LEAST}"):
        value("D2", used)


def test_too_few_busy_accounts(used):
    rows = used.requests()
    used.requests = lambda *columns: rows[rows["account"] < devices.LEAST_BUSY]
    value("D4", used)
    used.requests = lambda *columns: rows[rows["account"] < devices.LEAST_BUSY - 1]
    with pytest.raises(NotMeasurableError, match=f"fewer than {devices.LEAST_BUSY} accounts"):
        value("D4", used)
