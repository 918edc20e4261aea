"""Answers that lie: each is that detector's failure, unless the check of it is off."""

from __future__ import annotations

import json
import pickle
import time
from dataclasses import dataclass
from types import SimpleNamespace

import numpy as np
import pytest

from shamcrowd.benchmark.execution import plugin_process
from shamcrowd.benchmark.execution.confinement import answers, messages, served_log
from shamcrowd.benchmark.execution.isolated_process import LostError, TimeLimitError
from shamcrowd.benchmark.execution.plugin_failures import FailedDetectorError
from shamcrowd.benchmark.execution.plugin_source import OfferedLog
from shamcrowd.detectors.base import Findings
from shamcrowd.recording.errors import DetectorError
from shamcrowd.recording.samples import sample_log
from shamcrowd.recording.units import EARLIEST, MS_PER_DAY

IDS = "log.accounts(['account'])['account'].to_numpy()"
LIES = {
    "NaN": (IDS, "np.full(len(ids), np.nan)", "NaN or infinite"),
    "infinite": (IDS, "np.full(len(ids), -np.inf)", "NaN or infinite"),
    "an account twice": (f"np.repeat({IDS}[:1], 2)", "np.zeros(2)", "break the contract"),
    "an unknown account": ("np.array([2**31 - 1])", "np.zeros(1)", "break the contract"),
    "an account of the future": ("np.array(LATER)", "np.zeros(len(ids))", "break the contract"),
    "a negative account": ("np.array([-1])", "np.zeros(1)", "break the contract"),
    "half an account": ("np.array([0.5])", "np.zeros(1)", "break the contract"),
    "an account too large": ("np.array([2**63], np.uint64)", "np.zeros(1)", "contract|rules"),
    "no numbers": ("np.array(['a'])", "np.zeros(1)", "break the contract"),
    "more scores": (IDS, "np.zeros(len(ids) + 1)", "break the contract"),
    "two dimensions": (IDS, "np.zeros((len(ids), 2))", "break the contract"),
    "complex scores": (IDS, "np.zeros(len(ids), complex)", "score holds complex numbers"),
    "a group without a number": (
        IDS, "np.zeros(len(ids)), np.full(len(ids), np.nan)", "cluster holds nan, not integers",
    ),
    "half a group": (
        IDS, "np.zeros(len(ids)), np.full(len(ids), 0.5)", "cluster holds 0.5, not integers",
    ),
    "a group too large": (
        IDS, "np.zeros(len(ids)), np.full(len(ids), 1e300)", "cluster holds 1e.300, not integers",
    ),
    "groups of pairs": (
        IDS, "np.zeros(len(ids)), np.zeros((len(ids), 2), int)", "break the contract",
    ),
    "a reason too few": (
        IDS, "np.zeros(len(ids)), None, ['x'] * (len(ids) - 1)", "break the contract",
    ),
    "a reason that is no text": (
        IDS, "np.zeros(len(ids)), None, [b'x'] * len(ids)", "a reason is bytes, not text",
    ),
    "moments for scores": (
        IDS, "np.full(len(ids), 'now', 'datetime64[s]').tolist()", "float|convert|contract",
    ),
    "a score of text": (IDS, "np.array(['x'] * len(ids))", "could not convert"),
}  # fmt: skip


@dataclass
class Judged:
    """Asks a hostile detector at the first review of a log of four days."""

    spies: object

    def __call__(self, ids, score, more="", limit=30.0):
        log = sample_log(accounts=8, days=4)
        now = log.start + MS_PER_DAY
        known, all_of_them = (
            log.rows("accounts", EARLIEST, until, ["account"]).column(0).to_numpy()
            for until in (now, now + 3 * MS_PER_DAY)
        )
        later = np.setdiff1d(all_of_them, known).tolist()
        body = f"""
            LATER = {later}
            def lie(self, log):
                ids = {ids}
                return Findings(ids, {score}{more})
            Spy.review = lie
            return 0
        """
        with self.spies.process(body, limit) as plugin:
            plugin.make()
            # The first review changes the class.
            plugin.review(OfferedLog(log), now, EARLIEST, None, known)
            return plugin.review(OfferedLog(log), now, EARLIEST, None, known)


@pytest.fixture
def judged(spies):
    return Judged(spies)


@pytest.mark.parametrize("name", LIES)
def test_a_lie_is_its_failure(judged, name):
    ids, score, says = LIES[name]
    with pytest.raises(DetectorError, match=says):
        judged(ids, score)


@pytest.mark.parametrize("name", ["NaN", "an account twice", "an account of the future"])
def test_it_would_be_believed_without_the_check(judged, monkeypatch, name):
    monkeypatch.setattr(Findings, "checked", lambda self, known: self)
    ids, score, _ = LIES[name]
    assert len(judged(ids, score).account)


REASONS = {
    "escapes": ("'\\x1b]0;x\\x07\\x1b[2J'", "\\x1b]0;x\\x07\\x1b[2J"),
    "direction": ("'\\u202e\\u2066'", "\\u202e\\u2066"),
    "half a character": ("'\\ud800'", "\\ud800"),
    "zero": ("'a\\0b'", "a\\x00b"),
    "a line separator": ("'a\\u2028b'", "a\\u2028b"),
}


