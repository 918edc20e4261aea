"""Saved findings: what is kept, what must not get lost, and what is never read."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shamcrowd.benchmark.scoring.findings_store import (
    NEVER_FLAGGED,
    FindingsMetadata,
    FindingsWriter,
    SavedFindings,
    read_metadata,
    write_failure,
)
from shamcrowd.detectors.base import LOG_ODDS, Findings, NamedThings
from shamcrowd.recording.atomic import publish
from shamcrowd.recording.errors import UnreadableError
from shamcrowd.recording.whole import file_digest

ACCOUNTS = np.array([30, 4, 11], np.int32)


def _written(folder, history):
    """``history``: for each review the scores of all accounts, in the order of ``ACCOUNTS``."""
    writer = FindingsWriter(folder, ACCOUNTS)
    for number, scores in enumerate(history):
        writer.add(number, Findings(ACCOUNTS, np.array(scores, float)))
    writer.finish("x", {"k": 1}, 1.5, 20.0)
    publish(folder)
    return SavedFindings.read(folder)


histories = st.lists(st.lists(st.integers(-3, 3), min_size=3, max_size=3), min_size=1, max_size=6)


@settings(deadline=None, derandomize=True, max_examples=60)
@given(histories, st.integers(-4, 4))
def test_first_over_as_a_plain_loop_finds_it(tmp_path_factory, history, threshold):
    saved = _written(tmp_path_factory.mktemp("t") / "saved", history)
    assert saved.account.tolist() == [4, 11, 30]
    for account, first, best in zip(
        saved.account.tolist(), saved.first_over(threshold), saved.score, strict=True
    ):
        own = [scores[ACCOUNTS.tolist().index(account)] for scores in history]
        over = [number for number, s in enumerate(own) if s > threshold]
        assert first == (over[0] if over else NEVER_FLAGGED)
        assert best == max(own)


def test_round_trip(tmp_path):
    writer = FindingsWriter(tmp_path / "t", ACCOUNTS)
    # At the first review account 11 is not open yet; orders differ between reviews.
    writer.add(
        0, Findings(ACCOUNTS[[1, 0]], np.array([1.0, 2.0]), np.array([5, -1]), ["why 4", ""])
    )
    writer.add(
        1,
        Findings(
            ACCOUNTS[[2, 0, 1]],
            np.array([0.5, 3.0, 1.0]),
            np.array([2, 2, -1]),
            ["", "why 30", ""],
            scale=LOG_ODDS,
        ),
    )
    # The third says nothing of groups or reasons, and no score rises; account 11 it leaves out.
    writer.add(2, Findings(ACCOUNTS[[0, 1]], np.array([2.5, 1.0]), scale=LOG_ODDS))
    writer.finish("mine", {"detector": "abc"}, 1.5, 20.0)
    assert not (tmp_path / "t").exists()
    publish(tmp_path / "t")
    saved = SavedFindings.read(tmp_path / "t")
    assert saved.account.tolist() == [4, 11, 30]
    assert saved.score.tolist() == [1.0, 0.5, 3.0]
    assert saved.last_score.tolist() == [1.0, 0.5, 2.5]
    assert saved.cluster.tolist() == [-1, 2, 2]
    assert saved.reason == ["", "", "why 30"]
    assert saved.groups
    columns = (saved.increase_review, saved.increase_account, saved.increase_score)
    assert sorted((int(r), int(a), float(s)) for r, a, s in zip(*columns, strict=True)) == [
        (0, 4, 1.0), (0, 30, 2.0), (1, 11, 0.5), (1, 30, 3.0),
    ]  # fmt: skip
    files = {p.name: file_digest(p) for p in (tmp_path / "t").glob("*.parquet")}
    noted = FindingsMetadata(
        "mine", {"detector": "abc"}, True, 1.5, 20.0, files=files, scale=LOG_ODDS
    )
    assert saved.metadata == noted
    assert len(files) == 2
    assert not (tmp_path / "t.partial").exists()


def test_without_clusters_it_does_not_group(tmp_path):
    saved = _written(tmp_path / "t", [[1, 2, 3]])
    assert not saved.groups
    assert saved.cluster.tolist() == [-1, -1, -1]


def test_a_later_trace_takes_the_place_of_an_earlier_one(tmp_path):
    _written(tmp_path / "t", [[9, 9, 9], [9, 9, 9]])
    assert _written(tmp_path / "t", [[1, 1, 1]]).score.tolist() == [1, 1, 1]


def test_half_written_is_never_read(tmp_path):
    writer = FindingsWriter(tmp_path / "t", ACCOUNTS)
    writer.add(0, Findings(ACCOUNTS, np.ones(3)))
    with pytest.raises(UnreadableError, match="run the detector again"):
        SavedFindings.read(tmp_path / "t")
    writer.abandon()
    assert list(tmp_path.iterdir()) == []


def test_a_half_written_one_leaves_what_was_there(tmp_path):
    _written(tmp_path / "t", [[1, 2, 3]])
    writer = FindingsWriter(tmp_path / "t", ACCOUNTS)
    writer.add(0, Findings(ACCOUNTS, np.full(3, 8.0)))
    assert SavedFindings.read(tmp_path / "t").score.max() == 3
    writer.abandon()
    assert SavedFindings.read(tmp_path / "t").score.max() == 3


def test_what_a_killed_writer_left_is_cleared_away(tmp_path):
    (tmp_path / "t.partial").mkdir()
    (tmp_path / "t.partial" / "junk").write_text("x")
    _written(tmp_path / "t", [[1, 2, 3]])
    assert not (tmp_path / "t" / "junk").exists()


@pytest.mark.parametrize("name", ["findings.json", "rises.parquet", "accounts.parquet"])
@pytest.mark.parametrize("content", [b"", b"[1]", b"PAR1 no"])
def test_damaged(tmp_path, name, content):
    _written(tmp_path / "t", [[1, 2, 3]])
    (tmp_path / "t" / name).write_bytes(content)
    with pytest.raises(UnreadableError, match=f"{name}.*; run the detector again"):
        SavedFindings.read(tmp_path / "t")


def test_a_failure_takes_the_place_of_findings(tmp_path):
    _written(tmp_path / "t", [[1, 2, 3]])
    write_failure(tmp_path / "t", FindingsMetadata("x", {"k": 2}, False, 0.1, 5.0, "it broke"))
    assert read_metadata(tmp_path / "t").error == "it broke"
    assert [p.name for p in (tmp_path / "t").iterdir()] == ["findings.json"]
    with pytest.raises(UnreadableError):
        SavedFindings.read(tmp_path / "t")


def test_things_are_kept_as_their_scores_rise(tmp_path):
    writer = FindingsWriter(tmp_path / "t", ACCOUNTS)
    zeros = np.zeros(len(ACCOUNTS))
    for review, scores in enumerate([(1.0, 5.0), (2.0, 4.0), (2.0, 6.0)]):
        things = NamedThings(["bin", "block"], ["400012", "100.64.3.0/24"], np.array(scores))
        writer.add(review, Findings(ACCOUNTS, zeros, things=things))
    writer.finish("x", {}, 0.0, 0.0)
    publish(tmp_path / "t")
    kept = SavedFindings.read(tmp_path / "t").things
    assert kept.select(["review", "kind", "score"]).to_pylist() == [
        {"review": 0, "kind": "bin", "score": 1.0}, {"review": 0, "kind": "block", "score": 5.0},
        {"review": 1, "kind": "bin", "score": 2.0}, {"review": 2, "kind": "block", "score": 6.0},
    ]  # fmt: skip


def test_without_things_there_is_no_file(tmp_path):
    writer = FindingsWriter(tmp_path / "t", ACCOUNTS)
    nothing = NamedThings([], [], np.empty(0))
    writer.add(0, Findings(ACCOUNTS, np.zeros(len(ACCOUNTS)), things=nothing))
    writer.finish("x", {}, 0.0, 0.0)
    publish(tmp_path / "t")
    assert SavedFindings.read(tmp_path / "t").things is None
