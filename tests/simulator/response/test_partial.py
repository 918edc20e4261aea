"""A reviewer that fails ends the run: what was simulated is kept and marked as partial."""

import traceback

import numpy as np
import pytest

from shamcrowd.recording.errors import RecordingError
from shamcrowd.recording.manifest import Manifest
from shamcrowd.recording.schema import TABLES
from shamcrowd.recording.truth import Truth
from shamcrowd.recording.truth_schema import TRUTH_TABLES
from shamcrowd.recording.units import EARLIEST, MS_PER_DAY
from shamcrowd.recording.view import LogView, open_log
from shamcrowd.simulator import simulate
from shamcrowd.simulator.response.reviewer import Alerts, AlertsError
from tests.simulator.response.reviewers import WEEK, Some, nobody, plain

DAY = MS_PER_DAY


class OutOfSortsError(Exception):
    def __init__(self, what, where):
        super().__init__(f"{what} at {where}")


class Fails:
    """Does as another until one review, then raises, or answers nonsense."""

    def __init__(self, number, then=nobody, answer=None):
        self.number = number
        self.then = then
        self.answer = answer
        self.asked = 0

    def __call__(self, log):
        self.asked += 1
        if self.asked - 1 < self.number:
            return self.then(log)
        if self.answer is not None:
            return self.answer
        return self._broken(log)

    def _broken(self, log):
        raise OutOfSortsError("no idea", log.now)


@pytest.mark.parametrize("number", [0, 6, 7], ids=["first", "midday", "midnight"])
@pytest.mark.parametrize("workers", [1, 2])
def test_what_was_played_is_kept_and_says_so(play, tmp_path, number, workers):
    with pytest.raises(OutOfSortsError, match="no idea at") as raised:
        play(Fails(number, Some(0.3)), *WEEK, scale=0.1, workers=workers)
    # The caller sees where in the reviewer it happened.
    assert "_broken" in "".join(traceback.format_exception(raised.value))
    folder = tmp_path / "r.partial"
    assert not (tmp_path / "r").exists()
    for opens in (Manifest.read, open_log, Truth):
        with pytest.raises(
            RecordingError, match=r"partial, the reviewer raised OutOfSorts.*no idea"
        ):
            opens(folder)
    manifest = Manifest.read(folder, partial=True)
    assert manifest.closed
    assert manifest.end == manifest.start + (number + 1) * DAY // 4
    assert manifest.reviews == tuple(manifest.start + (n + 1) * DAY // 4 for n in range(number + 1))
    assert set(manifest.rows) == set(TABLES) | set(TRUTH_TABLES)
    assert not (folder / "live").exists()
    # It holds what the view showed at that moment.
    whole = play(Some(0.3), *WEEK, scale=0.1, name="whole")
    log = LogView(open_log(folder, partial=True), manifest.end - 1)
    same = open_log(whole.folder)
    for name in TABLES:
        assert plain(log.arrow(name)).equals(plain(same.rows(name, EARLIEST, manifest.end - 1))), (
            name
        )
    assert log.arrow("requests").num_rows == manifest.rows["requests"] > 10
    responses = Truth(folder, partial=True).responses()
    assert (responses["time"].astype("int64").to_numpy() < manifest.end * 10**6).all()


def test_the_next_run_takes_its_place(play, tmp_path):
    with pytest.raises(OutOfSortsError):
        play(Fails(2), *WEEK, scale=0.05)
    run = play(nobody, *WEEK, scale=0.05, workers=1)
    assert [p.name for p in tmp_path.iterdir()] == ["r"]
    assert Manifest.read(run.folder).partial is None


def test_an_earlier_recording_is_left_alone(play, tmp_path):
    run = play(nobody, *WEEK, scale=0.05, workers=1)
    with pytest.raises(OutOfSortsError):
        play(Fails(2), *WEEK, scale=0.05)
    assert Manifest.read(run.folder).fingerprint == run.manifest.fingerprint


def test_an_interruption_leaves_nothing(tmp_path):
    def stopped(log):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        simulate("quickstart-v2", 1, tmp_path / "r", scale=0.05, reviewer=stopped)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("account", "score", "said"),
    [
        ([7], [1.0], "account 7 is not in the view"),
        ([1, 1], [1.0, 2.0], "appears twice"),
        ([1], [float("nan")], "not finite"),
        ([1], [1.0, 2.0], "one score for each"),
        ([0.5], [1.0], "integer account ids"),
    ],
)
def test_alerts_that_cannot_be(account, score, said):
    with pytest.raises(AlertsError, match=said):
        Alerts(np.array(account), np.array(score)).checked(np.array([1, 2, 3]))


def test_nonsense_is_the_reviewer_s_fault(play):
    with pytest.raises(AlertsError, match="account -5 is not in the view"):
        play(Fails(1, answer=Alerts(np.array([-5]), np.array([1.0]))), *WEEK, scale=0.05)


def test_alerts_about_accounts_that_are_still_to_come(play):
    seen = []

    def early(log):
        seen.append(log.arrow("accounts", ["account"]).column(0).to_numpy())
        return nobody(log)

    play(early, *WEEK, scale=0.05)
    to_come = np.setdiff1d(seen[-1], seen[0])
    assert len(to_come) > 5
    with pytest.raises(AlertsError, match="is not in the view"):
        play(Fails(0, answer=Alerts(to_come[:1], np.ones(1))), *WEEK, scale=0.05)
