"""The largest resident set of a simulation does not grow with its horizon."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

GROWTH = 1.3
MOST_MIB = 1536
DAYS = (4, 45)
EXCHANGES_A_DAY = 640_000
SCRIPT = """
import json, re, sys
from pathlib import Path
from shamcrowd.simulator import simulate
made = simulate("incident-2026-v2", 1, sys.argv[1], scale=float(sys.argv[2]), settings=sys.argv[3:])
# Not getrusage: what it tells is at least what the parent had when it started this process.
peak = int(re.search("VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1])
print(json.dumps([peak / 1024, made.rows["requests"]]))
"""


def _peak(days: int, scale: float, slice_: str, folder) -> tuple[float, int]:
    """MiB, and rows: the incident with its campaign lasting ``days``, at the same rate."""
    settings = [
        f"horizon={days}d", f"slice={slice_}", f"campaigns.hydra.duration={days}d",
        f"campaigns.hydra.exchanges={EXCHANGES_A_DAY * days}", "releases=[]",
    ]  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, str(folder), str(scale), *settings],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    peak, rows = json.loads(done.stdout)
    return peak, rows


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="memory is read from /proc")
def test_memory(benchmark, full, tmp_path):
    scale, slice_ = (0.1, "12h") if full else (0.0005, "24h")
    found = benchmark.pedantic(
        lambda: [_peak(days, scale, slice_, tmp_path / "r") for days in DAYS]
    )
    (short, few), (long, many) = found
    print(f"\n{DAYS[0]} days: {few:,} rows, {short:.0f} MiB; {DAYS[1]} days: {many:,} rows, "
          f"{long:.0f} MiB; ratio {long / short:.2f}")  # fmt: skip
    assert many > 5 * few
    if full:
        assert long / short <= GROWTH
        assert long < MOST_MIB
