"""A relay's accounts are as unequal as its scenario says."""

from tests.recordings import recorded


def _served(played):
    """Abusive requests by account of the campaign."""
    own = played.truth.loc[played.truth["campaign"] == "c", "account"]
    rows = played.requests[played.requests["abusive"]]
    return rows["account"].value_counts().reindex(own).fillna(0)


def test_the_spread_of_a_pool_is_its_parameter(with_campaign, campaign_settings, read_recording):
    alike = [*campaign_settings("relay"), "campaigns.c.spread=0", "campaigns.c.spares=0"]
    even = _served(read_recording(recorded("confounders-v2", 3, settings=alike)))
    uneven = _served(with_campaign("relay"))

    def unlike(served):
        return served.std() / served.mean()

    assert unlike(uneven) > unlike(even) + 0.3
    assert (even > 0).all()
    assert 1 <= (uneven == 0).sum() <= 3, "some are spares"
    assert uneven.sum() > 0.9 * even.sum(), "what it sells stays"
