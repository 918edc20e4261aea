"""The lives of honest and sham accounts are drawn by the same code."""

import numpy as np

from shamcrowd.recording.units import MS_PER_DAY
from shamcrowd.simulator.core.streams import Streams
from shamcrowd.simulator.platform.account_batch import AccountBatch
from shamcrowd.simulator.platform.account_tables import AccountTables
from shamcrowd.simulator.platform.activity import Activity
from shamcrowd.simulator.supply.identities import names
from shamcrowd.simulator.supply.places import LOCALE_OF, places
from shamcrowd.simulator.supply.store import Owner, Supply

COUNT = 3000
SPAN = 200 * MS_PER_DAY, 230 * MS_PER_DAY


def log(campaign, *columns):
    """The rows of a batch by its place in it, with the times after its opening."""
    supply, owner = Supply(Streams(1)), Owner(0, 1, campaign=campaign is not None)
    activity = Activity(("a",))
    tables = AccountTables(supply, activity, 5.0, SPAN)
    rng = np.random.default_rng(4)
    place = places(rng.random(COUNT))
    created = np.sort(rng.integers(0, SPAN[1], COUNT))
    batch = AccountBatch.blank(created, place, names(rng, LOCALE_OF[place]))
    batch.mailbox = supply.mailboxes.personal(owner.mailboxes, rng, batch.names)
    batch.device = supply.devices.take(owner.devices, rng, batch.locale)
    batch.phone = supply.phones.take(owner.phones, rng, batch.country)
    batch.card = supply.cards.take(owner.cards, rng, batch.country)
    home = supply.addresses.take(owner.addresses, rng, batch.country, "residential")
    batch.own_addresses([home])
    handles = owner.accounts.take(COUNT)
    truth = dict.fromkeys(("persona", "segment", "tactic", "role"), "x")
    tables.admit(batch, handles, owner, np.random.default_rng(9), {**truth, "campaign": campaign})
    rows = activity.until(SPAN[1]).to_pandas()
    back = dict(zip(supply.account_ids(handles).tolist(), range(COUNT), strict=True))
    rows["account"] = rows["account"].map(back)
    return rows[["time", "account", "kind", *columns]].sort_values(["time", "account", "kind"])


def test_sham_and_honest_batches_with_equal_parameters_live_equal_lives():
    honest, sham = log(None), log("hydra")
    assert len(honest) > 5 * COUNT
    assert {"key_created", "key_revoked", "user_report", "login", "password_changed"} <= set(
        honest["kind"]
    )
    assert (honest.to_numpy() == sham.to_numpy()).all()


def test_keys_are_made_on_a_second_device_too():
    rows = log(None, "device")
    made = rows[rows["kind"].isin(["key_created", "key_revoked"])]
    first = rows.groupby("account")["device"].first()
    elsewhere = made["device"].to_numpy() != first.loc[made["account"]].to_numpy()
    assert 0.005 < elsewhere.mean() < 0.1
    # A key that follows a log-in within a minute is made where its owner logged in.
    before = rows.groupby("account").shift()
    follows = (rows["kind"] == "key_created") & (before["kind"] == "login")
    follows &= (rows["time"] - before["time"]).dt.total_seconds() < 60
    there = rows["device"] == before["device"]
    assert follows.sum() > 100
    assert there[follows].mean() > 0.95
