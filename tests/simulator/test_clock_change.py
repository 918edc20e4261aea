"""A world across a change of clocks: people keep their local hours, and the record says so."""

import numpy as np
import pandas as pd
import pytest

from tests.recordings import recorded

SCENARIO = """\
schema: 1
title: offices across the change of clocks in Europe
start: 2026-03-23
horizon: 14d
populations:
  corporate: {accounts: 1600, newcomers: 0.5, company: 20}
"""
CHANGE = pd.Timestamp("2026-03-29T01:00", tz="UTC")
CHANGING = ("GB", "FR", "DE", "ES", "IT", "PL", "NL", "UA", "SE", "CH", "RO", "BE", "AT", "PT")
STEADY = ("IN", "BR", "JP", "KR", "ID", "VN", "PH", "TH", "TW", "TR", "CO", "NG", "PK", "ZA")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    path = tmp_path_factory.mktemp("clocks") / "clocks.yaml"
    path.write_text(SCENARIO)
    return recorded(path, 1)


@pytest.fixture(scope="module")
def accounts(folder):
    return pd.read_parquet(folder / "accounts.parquet").set_index("account")


def test_offices_open_an_hour_earlier_by_utc_where_clocks_change(folder, accounts):
    rows = pd.read_parquet(folder / "requests", columns=["time", "account"])
    rows["hour"] = rows["time"].dt.hour + rows["time"].dt.minute / 60
    rows["country"] = rows["account"].map(accounts["country"].astype(str))
    # By the local hour of winter, so that all countries can be compared.
    winter = accounts["utc_offset"].where(accounts["created"] < CHANGE)
    rows["winter"] = rows["country"].map(winter.groupby(accounts["country"].astype(str)).median())
    weekday = rows[rows["time"].dt.day_of_week < 5].dropna()
    local = (weekday["hour"] + weekday["winter"] / 60) % 24
    after = weekday["time"] >= CHANGE
    for countries, low, high in ((CHANGING, -1.4, -0.6), (STEADY, -0.4, 0.4)):
        there = weekday["country"].isin(countries)
        # The middle of the day, from 5 to 22 o'clock: nights are nearly empty.
        day = there & local.between(5, 22)
        by_account = local[day].groupby([after[day], weekday["account"][day]]).mean()
        shift = by_account[True].mean() - by_account[False].mean()
        assert low < shift < high, countries


def test_the_offset_of_an_account_is_that_at_its_sign_up(accounts):
    berlin = accounts[accounts["country"] == "DE"]
    assert len(berlin) > 20
    summer = (berlin["created"] >= CHANGE) | (
        berlin["created"] < pd.Timestamp("2025-10-26T01:00", tz="UTC")
    )
    assert set(berlin["utc_offset"][summer]) == {120}
    assert set(berlin["utc_offset"][~summer]) == {60}
    india = accounts[accounts["country"] == "IN"]
    assert set(india["utc_offset"]) == {330}
    assert np.isin(accounts["utc_offset"] % 15, 0).all()
