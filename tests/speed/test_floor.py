"""A simulation, truth included, against the floor: the same columns drawn by numpy, no more.

No account has a habit, no session holds together; only types, ranges, order in time and the
Parquet settings are those of a recording. What a simulator does beyond this is its price.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pyarrow as pa

from shamcrowd.recording.schema import REQUESTS
from shamcrowd.recording.truth_schema import TRUTH_REQUESTS
from shamcrowd.recording.units import MS_PER_DAY
from shamcrowd.recording.writing import write_parquet
from shamcrowd.simulator import simulate

LEAST = 0.40
SLICES_A_DAY = 2
DAY = MS_PER_DAY
WORDS = {"model": 4, "endpoint": 3, "topic": 24}
TIMES_OF_AN_ID = {"account": 45, "key": 45, "address": 45, "session": 9}
"""How often an id comes in a batch, as in the incident at a fiftieth: these have dictionaries."""
SMALL = ("cached_tokens", "reasoning_tokens", "first_token", "duration")
"""Counts and durations, which are compressed."""


def write_floor(folder: Path, files: int, batches: int, rows: int) -> int:
    """Write ``files`` files of ``batches`` batches of ``rows`` rows each; gives the rows."""
    rng = np.random.Generator(np.random.SFC64(1))
    folder.mkdir(exist_ok=True)
    for number in range(files):
        parts = [_drawn(rng, rows, number * DAY + b * DAY // batches) for b in range(batches)]
        for table in (REQUESTS, TRUTH_REQUESTS):
            whole = pa.concat_tables([part.select(list(table.names)) for part in parts])
            path = folder / f"{table.name.replace('/', '-')}-{number}.parquet"
            write_parquet(whole, table, path)
            path.unlink()
    return files * batches * rows


def _drawn(rng: np.random.Generator, rows: int, begin: int) -> pa.Table:
    columns: dict[str, pa.Array] = {}
    for field in (*REQUESTS.schema, *TRUTH_REQUESTS.schema):
        if field.name == "time":
            time = begin + rng.integers(DAY // 2, size=rows)
            time.sort()
            columns["time"] = pa.array(time).view(field.type)
        elif field.name in WORDS:
            codes = pa.array(rng.integers(WORDS[field.name], size=rows, dtype=np.int8))
            words = pa.array([f"word-{i}" for i in range(WORDS[field.name])])
            columns[field.name] = pa.DictionaryArray.from_arrays(codes, words)
        elif field.name == "client":
            columns["client"] = pa.array(rng.integers(120, size=rows, dtype=np.int32))
        elif field.name == "sketch":
            columns["sketch"] = pa.array(rng.integers(2**64 - 1, size=rows, dtype=np.uint64))
        elif field.name == "input_tokens":
            columns["input_tokens"] = pa.array(_lognormal(rng, rows, 7.4, 2.2, 200_000))
        elif field.name == "output_tokens":
            columns["output_tokens"] = pa.array(_lognormal(rng, rows, 5.3, 1.1, 16_384))
        elif field.name == "status":
            fine = rng.integers(1000, size=rows, dtype=np.int16) > 2
            columns["status"] = pa.array(np.where(fine, np.int16(200), np.int16(500)))
        elif field.name == "abusive":
            columns["abusive"] = pa.array(rng.integers(12, size=rows, dtype=np.int8) == 0)
        elif field.name in TIMES_OF_AN_ID:
            ids = rng.integers(2**31 - 1, size=rows // TIMES_OF_AN_ID[field.name] + 1)
            places = rng.integers(len(ids), size=rows, dtype=np.int32)
            columns[field.name] = pa.array(ids.astype(np.int32)[places])
        elif field.name in SMALL:
            columns[field.name] = pa.array(rng.integers(2**14, size=rows, dtype=np.int32))
        else:
            columns[field.name] = pa.array(rng.integers(2**31 - 1, size=rows, dtype=np.int32))
    return pa.table(columns)


def _lognormal(rng, rows, mean, sigma, most):
    draws = rng.standard_normal(rows, dtype=np.float32)
    draws *= np.float32(sigma)
    draws += np.float32(mean)
    return np.minimum(np.exp(draws, out=draws), np.float32(most)).astype(np.int32)


def test_against_the_floor(compare, full, world, tmp_path):
    settings = [] if full else ["slice=24h"]

    def ours() -> int:
        return simulate(**world, settings=settings, out=tmp_path / "r").rows["requests"]

    # The same rows in files of the same size, batch by batch: known before the first round.
    rows = ours()
    files = len(list((tmp_path / "r" / "requests").iterdir()))
    batch = rows // (files * SLICES_A_DAY)

    def theirs() -> int:
        return write_floor(tmp_path / "floor", files, SLICES_A_DAY, batch)

    found = compare(ours, theirs, rounds=2)
    assert files * SLICES_A_DAY * batch > 0.99 * rows
    if full:
        assert found.ratio >= LEAST
