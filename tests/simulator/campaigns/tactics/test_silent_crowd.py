"""Most of a silent crowd sends nothing, the rest little, so that volume does not find it."""

import numpy as np
import pytest

from tests.recordings import recorded

SCENARIO = "silent-crowd-among-occasional-v2"


def ranked_above(ones, others):
    """How often one of ``ones`` is above one of ``others``, equals counted half: the AUC."""
    order = np.sort(others)
    below = np.searchsorted(order, ones, "left") + np.searchsorted(order, ones, "right")
    return (below / 2 / len(others)).mean()


@pytest.fixture(scope="module", params=["", "careless", "expert"])
def volumes(request, read_recording):
    name = SCENARIO.replace("-v2", f"-{request.param}-v2" if request.param else "-v2")
    played = read_recording(recorded(name, 2, scale=0.1))
    made = played.requests.groupby("account").size()
    truth = played.truth.set_index("account")
    count = made.reindex(truth.index, fill_value=0)
    return count[truth["campaign"].notna()], count[truth["campaign"].isna()], truth["segment"]


def test_most_send_nothing_and_nobody_much(volumes):
    sham, _, _ = volumes
    assert len(sham) >= 25
    assert (sham == 0).mean() > 0.3
    assert 0 < sham.mean() < 12


def test_who_looks_for_busy_accounts_does_not_find_it(volumes):
    """Measured: 0.46 at seed 6001 and a scale of 0.3; in labelled sets 0.18 to 0.49."""
    sham, honest, _ = volumes
    assert ranked_above(sham.to_numpy(), honest.to_numpy()) < 0.56


def test_its_look_alike_is_as_silent(volumes):
    sham, honest, segment = volumes
    alike = honest[(segment == "occasional").reindex(honest.index)]
    assert len(alike) > 500
    assert (alike == 0).mean() > 0.5
    assert 0.25 < ranked_above(sham.to_numpy(), alike.to_numpy()) < 0.85