@pytest.mark.parametrize("name", REASONS)
def test_what_a_terminal_obeys_is_escaped(judged, monkeypatch, name):
    said, shown = REASONS[name]
    found = judged(IDS, "np.zeros(len(ids))", f", reason=[{said}] * len(ids)")
    assert found.reason[0] == shown
    monkeypatch.setattr(answers, "plain_text", lambda text: text)
    raw = judged(IDS, "np.zeros(len(ids))", f", reason=[{said}] * len(ids)")
    assert raw.reason[0] != shown


def test_rows_of_the_future_come_only_where_the_benchmark_sends_them(spies, monkeypatch):
    body = """
        late = 2**62
        times = log._source.rows("requests", -late, 10**30, ["time"]).column(0)
        return int(times.cast("int64").to_numpy().max()) - log.now
    """
    assert spies(body) <= 0
    sent = plugin_process.answer
    monkeypatch.setattr(
        plugin_process, "answer",
        lambda channel, source, latest, question: sent(channel, source, 2**62, question),
    )  # fmt: skip
    assert spies(body) > 0


def test_categories_name_nothing_of_later_rows(spies, monkeypatch):
    """A recording's file has one list of names for all of its rows."""
    body = """
        found = 0
        for rows in (log.requests(), log.activity(), log.accounts()):
            for name in rows.columns[rows.dtypes == "category"]:
                found += len(set(rows[name].cat.categories) - set(rows[name].dropna()))
        return found
    """
    assert spies(body) == 0
    monkeypatch.setattr(served_log, "only_used", lambda table: table)
    assert spies(body) > 0


QUESTIONS = {
    "a moment of 100 digits": "'after': 10**100, 'until': 10**100",
    "no moment": "'after': None, 'until': True",
    "columns in columns": "'after': 0, 'until': 1, 'columns': [[[]]]",
    "columns of text": "'after': 0, 'until': 1, 'columns': 'account'",
}


@pytest.mark.parametrize("name", QUESTIONS)
def test_odd_questions_for_rows_do_no_harm(spies, name):
    try:
        said = spies(f"""
            import json, struct
            text = json.dumps({{"rows": "log", "table": "accounts", {QUESTIONS[name]}}}).encode()
            os.write(3, struct.pack(">4sIQB", b"shc1", len(text), 0, 0) + text)
            os.read(3, 9)
            os._exit(0)
        """)
    except (FailedDetectorError, LostError):
        said = "its failure"
    assert said == "its failure"


HANGS = {
    "asks for rows without end": """
        while True:
            log._source.rows("accounts", 0, 2**62, ["account"])
    """,
    "sends a byte at a time": """
        import struct
        os.write(3, struct.pack(">4sIQB", b"shc1", 2**20, 0, 0))
        while True:
            os.write(3, b" ")
            time.sleep(0.05)
    """,
    "prints without end": """
        while True:
            os.write(1, b"x" * 65536)
    """,
}


@pytest.mark.parametrize("name", HANGS)
def test_it_has_so_long_whatever_it_does(spies, name):
    begun = time.monotonic()
    with pytest.raises((TimeLimitError, FailedDetectorError)):
        spies(HANGS[name], limit=1.5)
    assert time.monotonic() - begun < 20


def test_it_has_as_long_as_it_takes_without_a_limit(spies):
    late = "time.sleep(2.5)\nreturn 'late'"
    with pytest.raises(TimeLimitError):
        spies(late, limit=1.5)
    assert spies(late, limit=None) == "late"


OFTEN = """
    rows = log._source.rows("requests", -2**61, 2**61, ["account"] * 2000)
    return rows.num_columns
"""


def test_a_column_is_sent_once(spies):
    with pytest.raises(FailedDetectorError, match="it asked for a column twice"):
        spies(OFTEN)


def test_a_column_would_be_sent_often_without_the_check(spies, monkeypatch):
    monkeypatch.setattr(served_log, "_refuse_twice", lambda columns: None)
    assert spies(OFTEN) == 2000


def test_an_exception_that_cannot_be_shown_is_its_failure(spies):
    with pytest.raises((FailedDetectorError, LostError)):
        spies("""
            class Odd(Exception):
                def __str__(self):
                    raise self
            raise Odd
        """)


def test_an_exception_of_a_gigabyte_is_cut(spies):
    with pytest.raises(FailedDetectorError) as fault:
        spies("raise ValueError('\\x1b' + 'x' * 10**7)")
    assert len(str(fault.value)) < 100_000
    assert "\x1b" not in str(fault.value)


def test_a_lie_of_one_leaves_the_next_alone(judged, spies):
    with pytest.raises(DetectorError):
        judged(*LIES["NaN"][:2])
    assert spies("return 'fine'") == "fine"


def test_a_pickle_runs_only_where_pickles_are_taken(spies, monkeypatch, tmp_path):
    mark = tmp_path / "mark"
    body = f"""
        import pickle, struct
        class Bomb:
            def __reduce__(self):
                return os.system, ("touch {mark}",)
        text = pickle.dumps(Bomb())
        os.write(3, struct.pack(">4sIQB", b"shc1", len(text), 0, 0) + text)
        time.sleep(60)
    """
    with pytest.raises(FailedDetectorError, match="is no JSON"):
        spies(body)
    assert not mark.exists()

    def trusting(data):
        try:
            return json.loads(data)
        except ValueError:
            return pickle.loads(data)

    lax = SimpleNamespace(dumps=json.dumps, loads=trusting)
    monkeypatch.setattr(messages, "json", lax)
    with pytest.raises(FailedDetectorError, match="is no JSON object"):
        spies(body)
    assert mark.exists()
