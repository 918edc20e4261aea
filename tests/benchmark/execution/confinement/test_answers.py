"""What a plug-in answers is believed as far as it is proved; a lie is its own failure."""

from __future__ import annotations

import json
import os
from dataclasses import replace

import numpy as np
import pytest

from shamcrowd.benchmark.execution.confinement.answers import (
    checked_findings,
    packed_arrays,
    packed_findings,
    unpacked_arrays,
)
from shamcrowd.benchmark.execution.confinement.messages import BadAnswerError
from shamcrowd.benchmark.execution.isolated_process import ProcessDiedError, TimeLimitError
from shamcrowd.benchmark.execution.plugin_failures import FailedDetectorError
from shamcrowd.detectors.base import Findings, NamedThings
from shamcrowd.recording.errors import DetectorError
from shamcrowd.recording.samples import sample_log
from shamcrowd.recording.units import EARLIEST, MS_PER_DAY

IDS = np.array([3, 5, 9], np.int32)


def told(found):
    head, body = packed_findings(found)
    return json.loads(json.dumps(head)), memoryview(body)


def test_findings_come_back_as_they_were():
    found = Findings(IDS, np.array([0.1, 0.2, 0.3]), np.array([0, -1, 0]), ["a", "", "ü"])
    back = checked_findings(*told(found), IDS)
    assert back.account.dtype == IDS.dtype
    for name in ("account", "score", "cluster"):
        assert np.array_equal(getattr(back, name), getattr(found, name)), name
    assert back.reason == ["a", "", "ü"]
    assert back.scale == ""


def test_what_scores_say_that_they_are_is_held_to():
    found = Findings(IDS, np.array([0.1, 0.2, 0.3]), scale="probability")
    head, body = told(found)
    assert checked_findings(head, body, IDS).scale == "probability"
    for lie in ("odds", ["probability"], 1, None, {}):
        with pytest.raises(BadAnswerError, match="no scale"):
            checked_findings({**head, "scale": lie}, body, IDS)
    with pytest.raises(DetectorError, match="from 0 to 1"):
        checked_findings(*told(replace(found, score=np.array([0.1, 2.0, 0.3]))), IDS)


@pytest.mark.parametrize(
    ("about", "body"),
    [
        (None, b""),
        ([["account", "<i8", [1]]], b""),
        ([["account", "<i8", [1]]], b"123456789"),
        ([["account", "<i8", [-1]]], b""),
        ([["account", "<i8", [True]]], b"12345678"),
        ([["account", "<i8", [1.0]]], b"12345678"),
        ([["account", "|O", [1]]], b"12345678"),
        ([["account", "<i8", [2**62, 2**62]]], b""),
        ([["account", "<i8", [0] * 5]], b""),
        ([["account", "<i8"]], b""),
        ([["account", ["<i8"], [1]]], b"12345678"),
    ],
)
def test_arrays_that_are_none(about, body):
    with pytest.raises(BadAnswerError):
        unpacked_arrays(about, memoryview(body))


@pytest.mark.parametrize(
    "arrays",
    [
        {"account": IDS.astype(np.int64)},
        {"account": IDS.astype(np.int64), "score": np.zeros(3), "truth": np.zeros(3)},
        {"account": IDS.astype(np.int64), "score": IDS.astype(np.int64)},
        {"account": IDS.astype(np.int64), "score": np.zeros(3), "cluster": np.zeros(3)},
        {"account": IDS.astype(np.int64), "score": np.zeros(3), "reason": np.zeros(3, np.uint8)},
        {"account": IDS.astype(np.int64), "score": np.zeros(3),
         "reason": np.frombuffer(b'["a", 1, "b"]', np.uint8)},
        {"account": IDS.astype(np.int64), "score": np.zeros(3),
         "reason": np.frombuffer(b"[" * 100_000, np.uint8)},
        {"account": IDS.astype(np.int64), "score": np.zeros(3), "thing_score": np.zeros(1)},
        {"account": IDS.astype(np.int64), "score": np.zeros(3), "thing_score": np.zeros(1),
         "thing": np.frombuffer(b"[" * 100_000, np.uint8)},
        {"account": IDS.astype(np.int64), "score": np.zeros(3), "thing_score": np.zeros(1),
         "thing": np.frombuffer(b'[["bin"]]', np.uint8)},
        {"account": IDS.astype(np.int64), "score": np.zeros(3), "thing_score": np.zeros(1),
         "thing": np.frombuffer(b'[["bin"], [7]]', np.uint8)},
        {"account": IDS.astype(np.int64), "score": np.zeros(3),
         "thing_score": np.zeros(1, np.int64),
         "thing": np.frombuffer(b'[["bin"], ["7"]]', np.uint8)},
    ],
)  # fmt: skip
def test_findings_that_are_none(arrays):
    about, body = packed_arrays(arrays)
    with pytest.raises(BadAnswerError):
        checked_findings({"arrays": about}, memoryview(body), IDS)


