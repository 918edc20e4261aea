"""Devices and the clients that run on them (D1 to D4)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shamcrowd.benchmark.world_checks.realism.platform_log import PlatformLog, enough
from shamcrowd.benchmark.world_checks.realism.statistic import PlatformStatistic

if TYPE_CHECKING:
    import pandas as pd

LEAST = 300
"""Accounts that a share needs."""
BUSY = 100
"""Requests of a busy account."""
LEAST_BUSY = 50
"""Busy accounts that a share needs."""
ON_DEVICES = ("web-console", "chat-app", "coding-agent")
"""Programs that run where their user is."""


def _with_devices(log: PlatformLog) -> pd.DataFrame:
    devices = log.entities("devices").drop(columns="first_seen")
    return log.accounts.merge(devices, on="device")


def _agreement(log: PlatformLog) -> float:
    used = log.requests("client").drop_duplicates()
    used = used.merge(log.entities("clients"), on="client")
    used = used[used["sdk"].isin(ON_DEVICES)]
    enough(used["account"].nunique(), LEAST, "accounts with programs on their devices")
    systems = _with_devices(log).set_index("account")["os"].astype(str)
    return float((used["os"].astype(str) == used["account"].map(systems)).mean())


def _foreign_language(log: PlatformLog) -> float:
    with_devices = _with_devices(log)
    enough(len(with_devices), LEAST, "accounts")
    languages = with_devices[["language", "locale"]].astype(str)
    return float((languages["language"] != languages["locale"]).mean())


def _chrome(log: PlatformLog) -> float:
    with_devices = _with_devices(log)
    enough(len(with_devices), LEAST, "accounts")
    return float(with_devices["browser"].astype(str).str.startswith("chrome").mean())


def _several_versions(log: PlatformLog) -> float:
    """Share of busy accounts that update a program while the recording lasts."""
    used = log.requests("client")
    busy = used["account"].value_counts()
    used = used[used["account"].isin(busy.index[busy >= BUSY])].drop_duplicates()
    enough(used["account"].nunique(), LEAST_BUSY, f"accounts with {BUSY} requests")
    about = log.entities("clients")[["client", "sdk", "version"]]
    used = used.merge(about, on="client").drop_duplicates(["account", "sdk", "version"])
    updates = used.groupby(["account", "sdk"], observed=True).size().groupby("account").max() > 1
    return float(updates.mean())


STATISTICS = (
    PlatformStatistic(
        "D1",
        "client's system is the device's",
        _agreement,
        (0.6, 0.97),
        "assumed: most people use an app on a second device",
    ),
    PlatformStatistic(
        "D2",
        "browser in another language",
        _foreign_language,
        (0.04, 0.25),
        "assumed: 3.7 % live abroad (UN DESA 2024), and many use English interfaces",
        (0.037,),
    ),
    PlatformStatistic(
        "D3", "Chrome among browsers", _chrome, (0.55, 0.78), "StatCounter 2025", (0.70, 0.66)
    ),
    PlatformStatistic(
        "D4",
        "busy accounts that update a client",
        _several_versions,
        (0.15, 0.95),
        "assumed: apps update within days, libraries are pinned for months",
    ),
)
