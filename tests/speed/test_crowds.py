"""One review of a million accounts: thirty million new requests, or five million edges.

A tenth of it beside it: growth is CPU seconds over ten times those of the tenth. The work runs in
a process of its own, whose largest resident set is read.
"""

from __future__ import annotations

import json
import runpy
import subprocess
import sys
from pathlib import Path

import pytest

GROWTH = 1.3
MOST_MIB = 6 * 1024
SCRIPT = Path(__file__).parent / "million.py"
WORKS = runpy.run_path(str(SCRIPT))["WORKS"]


def _once(work: str, accounts: int) -> list[float]:
    done = subprocess.run(
        [sys.executable, str(SCRIPT), work, str(accounts)],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    return json.loads(done.stdout)


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="memory is read from /proc")
@pytest.mark.parametrize("work", WORKS)
def test_a_million_accounts(benchmark, full, work):
    accounts = 1_000_000 if full else 2_000
    # Growth means nothing where nothing is measured: one process is enough to try the work.
    sizes = (accounts // 10, accounts) if full else (accounts,)
    done = benchmark.pedantic(lambda: [_once(work, n) for n in sizes])
    tenth, whole = done[0], done[-1]
    growth = whole[0] / (10 * tenth[0])
    # fmt: off
    print(f"\n{work}: {accounts:,} accounts, {whole[0]:.1f} CPU seconds "
          f"({whole[1]:.1f} wall), {whole[2]:.0f} MiB; growth from a tenth {growth:.2f}")
    # fmt: on
    assert whole[3] > 0
    if full:
        assert growth <= GROWTH
        assert whole[2] < MOST_MIB
