"""A crowd that knows how honest people share is linked as they are; one that does not is not."""

import numpy as np
import pytest

from tests.recordings import recorded

NAME = "shaped-among-private-users-expert-v2"
SHAPED = ["campaigns.shaped.evasion.mimicry=0", "campaigns.shaped.evasion.rotation=0.3"]


@pytest.fixture(scope="module", params=[0.0, 1.0])
def world(request, read_recording):
    settings = [*SHAPED, f"campaigns.shaped.knows={request.param}"]
    return request.param, read_recording(recorded(NAME, 2, settings=settings, scale=0.25))


def test_its_accounts_share_as_many_as_honest_people_do(world):
    """Without mimicry, so that all of it is the crowd's own doing."""
    knows, played = world
    campaign = played.truth.set_index("account")["campaign"].reindex(played.accounts["account"])
    sham = campaign.notna().to_numpy()
    assert sham.sum() > 40
    alone = {}
    for kind in ("address", "device"):
        many = played.accounts.groupby(kind)[kind].transform("size").to_numpy()
        alone[kind] = (many[sham] == 1).mean(), (many[~sham] == 1).mean()
    apart = max(abs(ours - theirs) for ours, theirs in alone.values())
    assert apart < 0.25 if knows else apart > 0.3, alone


def test_households_are_in_one_country(world):
    knows, played = world
    sham = played.truth.loc[played.truth["campaign"].notna(), "account"]
    accounts = played.accounts[played.accounts["account"].isin(sham)]
    groups = accounts.groupby("address")["country"].agg(["size", "nunique"])
    groups = groups[groups["size"] > 1]
    if knows:
        assert np.isin(groups["nunique"], 1).mean() > 0.9