@pytest.mark.parametrize("score", [np.nan, np.inf])
def test_a_score_that_is_no_number_breaks_the_contract(score):
    with pytest.raises(DetectorError, match="1 score is NaN or infinite"):
        checked_findings(*told(Findings(IDS, np.array([0.0, score, 0.0]))), IDS)


def test_reasons_are_kept_from_the_terminal():
    found = Findings(IDS, np.zeros(3), None, ["\x1b[31m", "\u202e", "\ud800"])
    assert checked_findings(*told(found), IDS).reason == ["\\x1b[31m", "\\u202e", "\\ud800"]


def test_things_come_back_as_they_were_and_are_checked():
    things = NamedThings(["bin", "block"], ["400012", "\x1b[31m"], np.array([1.0, 2.0]))
    back = checked_findings(*told(Findings(IDS, np.zeros(3), things=things)), IDS).things
    assert back.kind == ["bin", "block"]
    assert back.name == ["400012", "\\x1b[31m"]
    assert back.score.tolist() == [1.0, 2.0]
    assert checked_findings(*told(Findings(IDS, np.zeros(3))), IDS).things is None
    strange = NamedThings(["planet"], ["x"], np.array([1.0]))
    with pytest.raises(DetectorError, match="'planet' is no kind of thing"):
        checked_findings(*told(Findings(IDS, np.zeros(3), things=strange)), IDS)


LYING = """
        import shamcrowd.detectors.base as base
        class Lie:
            account, cluster, reason = log.accounts(["account"])["account"].to_numpy(), None, None
            score = np.full(len(account), np.nan)
            def checked(self, known):
                return self
        Spy.review = lambda self, log: Lie()
        base.Findings.checked = Lie.checked
        for name, module in list(sys.modules.items()):
            if hasattr(module, "checked_findings"):
                module.checked_findings = lambda head, body, known: Lie()
        sys.modules["__main__"].__dict__.clear()
        return "first"
"""


def test_contract_checks_that_were_changed_in_its_process_change_nothing(spies):
    log = sample_log(accounts=8, days=4)
    known = [
        log.rows("accounts", EARLIEST, log.start + n * MS_PER_DAY, ["account"]) for n in (1, 2)
    ]
    from shamcrowd.benchmark.execution.plugin_source import OfferedLog

    with spies.process(LYING) as plugin:
        plugin.make()
        ids = known[0].column(0).to_numpy()
        plugin.review(OfferedLog(log), log.start + MS_PER_DAY, EARLIEST, None, ids)
        ids = known[1].column(0).to_numpy()
        with pytest.raises(DetectorError, match="score is NaN"):
            plugin.review(OfferedLog(log), log.start + 2 * MS_PER_DAY, EARLIEST, None, ids)


def raw(sent):
    return f"""
        import pickle, struct
        class Bomb:
            def __reduce__(self):
                return os.system, ("touch /tmp/shamcrowd-bomb-{os.getpid()}",)
        head = lambda text, size, mark=b"shc1", file=0: (
            struct.pack(">4sIQB", mark, len(text), size, file) + text)
        os.write(3, {sent})
        time.sleep(60)
    """


@pytest.mark.parametrize(
    ("sent", "says"),
    [
        ("pickle.dumps(Bomb())", "what it sent is no message"),
        ("head(pickle.dumps(Bomb()), 0)", "what it sent is no JSON"),
        ("head(b'{}', 2**50)", r"it sent 1,125,899,906,842,624 bytes; at most"),
        ("head(b'[]', 0)", "what it sent is no JSON object"),
        ("head(b'{\"a\":' * 100000, 0)", "what it sent is no JSON"),
        ("head(b'9' * 10000, 0)", "what it sent is no JSON"),
        ("head(b'{}', 0, file=1)", "what it sent is no message"),
        ("head(b'{}', 0)", "what it sent describes no arrays"),
        ("head(b'{\"rows\": \"other\"}', 0)", "it asked for rows of no log"),
        ("head(b'{\"rows\": \"log\", \"table\": [\"truth\"]}', 0)", "for rows of no table"),
        ("head(b'{\"rows\": \"log\", \"table\": \"accounts\", \"after\": 0, \"until\": 1, "
         "\"columns\": [\"truth\"]}', 0)", "it asked for columns that there are not"),
    ],
)  # fmt: skip
def test_what_is_no_answer_is_its_failure(spies, sent, says):
    with pytest.raises(FailedDetectorError, match=says):
        spies(raw(sent))
    assert not os.path.exists(f"/tmp/shamcrowd-bomb-{os.getpid()}")  # noqa: PTH110


