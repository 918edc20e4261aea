"""Detectors that stay as a log is imported again with more rows."""

from __future__ import annotations

import json

import numpy as np
import pandas as pd
import pytest

from shamcrowd.benchmark.cli.entry import run
from shamcrowd.benchmark.execution.confinement import landlock
from shamcrowd.benchmark.own_logs.detect import detect
from shamcrowd.benchmark.own_logs.following import Follower
from shamcrowd.recording.errors import RecordingError
from shamcrowd.recording.imports.importing import import_log
from shamcrowd.recording.imports.mapping import read_mapping, shipped
from tests.benchmark.own_logs.test_detect import PRIES

COUNTING = """
import numpy as np
from shamcrowd.detectors.base import Findings

class Counting:
    '''How many requests were new, for everybody but the first account.'''
    def review(self, log):
        ids = np.sort(log.accounts(["account"])["account"].to_numpy())
        score = np.full(len(ids), float(len(log.new.requests(["time"]))))
        score[0] = -1.0
        return Findings(ids, score)
"""


@pytest.fixture
def grow(tmp_path):
    """Import a log anew with all rows so far; four of twelve accounts use one address."""
    rows: list[dict[str, object]] = []

    def more(*hours: str, accounts: int = 12):
        for hour in hours:
            rows.extend(
                {"startTime": f"2026-03-{hour}:{i:02d}:00Z", "user": f"user-{i}", "api_key": "k",
                 "prompt_tokens": 9, "completion_tokens": 9, "status": "success", "model": "m",
                 "requester_ip_address": "203.0.113.7" if i < 4 else f"198.51.100.{i}"}
                for i in range(accounts)
            )  # fmt: skip
        (tmp_path / "log.jsonl").write_text("\n".join(map(json.dumps, rows)))
        mapping = read_mapping(shipped()["litellm-spend-logs"])
        import_log([str(tmp_path / "log.jsonl")], mapping, tmp_path / "rec", b"k" * 32)
        return tmp_path / "rec"

    return more


@pytest.fixture
def counting(tmp_path):
    home = tmp_path / "mine"
    home.mkdir()
    (home / "counting.py").write_text(COUNTING)
    return f"{home / 'counting.py'}:Counting"


def new_rows(found):
    return float(found.detected[0].findings.score[-1])


def test_a_detector_is_shown_new_rows_alone(grow, counting):
    recording = grow("02T08", "02T09")
    with Follower(recording, [counting]) as follower:
        first = follower.look()
        assert new_rows(first) == 24
        # The last row of user-11 is of 09:11, what is later on that day is still to come.
        assert first.now == pd.Timestamp("2026-03-02T09:11Z").value // 10**6
        assert follower.look() is None
        grow("02T10")
        assert new_rows(follower.look()) == 12
        assert not follower.restarted
        # Over midnight there are two reviews; the last has the new day's rows.
        grow("02T20", "03T01")
        assert new_rows(follower.look()) == 12


@pytest.mark.skipif(not landlock.version(), reason="this kernel has no Landlock")
def test_what_is_hidden_is_out_of_a_detector_s_reach(grow, tmp_path):
    recording = grow("02T08", "02T09")
    (tmp_path / "pries.py").write_text(PRIES)
    for name in ("who.txt", "notes.txt"):
        (tmp_path / name).write_text("kept")
    pries, names = f"{tmp_path / 'pries.py'}:Pries", tmp_path / "who.txt"
    for hidden, said in (((names,), ""), ((), "who.txt lies open")):
        with Follower(recording, [pries], hidden=hidden) as follower:
            (found,) = follower.look().detected
        assert found.failed == bool(said), found.said
        assert said in found.said


def test_rows_that_come_late_are_read_by_a_new_start(grow, counting):
    recording = grow("02T08", "02T12")
    with Follower(recording, [counting]) as follower:
        follower.look()
        grow("02T10")
        found = follower.look()
        assert follower.restarted
        assert new_rows(found) == 36
        grow("02T13")
        follower.look()
        assert not follower.restarted


def test_it_says_what_one_that_reads_all_at_once_says(grow):
    names = ["synchrotrap", "evil-cohort", "volume-only"]
    hours = ["02T08", "02T09", "02T10", "03T08", "03T09"]
    with Follower(grow(*hours[:3]), names) as follower:
        follower.look()
        found = follower.look() or follower
        recording = grow(*hours[3:])
        found = follower.look()
    whole = detect(recording, names, as_of=found.now)
    for one, other in zip(found.detected, whole.detected, strict=True):
        assert one.findings is not None, one.said
        order = np.argsort(one.findings.account)
        assert one.findings.score[order] == pytest.approx(
            other.findings.score[np.argsort(other.findings.account)]
        )


def test_what_is_not_applicable_or_fails_is_said_and_the_others_go_on(grow, tmp_path):
    (tmp_path / "bad").mkdir()
    (tmp_path / "bad/bad.py").write_text(
        "class Bad:\n    '''Fails.'''\n    def review(self, log):\n        raise ValueError('no')\n"
    )
    recording = grow("02T08")
    names = ["boosted-trees", "sign-up-burst", f"{tmp_path / 'bad/bad.py'}:Bad", "volume-only"]
    with Follower(recording, names) as follower:
        for _ in range(2):
            found = follower.look()
            learns, nothing, bad, good = found.detected
            assert "labels" in learns.said
            assert "none of what it looks at" in nothing.said
            assert bad.failed
            assert good.findings is not None
            grow("02T09")


def test_a_recording_that_is_being_put_in_place_is_waited_for(grow, counting):
    recording = grow("02T08")
    aside = recording.with_name("aside")
    with Follower(recording, [counting]) as follower:
        follower.look()
        recording.rename(aside)
        assert follower.look() is None
        aside.rename(recording)
        grow("02T09")
        assert new_rows(follower.look()) == 12


def test_there_must_be_one_to_begin_with(tmp_path, counting):
    with Follower(tmp_path / "nothing", [counting]) as follower, pytest.raises(RecordingError):
        follower.look()


def test_the_command(grow, tmp_path, capsys):
    recording = grow("02T08", "02T09", "02T10", "03T08")
    line = ["detect", str(recording), "--detector", "synchrotrap", "--follow", "--looks", "2",
            "--every", "0", "--alerts-per-day", "2", "--out", str(tmp_path / "r.csv")]  # fmt: skip
    assert run(line) == 0
    said = capsys.readouterr().out
    assert "2026-03-03 08:11:00Z: 12 accounts" in said
    table = pd.read_csv(tmp_path / "r.csv", keep_default_na=False)
    # Two on each of two days, all of them of the four that share an address.
    assert (table["alert"] != "").sum() == 4
    assert said.count("alert: ") == 4
    assert set(table.head(4)["alert"]) == {"2026-03-03T00:00+00:00", "2026-03-03T08:11+00:00"}


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (["--follow", "--as-of", "2026-03-02"], "leave out --as-of"),
        (["--alerts-per-day", "1", "--borrow", "quickstart-v2"], "choose one"),
        (["--borrow", "nowhere-v1"], "nowhere-v1"),
    ],
)
def test_what_does_not_go_together_is_refused(grow, more, said, capsys):
    assert run(["detect", str(grow("02T08")), "--detector", "velocity", *more]) == 2
    assert said in capsys.readouterr().err
