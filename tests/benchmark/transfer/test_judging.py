"""Which detectors have something to look at in a set, and how they are scored."""

from __future__ import annotations

import numpy as np
import pytest

from shamcrowd.benchmark.execution.confinement import landlock
from shamcrowd.benchmark.own_logs.replaying import Limits
from shamcrowd.benchmark.transfer.as_recording import write_set
from shamcrowd.benchmark.transfer.judging import OF_ACCOUNTS, _counts, judge
from shamcrowd.benchmark.transfer.labelled import NO_GROUP, Labelled, ThingUses
from shamcrowd.benchmark.transfer.transfer import transfer

DAY = 19_000 * 86_400_000
N = 60


@pytest.mark.parametrize(
    ("name", "counts"),
    [("isolation-forest", True), ("boosted-trees", True), ("template-clusters", False),
     ("mine.py:Mine", False)],
)  # fmt: skip
def test_who_counts_requests(name, counts):
    assert _counts(name) is counts


@pytest.fixture
def judged(tmp_path):
    """Half of sixty accounts are sham, and act so many times as the others."""

    def of(actions: int, *detectors: str):
        many = np.where(np.arange(N) % 2 == 0, actions, 1)
        who = np.repeat(np.arange(N), many)
        rng = np.random.default_rng(0)
        held = Labelled(
            np.full(N, DAY), (np.arange(N) % 2 == 0).astype(np.int8), np.full(N, NO_GROUP),
            who, DAY + rng.integers(86_400_000 * 4, size=len(who)),
            (ThingUses("star", np.arange(N), np.arange(N), np.full(N, DAY)),),
        )  # fmt: skip
        folder = tmp_path / f"rec-{actions}"
        write_set("few", held, folder, reviews=1)
        found = judge(folder, detectors, grouped=False, settings={}, limits=Limits())
        return {one.detector: one for one in found}

    return of


def test_counts_say_something_where_accounts_act_more_than_once(judged):
    found = judged(30, "ecod")
    assert found["ecod"].status == "ok"
    assert found["ecod"].metrics["average-precision"] > 0.9
    assert set(found["ecod"].metrics) == set(OF_ACCOUNTS)
    assert found["volume-only"].metrics["average-precision"] == 1.0
    assert found["random"].metrics["average-precision"] < 0.9
    # Every half has fifteen honest accounts: no rate of 0.1 % can be told of them.
    assert found["ecod"].metrics["recall-at-0-1-percent"] is None
    assert [len(half.score) for half in found["ecod"].halves] == [30, 30]


def test_one_action_each_says_nothing(judged):
    found = judged(1, "ecod")
    assert found["ecod"].status == "not applicable"
    assert "none of what it looks at" in found["ecod"].said
    assert found["volume-only"].said.startswith("it gives all accounts one score")
    assert found["oracle"].metrics["average-precision"] == 1.0


def test_one_that_fails_is_failed_and_not_zero(judged):
    found = judged(2, "velocity", "nobody.py:Nothing")
    assert found["nobody.py:Nothing"].status == "failed"
    assert not found["nobody.py:Nothing"].metrics


NOSY = """
from pathlib import Path

import numpy as np

from shamcrowd.detectors.base import Findings

HERE = Path(__file__).parent


class Nosy:
    def review(self, log):
        ids = log.accounts(["account"])["account"].to_numpy()
        log.requests(["time"])
        for path in (HERE / "data").iterdir():
            raise RuntimeError(f"can read {len(path.read_bytes())} bytes of labels")
        return Findings(ids, np.arange(len(ids), dtype=float))
"""


@pytest.mark.skipif(not landlock.version(), reason="this kernel has no Landlock")
def test_labels_beside_a_detector_are_kept_from_it(invented, tmp_path):
    (tmp_path / "data").mkdir()
    invented.own_table(tmp_path / "data")
    (tmp_path / "nosy.py").write_text(NOSY)
    nosy = f"{tmp_path / 'nosy.py'}:Nosy"
    found = transfer({"own-table": tmp_path / "data"}, [nosy], tmp_path / "out", reviews=1)
    assert "can read" not in found.sets[0].judged[0].said
    recording = tmp_path / "out/recordings/own-table"

    # It would read them where they are not hidden.
    (open_to_it, *_) = judge(recording, [nosy], grouped=True, settings={}, limits=Limits())
    assert "can read" in open_to_it.said
