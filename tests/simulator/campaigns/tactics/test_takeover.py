"""What thieves do with accounts of others: some are kept unused, some lose their password."""

import numpy as np


def test_a_part_of_the_stolen_accounts_is_never_used(with_campaign):
    """They belong to people who pay for nothing; their share is that of any tactic's spares."""
    played = with_campaign("takeover", alone=True)
    stolen = played.truth.loc[played.truth["campaign"] == "c", "account"]
    rows = played.requests[played.requests["account"].isin(stolen)]
    used = rows.loc[rows["abusive"], "account"].nunique()
    assert 0.35 * len(stolen) < used < 0.95 * len(stolen)


def test_thieves_change_passwords_and_owners_ask_for_others(with_campaign):
    played = with_campaign("takeover", 0.0, alone=True)
    stolen = played.truth[played.truth["campaign"] == "c"].set_index("account")["sham_from"]
    rows = played.activity[played.activity["account"].isin(stolen.index)]
    rows = rows[rows["time"] >= rows["account"].map(stolen)]
    changed = rows[rows["kind"] == "password_changed"]
    asked = rows[rows["kind"] == "password_reset_requested"]
    assert 1 <= changed["account"].nunique() < 0.7 * len(stolen)
    # Who asks for a new password lost the old one to the thief before.
    first = changed.groupby("account")["time"].min()
    for account, time in asked.groupby("account")["time"].min().items():
        assert first[account] < time
    assert len(asked)
    assert np.isin(asked["account"], changed["account"]).all()
