"""First uses: the earliest of each pair, whatever the reviews, and whose addresses count."""

from __future__ import annotations

import numpy as np

from shamcrowd.detectors.linking.first_uses import FirstUses
from shamcrowd.recording.samples import START, sample_log
from shamcrowd.recording.units import EARLIEST, MS_PER_DAY
from shamcrowd.recording.view import LogView


def uses(log, days):
    found, since = FirstUses(), EARLIEST
    for day in days:
        now = START + int(day * MS_PER_DAY)
        found.update(LogView(log, now, since))
        since = now
    ids = found.index.ids
    return {
        layer: sorted(zip(ids[one[0]].tolist(), *one[1:].tolist(), strict=True))
        for layer, one in found.by_layer.items()
    }


def strangers(changed, kind):
    known = sample_log().tables["addresses"].num_rows
    return changed(accounts={"organisation": [None] * 80}, addresses={"kind": [kind] * known})


def test_each_pair_once_with_its_earliest_moment(changed):
    log = strangers(changed, "residential")
    found = uses(log, [3])
    expected = {}
    for table, columns in (("accounts", "created"), ("requests", "time")):
        rows = log.tables[table].to_pandas()
        for a, t, m in zip(rows["account"], rows["address"], rows[columns], strict=True):
            moment = int(m.value // 10**6)
            expected[a, t] = min(expected.get((a, t), moment), moment)
    assert found["address"] == sorted((a, t, m) for (a, t), m in expected.items())
    assert uses(log, np.arange(1, 13) / 4) == found


def test_members_and_gateways_have_no_addresses(changed):
    assert not uses(sample_log(), [3])["address"]
    log = strangers(changed, "mobile")
    assert not uses(log, [3])["address"]
    assert uses(log, [3])["device"]
