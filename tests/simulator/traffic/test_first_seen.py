"""The first time of each handle is kept, separately for campaigns and legitimate accounts."""

import numpy as np
from hypothesis import given

from shamcrowd.simulator.core.handles import CAMPAIGN_BIT
from shamcrowd.simulator.traffic.first_seen import HandleFirstSeen
from tests.simulator.core.test_first_seen import REPEATABLE, USES, earliest


@REPEATABLE
@given(USES)
def test_first_use_keeps_the_two_regions_apart(batches):
    first = HandleFirstSeen()
    batches = [[(i | CAMPAIGN_BIT * (i % 2), t) for i, t in batch] for batch in batches]
    for batch in batches:
        first.note(np.array([i for i, _ in batch], np.int64), np.array([t for _, t in batch]))
    handles, times = first.known()
    assert dict(zip(handles.tolist(), times.tolist(), strict=True)) == earliest(batches)
