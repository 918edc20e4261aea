"""Of accounts that come through a cloud the platform sees a project and a key, sham or honest."""

import pytest

from shamcrowd.simulator.populations.common.cloud_projects import CLOUDS
from tests.recordings import recorded


@pytest.fixture(scope="module")
def world(read_recording):
    return read_recording(recorded("harvest-among-marketplace-v2", 2, scale=0.3))


@pytest.fixture(scope="module", params=["harvest", "marketplace"])
def side(request, world):
    truth = world.truth.set_index("account").reindex(world.accounts["account"])
    column = "campaign" if request.param == "harvest" else "segment"
    return world.accounts[(truth[column] == request.param).to_numpy()]


def test_a_project_has_neither_card_nor_phone_and_signs_in_at_the_cloud(world, side):
    assert len(side) > 20
    assert side["phone"].isna().all()
    assert (side["sign_in"].astype(str) == "sso").all()
    assert (side["plan"].astype(str) == "enterprise").all()
    assert side["organisation"].notna().all()
    own = world.activity[world.activity["account"].isin(side["account"])]
    assert own["card"].isna().all()
    assert not own["kind"].isin(["email_verified", "phone_verified", "referral"]).any()
    domain = side["mailbox"].map(world.entity("mailboxes").set_index("mailbox")["domain"])
    assert domain.isin(CLOUDS).all()


def test_addresses_are_the_clouds_and_nobody_shares_one(world, side):
    rows = world.requests[world.requests["account"].isin(side["account"])]
    assert (rows.groupby("account")["address"].nunique() == 1).all()
    assert (rows.groupby("address")["account"].nunique() == 1).all()
    addresses = world.entity("addresses").set_index("address").loc[rows["address"].unique()]
    assert (addresses["kind"].astype(str) == "hosting").all()
    assert addresses["prefix"].nunique() < 30


def test_all_requests_come_through_the_gateway(world, side):
    rows = world.requests[world.requests["account"].isin(side["account"])]
    clients = world.entity("clients").set_index("client").loc[rows["client"].unique()]
    assert set(clients["sdk"].astype(str)) == {"http-library"}
    assert clients["os"].isna().all()


def test_customers_have_several_projects(side):
    assert side["organisation"].duplicated(keep=False).mean() > 0.3
