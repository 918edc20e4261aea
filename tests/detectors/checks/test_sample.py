"""The log that the checks play must keep what the tables promise."""

from __future__ import annotations

import pytest

from shamcrowd.recording.samples import sample_log


@pytest.mark.parametrize(("table", "key"), [("addresses", "address"), ("devices", "device")])
def test_a_thing_is_seen_no_later_than_its_first_account(table, key):
    log = sample_log()
    seen = log.tables[table].to_pandas().set_index(key)["first_seen"]
    accounts = log.tables["accounts"].to_pandas()
    assert (seen.reindex(accounts[key]).to_numpy() <= accounts["created"].to_numpy()).all()
