"""Fronts look like firms and pass checks; whom they serve lives in one market."""

import numpy as np
import pytest

from tests.recordings import recorded

NAME = "front-among-service-firms-v2"


@pytest.fixture(scope="module", params=["", "careless"])
def world(request, read_recording):
    name = NAME.replace("-v2", f"-{request.param}-v2") if request.param else NAME
    played = read_recording(recorded(name, 2, scale=0.4))
    truth = played.truth.set_index("account").reindex(played.accounts["account"])
    return request.param, played, truth["campaign"].notna().to_numpy(), truth["segment"].to_numpy()


def test_fronts_have_what_firms_have(world):
    _, played, sham, segment = world
    firms = segment == "service-firms"
    assert sham.sum() > 20
    assert firms.sum() > 100
    domains = played.accounts["mailbox"].map(
        played.entity("mailboxes").set_index("mailbox")["domain"]
    )
    for side in (sham, firms):
        accounts = played.accounts[side]
        assert set(accounts["plan"].astype(str)) <= {"enterprise", "pay-as-you-go"}
        assert (domains[side].astype(str).str.count("-") == 1).mean() > 0.9
        invoiced = accounts["organisation"].notna()
        assert 0.05 < invoiced.mean() < 0.7
        assert (accounts["sign_in"].astype(str)[invoiced] == "sso").all()
    assert played.accounts["sign_in"].astype(str)[sham].isin(["sso", "password"]).all()


def test_many_end_users_are_behind_an_account(world):
    _, played, sham, _ = world
    rows = played.requests[played.requests["account"].isin(played.accounts["account"][sham])]
    clients = rows.groupby("account")["client"].nunique()
    assert clients[rows.groupby("account").size() > 100].median() > 3


def test_careless_fronts_serve_one_market(world):
    """Of a market's requests few come at its night; behind a firm somebody is awake."""
    care, played, sham, segment = world
    busiest = {}
    for name, side in (("front", sham), ("firms", segment == "service-firms")):
        rows = played.requests[played.requests["account"].isin(played.accounts["account"][side])]
        hours = np.bincount(rows["time"].dt.hour, minlength=24) / len(rows)
        busiest[name] = np.sort(hours)[-8:].sum()
    assert busiest["front"] > busiest["firms"] if care else busiest["front"] < 0.75