def test_an_answer_has_a_largest_size(spies):
    with pytest.raises(FailedDetectorError, match=r"it sent [\d,]+ bytes; at most"):
        spies("return 'x' * 3_000_000")


def test_it_may_end_or_hang(spies):
    with pytest.raises(ProcessDiedError, match="its process ended with code 7"):
        spies("os._exit(7)")
    with pytest.raises(ProcessDiedError, match="its process ended with code 3"):
        spies("sys.exit(3)")
    with pytest.raises(TimeLimitError, match="3 s, the time limit"):
        spies("time.sleep(60)", limit=3.0)


def test_a_child_that_holds_the_channel_does_not_hold_the_benchmark(spies):
    with pytest.raises(ProcessDiedError, match="its process ended with code 1"):
        spies("""
            if os.fork():
                os._exit(1)
            time.sleep(60)
        """)


def test_nothing_later_than_the_review_can_be_reached(spies):
    log = sample_log(accounts=8, days=4)
    seen = spies("""
        late = 2**62
        def latest():
            times = log._source.rows("requests", -late, late, ["time"]).column(0)
            return int(times.cast("int64").to_numpy().max())
        log._source.__dict__.update(until=late)
        return [latest(), log.now]
    """)
    assert seen[0] <= seen[1] == log.start + MS_PER_DAY
    assert log.rows("requests", seen[1], 2**62).num_rows > 0


def test_the_log_is_read_in_its_own_process_only(spies):
    assert "own process only" in spies("""
        reading, writing = os.pipe()
        if not os.fork():
            os.write(writing, can(log.requests).encode())
            os._exit(0)
        return os.read(reading, 10_000).decode()
    """)


def test_what_it_prints_is_escaped_and_not_on_standard_output(spies, capfd):
    spies("""
        print("\\x1b[31mred")
        os.write(2, b"by hand")
        return 0
    """)
    printed = capfd.readouterr()
    assert printed.out == ""
    assert "[spy] \\x1b[31mred" in printed.err
    assert "by hand" in printed.err
    assert "\x1b" not in printed.err


@pytest.mark.parametrize(
    ("body", "says"),
    [
        ("np.ones(2**30, np.uint8)", "more memory than it may have, 400 MiB"),
        ("import mmap\nheld = mmap.mmap(-1, 2**30)\nfor n in range(0, 2**30, 4096):\n"
         "    held[n] = 1\ntime.sleep(30)", "more memory than it may have, 400 MiB"),
        ("for n in range(6):\n    if not os.fork():\n        held = bytearray(120 * 2**20)\n"
         "        for i in range(0, len(held), 4096):\n            held[i] = 1\n"
         "        time.sleep(30)\ntime.sleep(30)", "more memory than it may have, 400 MiB"),
    ],
)  # fmt: skip
def test_memory_of_all_its_processes_is_limited(spies, body, says):
    spies.memory_mib = 400
    with pytest.raises(FailedDetectorError, match=says):
        spies(body)


def test_it_may_write_so_much_and_start_so_many(spies):
    spies.scratch_mib = 16
    seen = spies("""
        def fill():
            with open(Path.home() / "big", "wb") as file:
                for _ in range(30):
                    file.write(bytes(2**20))
        return can(fill)
    """)
    assert seen.startswith("OSError")
    with pytest.raises((FailedDetectorError, ProcessDiedError, DetectorError)):
        spies("""
            for _ in range(1000):
                if not os.fork():
                    time.sleep(30)
            time.sleep(30)
        """)


def test_files_that_it_names_elsewhere_are_not_looked_at(spies):
    with spies.process("return 0") as plugin:
        plugin.make()
        named = [str(spies.folder / "a.txt"), "/proc/kmsg", "/dev/zero", "a.txt", ""]
        assert plugin._own_of(named) == {spies.folder / "a.txt"}
