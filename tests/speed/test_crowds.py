"""One review of a million accounts: dense blocks in five million edges, and lockstep.

A tenth of it beside it: growth is CPU seconds over ten times those of the tenth. The work runs in
a process of its own, whose largest resident set is read.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

GROWTH = 1.3
MOST_MIB = 6 * 1024
PEELING = """
from detectors.graph.fraudar import discounted
from detectors.graph.peeling import densest_block
places = rng.integers(n, size=5 * n)
things = (rng.random(5 * n) ** 3 * n).astype(np.int64)
places[:n // 100], things[:n // 100] = np.divmod(np.arange(n // 100), 100)
pairs = np.unique(places << 32 | things)
places, things = pairs >> 32, np.unique(pairs & 0xFFFFFFFF, return_inverse=True)[1]
def work():
    return int(densest_block(discounted(places, things, n)).block.sum())
"""
LOCKSTEP = """
import pyarrow as pa
from detectors.temporal.synchrotrap import SynchroTrap
from recording.schema import TABLES
from recording.view import LogView
count = 30 * n
time = np.sort(rng.integers(86_400_000, size=count))
who = rng.integers(n, size=count, dtype=np.int32)
where = who // 2 + n * (rng.random(count) < 0.2).astype(np.int32)
of_all = np.arange(n)
given = {"accounts": {"account": of_all, "created": of_all},
         "addresses": {"address": np.arange(2 * n)},
         "requests": {"time": time, "account": who, "address": where}}
tables = {}
for name, columns in given.items():
    fields = [TABLES[name].schema.field(c) for c in columns]
    arrays = [pa.array(v.astype(np.int64)).cast(f.type)
              for v, f in zip(columns.values(), fields, strict=True)]
    tables[name] = pa.table(arrays, schema=pa.schema(fields))
accounts = tables["accounts"]
tables["accounts"] = accounts.append_column("organisation", pa.nulls(n, pa.int32()))
kind = pa.DictionaryArray.from_arrays(pa.array(np.zeros(2 * n, np.int8)), ["residential"])
tables["addresses"] = tables["addresses"].append_column("kind", kind)
class Columns:
    start = 0
    def rows(self, table, after, until, columns=None):
        return tables[table].select(list(columns))
log = Columns()
del time, who, where, given
def work():
    return int((SynchroTrap().review(LogView(log, 86_400_000)).score > 0).sum())
"""
SCRIPT = """
import json, re, sys, time as clock
from pathlib import Path
import numpy as np
n = int(sys.argv[1])
rng = np.random.default_rng(1)
{made}
begun, wall = clock.process_time(), clock.perf_counter()
found = work()
used = clock.process_time() - begun, clock.perf_counter() - wall
peak = int(re.search("VmHWM:\\\\s+(\\\\d+)", Path("/proc/self/status").read_text())[1])
print(json.dumps([*used, peak / 1024, found]))
"""


def _once(made: str, accounts: int) -> list[float]:
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT.replace("{made}", made), str(accounts)],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    return json.loads(done.stdout)


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="memory is read from /proc")
@pytest.mark.parametrize("made", [PEELING, LOCKSTEP], ids=["fraudar", "synchrotrap"])
def test_a_million_accounts(benchmark, full, made, request):
    accounts = 1_000_000 if full else 2_000
    tenth, whole = benchmark.pedantic(lambda: [_once(made, n) for n in (accounts // 10, accounts)])
    growth = whole[0] / (10 * tenth[0])
    # fmt: off
    print(f"\n{request.node.name}: {accounts:,} accounts, {whole[0]:.1f} CPU seconds "
          f"({whole[1]:.1f} wall), {whole[2]:.0f} MiB; growth from a tenth {growth:.2f}")
    # fmt: on
    assert whole[3] > 0
    if full:
        assert growth <= GROWTH
        assert whole[2] < MOST_MIB
