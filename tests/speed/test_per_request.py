"""A simulation against the way not taken: a SimPy process an account and an event a request."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pyarrow as pa
import simpy

from shamcrowd.recording.schema import REQUESTS
from shamcrowd.recording.truth_schema import TRUTH_REQUESTS
from shamcrowd.recording.units import MS_PER_DAY
from shamcrowd.recording.writing import write_parquet
from shamcrowd.simulator import simulate

LEAST = 12
SPAN = MS_PER_DAY
WORDS = ("one", "two", "three")


def write_per_request(path: Path, accounts: int, rows: int) -> int:
    """About ``rows`` requests of ``accounts`` accounts in a day, written to ``path``."""
    rng = np.random.default_rng(1)
    env = simpy.Environment()
    made: list[tuple] = []

    def live(account: int):
        key, address, client = (int(n) for n in rng.integers(2**31 - 1, size=3))
        while True:
            yield env.timeout(rng.exponential(SPAN * accounts / rows))
            made.append(
                (
                    len(made), int(env.now), account, key, int(rng.integers(2**31 - 1)),
                    int(rng.integers(2**31 - 1)), address, client, 1, 0, int(rng.integers(3)),
                    int(rng.integers(2**63)), int(rng.lognormal(7.4, 2.2)),
                    0, int(rng.lognormal(5.3, 1.1)), 0, True, 500, 3000, 200, None, False,
                )
            )  # fmt: skip

    for account in range(accounts):
        env.process(live(account))
    env.run(until=SPAN)
    arrays = []
    fields = (*REQUESTS.schema, TRUTH_REQUESTS.schema.field("abusive"))
    for field, values in zip(fields, zip(*made, strict=True), strict=True):
        if pa.types.is_dictionary(field.type):
            codes = pa.array(values, pa.int8())
            arrays.append(pa.DictionaryArray.from_arrays(codes, pa.array(WORDS)))
        elif pa.types.is_timestamp(field.type):
            arrays.append(pa.array(values, pa.int64()).view(field.type))
        else:
            arrays.append(pa.array(values, field.type))
    table = pa.table(arrays, names=[field.name for field in fields])
    write_parquet(table.select(list(REQUESTS.names)), REQUESTS, path)
    truth = table.select(list(TRUTH_REQUESTS.names))
    write_parquet(truth, TRUTH_REQUESTS, path.with_suffix(".truth"))
    return len(made)


def test_against_an_event_per_request(compare, full, tmp_path):
    # Ten thousand accounts on both sides; the other way gets slower with more of them.
    scale, accounts, rows = (0.01, 10_000, 200_000) if full else (0.0005, 100, 1000)
    settings = [] if full else ["slice=24h"]

    def ours() -> int:
        made = simulate("incident-2026-v2", 1, tmp_path / "r", scale=scale, settings=settings)
        return made.rows["requests"]

    found = compare(ours, lambda: write_per_request(tmp_path / "p", accounts, rows))
    if full:
        assert found.ratio >= LEAST
