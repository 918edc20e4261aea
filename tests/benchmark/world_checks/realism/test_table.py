"""Tables of all kinds, and what is wrong with some."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest

from shamcrowd.benchmark.world_checks.realism.table import as_traffic
from shamcrowd.recording.errors import NothingToJudgeError, UsageError

WEDNESDAY = 1_772_582_400
"""2026-03-04, 00:00 UTC."""
MONDAY = WEDNESDAY - 2 * 86_400
SINCE = [172_803.5, 172_800.25, 172_801.0]


def _table(timestamp, client=("b", "a", "b"), **more):
    return pa.table({"timestamp": timestamp, "client": pa.array(client), **more})


SECONDS = [s + MONDAY for s in SINCE]
DATES = pd.to_datetime([f"2026-03-04T00:00:0{s - 172_800}" for s in SINCE], format="ISO8601")
ELSEWHERE = DATES.tz_localize("UTC").tz_convert("Asia/Tokyo")
WAYS = {
    "seconds": pa.array(SECONDS),
    "naive dates": pa.array(DATES),
    "UTC dates": pa.array(DATES.tz_localize("UTC")),
    "dates elsewhere": pa.array(ELSEWHERE),
    "nanoseconds": pa.array(DATES).cast(pa.timestamp("ns")),
    "milliseconds": pa.array(DATES).cast(pa.timestamp("ms")),
    "text": pa.array([d.isoformat() + "Z" for d in DATES]),
    "text elsewhere": pa.array([d.isoformat() for d in ELSEWHERE]),
}  # fmt: skip


@pytest.mark.parametrize("way", WAYS)
def test_times(way):
    traffic = as_traffic(_table(WAYS[way]), "x")
    assert traffic.origin == MONDAY
    assert traffic.time.tolist() == sorted(SINCE)
    assert traffic.client.tolist() == [1, 0, 0]


def test_seconds_without_a_date():
    traffic = as_traffic(_table(pa.array([7.0, 2.0, 900.0])), "x")
    assert traffic.origin is None
    assert traffic.time.tolist() == [2.0, 7.0, 900.0]


IDS = {
    "numbers": pa.array([7, 3, 7]),
    "text": pa.array(["7", "3", "7"]),
    "floats": pa.array([7.0, 3.0, 7.0]),
    "categories": pa.array(["7", "3", "7"]).dictionary_encode(),
    "chunks": pa.chunked_array([["7", "3"], ["7"]]),
    "chunks of categories": pa.chunked_array(
        [pa.array(["7", "3"]).dictionary_encode(), pa.array(["7"]).dictionary_encode()]
    ),
}


@pytest.mark.parametrize("kind", IDS)
def test_ids(kind):
    table = pa.table({"timestamp": SECONDS, "client": IDS[kind], "conversation": IDS[kind]})
    traffic = as_traffic(table, "x")
    assert traffic.client.tolist() == [1, 0, 0]
    assert traffic.conversation is not None
    assert traffic.conversation.tolist() == [1, 0, 0]


@pytest.mark.parametrize("empty", [pa.array([5.0, None, 5.0]), pa.array([5.0, np.nan, 5.0])])
def test_no_conversation(empty):
    traffic = as_traffic(_table(pa.array(SECONDS), conversation=empty), "x")
    assert traffic.conversation is not None
    assert traffic.conversation.tolist() == [-1, 0, 0]


def test_tokens():
    table = _table(pa.array(SECONDS), input_tokens=pa.array([5, None, 7]))
    traffic = as_traffic(table, "x")
    assert np.array_equal(traffic.inputs, [np.nan, 7, 5], equal_nan=True)
    assert traffic.output is None


@pytest.mark.parametrize(
    ("table", "told"),
    [
        (pa.table({"time": SECONDS, "client": ["a"] * 3}), "no column timestamp; rename"),
        (pa.table({"a": [1]}), "no column timestamp or client; rename"),
        (_table(pa.array([1.0, None, 2.0])), "timestamp has 1 empty values; drop"),
        (_table(pa.array([1.0, np.nan, 2.0])), "values that are not numbers; drop"),
        (_table(pa.array(SECONDS), ("a", None, None)), "client has 2 empty values; drop"),
        (_table(pa.array(SECONDS), (1.0, np.nan, 2.0)), "client has 1 empty values; drop"),
        (_table(pa.array([s * 1e3 for s in SECONDS])), "not in seconds; divide"),
        (_table(pa.array(["noon", "one", "two"])), "cannot be read .*; write dates as"),
        (
            pa.table([SECONDS, ["a"] * 3, ["b"] * 3], names=["timestamp", "client", "client"]),
            "two columns are called client; drop",
        ),
        (_table(pa.array([True, False, True])), "holds bool; give dates"),
        (_table(pa.array(SECONDS), input_tokens=["a", "b", "c"]), "input_tokens holds string"),
    ],
)
def test_what_is_wrong(table, told):
    with pytest.raises(UsageError, match=f"^log.csv: .*{told}"):
        as_traffic(table, "log.csv")


def test_no_rows():
    with pytest.raises(NothingToJudgeError, match=r"log\.csv: no legitimate request"):
        as_traffic(_table(pa.array(SECONDS)).slice(0, 0), "log.csv")
