"""A labelled set as a recording: what it lacks is named, and unknown accounts are in no truth."""

from __future__ import annotations

import numpy as np
import pytest

from shamcrowd.benchmark.scoring.truth_arrays import open_truth
from shamcrowd.benchmark.transfer.as_recording import TOGETHER, review_days, write_set
from shamcrowd.benchmark.transfer.labelled import NO_GROUP, Labelled, ThingUses
from shamcrowd.detectors.features.index import AccountIndex
from shamcrowd.detectors.linking.personal import PersonalAddresses
from shamcrowd.recording.errors import UsageError
from shamcrowd.recording.manifest import Manifest
from shamcrowd.recording.schema import TABLES
from shamcrowd.recording.units import MS_PER_DAY
from shamcrowd.recording.view import LogView, open_log

DAY = 19_000 * MS_PER_DAY


def held(**changes):
    """Five accounts: two sham of one group, one sham of none, one honest, one unknown."""
    given = {
        "created": np.full(5, DAY), "label": np.array([1, 1, 1, 0, -1], np.int8),
        "group": np.array([3, 3, NO_GROUP, NO_GROUP, NO_GROUP]),
        "who": np.array([0, 4, 3]), "time": DAY + np.array([5, 2, 3 * MS_PER_DAY]),
        "uses": (
            ThingUses("star", np.array([0, 1, 4]), np.array([2, 2, 0]), DAY + np.array([9, 9, 1])),
        ),
        **changes,
    }  # fmt: skip
    return Labelled(**given)


@pytest.fixture(scope="module")
def recording(tmp_path_factory):
    folder = tmp_path_factory.mktemp("set") / "stars"
    write_set("stars", held(), folder, reviews=3)
    return folder


def test_the_truth_holds_those_with_a_label(recording):
    truth = open_truth(recording)
    assert len(truth.account) == 4
    assert truth.campaigns == ("group-3", TOGETHER)
    assert sorted(truth.campaign.tolist()) == [-1, 0, 0, 1]
    assert truth.prevalence == 0.75
    log = open_log(recording)
    assert log.rows("accounts", 0, 2**62, ["account"]).num_rows == 5


def test_what_it_lacks_is_named(recording):
    manifest = Manifest.read(recording)
    assert not manifest.synthetic
    lacking = manifest.not_recorded
    assert set(lacking) == set(TABLES)
    assert set(TABLES["accounts"].names) - set(lacking["accounts"]) == {"account", "created"}
    assert set(TABLES["requests"].names) - set(lacking["requests"]) == {
        "request", "time", "account",
    }  # fmt: skip
    assert "address" in lacking["addresses"]


def test_nobody_shares_what_was_not_recorded(recording):
    view = LogView(open_log(recording), DAY + 9 * MS_PER_DAY)
    for name in ("device", "address", "mailbox"):
        assert view.accounts()[name].is_unique
    requests = view.requests()
    assert (requests.groupby("address")["account"].nunique() == 1).all()


def test_rows_come_in_time_order_and_not_before_their_moment(recording):
    whole = LogView(open_log(recording), DAY + 9 * MS_PER_DAY)
    assert whole.requests()["time"].is_monotonic_increasing
    early = LogView(open_log(recording), DAY + 4)
    assert len(early.requests()) == 1
    assert early.arrow("uses").num_rows == 1
    uses = whole.arrow("uses").to_pandas()
    assert uses["time"].is_monotonic_increasing
    assert uses["kind"].tolist() == ["star"] * 3
    # The two that used one thing still do, and no other.
    shared = uses.groupby("thing")["account"].nunique()
    assert sorted(shared.tolist()) == [1, 2]


def test_reviews_are_spread_over_its_days(recording):
    manifest = Manifest.read(recording)
    assert manifest.start == DAY
    assert manifest.reviews == (DAY + MS_PER_DAY, DAY + 3 * MS_PER_DAY, DAY + 4 * MS_PER_DAY)
    assert manifest.end == manifest.reviews[-1]


def test_a_set_of_one_moment_has_one_review(tmp_path):
    one = held(time=np.full(3, DAY), uses=())
    write_set("one", one, tmp_path / "one")
    assert Manifest.read(tmp_path / "one").reviews == (DAY + MS_PER_DAY,)
    assert review_days(0, MS_PER_DAY, 8) == (MS_PER_DAY,)


def test_an_account_that_did_nothing_is_there(tmp_path):
    write_set("idle", held(created=np.array([0, DAY, DAY, DAY, DAY])), tmp_path / "idle")
    assert Manifest.read(tmp_path / "idle").start == DAY
    assert len(open_truth(tmp_path / "idle").account) == 4


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"label": np.zeros(5, np.int8)}, "0 sham and 5 honest"),
        ({"label": np.ones(5, np.int8)}, "5 sham and 0 honest"),
        ({"who": np.empty(0, int), "time": np.empty(0, int), "uses": ()}, "no action and no thing"),
    ],
)
def test_a_set_that_judges_nothing_is_refused(changes, said, tmp_path):
    with pytest.raises(UsageError, match=said):
        write_set("none", held(**changes), tmp_path / "none")
    assert not (tmp_path / "none").exists()


def test_the_same_set_gives_the_same_recording(tmp_path, recording):
    write_set("stars", held(), tmp_path / "again", reviews=3)
    assert Manifest.read(tmp_path / "again").fingerprint == Manifest.read(recording).fingerprint


def test_an_address_that_was_not_recorded_is_nobodys_home(recording):
    view = LogView(open_log(recording), DAY + 9 * MS_PER_DAY)
    assert set(view.entity("addresses")["kind"]) == {"not recorded"}
    index, personal = AccountIndex(), PersonalAddresses()
    index.update(view)
    personal.update(view, index)
    places, addresses = np.arange(5), view.accounts()["address"].to_numpy()
    assert not personal.informative(places, addresses).any()
