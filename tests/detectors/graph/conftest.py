"""A sample log in which chosen things happened to chosen accounts."""

from __future__ import annotations

import numpy as np
import pytest

from shamcrowd.recording.samples import sample_log
from shamcrowd.recording.units import MS_PER_DAY

LOG = sample_log()
ROWS = LOG.tables["activity"].num_rows


@pytest.fixture
def scores_after(changed, scores_at):
    """Scores of a detector on some days, where these things happened to these accounts in turn."""

    def of(detector, *happened, days=(3,)):
        kind = np.full(ROWS, "login", object)
        account, device, card = (
            LOG.tables["activity"][name].to_numpy().copy() for name in ("account", "device", "card")
        )
        time = LOG.tables["activity"]["time"].cast("int64").to_numpy()
        # The last rows, so that the accounts are there already.
        last = ROWS - len(happened)
        for row, (name, who) in enumerate(happened, last):
            own = np.flatnonzero(account == who)[0]
            kind[row], account[row] = name, who
            device[row], card[row] = device[own], card[own]
        assert (np.diff(time) >= 0).all()
        log = changed(activity={"kind": kind, "account": account, "device": device, "card": card})
        return scores_at(detector, log, *(day * MS_PER_DAY for day in days))

    return of
