"""Logs in which some accounts fill in templates."""

import numpy as np
import pytest

from shamcrowd.recording.samples import sample_log


@pytest.fixture
def planted(changed):
    """A sample log in which accounts chosen fill in ``templates`` in a share of their prompts."""

    def make(choose, templates, share=0.5, flips=1, accounts=80):
        log = sample_log(accounts=accounts)
        rng = np.random.default_rng(7)
        account = log.tables["requests"]["account"].to_numpy()
        sketch = log.tables["requests"]["sketch"].to_numpy().copy()
        fills = np.isin(account, choose(log)) & (rng.random(len(account)) < share)
        filled = rng.integers(2**64, size=templates, dtype=np.uint64)[
            rng.integers(templates, size=int(fills.sum()))
        ]
        for _ in range(flips):
            bit = rng.integers(64, size=len(filled)).astype(np.uint64)
            filled = filled ^ (np.uint64(1) << bit)
        sketch[fills] = filled
        return changed(log, requests={"sketch": sketch})

    return make
