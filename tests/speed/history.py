"""The ratios of earlier benches, in which a regression is seen: a line of JSON for each.

Ratios of one machine in different weeks can be compared, seconds cannot. ``SPEED_HISTORY`` names
another file than the usual one.
"""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

ROOT = Path(__file__).parents[2]
USUAL = ROOT / "build" / "speed-history.jsonl"
LAST = 5
"""How many earlier ratios of a bench a new one is compared with."""
FALL = 0.10
"""Share by which it may lie below their median: noise between runs of one machine (assumed)."""


def history_file() -> Path:
    return Path(os.environ.get("SPEED_HISTORY") or USUAL)


def note(bench: str, ratio: float, path: Path) -> str:
    """Add a ratio to the history; return a warning if it has fallen, else ""."""
    before = earlier(bench, path)
    line = {
        "day": datetime.now(UTC).date().isoformat(), "commit": _commit(), "bench": bench,
        "ratio": round(ratio, 4),
    }  # fmt: skip
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a", encoding="utf-8") as file:
        file.write(json.dumps(line) + "\n")
    return fallen(bench, ratio, before)


def earlier(bench: str, path: Path) -> list[float]:
    """The ratios of a bench so far, oldest first. A line that was cut short does not count."""
    found = []
    for line in path.read_text("utf-8").splitlines() if path.is_file() else ():
        try:
            held = json.loads(line)
            if held["bench"] == bench:
                found.append(float(held["ratio"]))
        except (ValueError, KeyError, TypeError):
            continue
    return found


def fallen(bench: str, ratio: float, before: Sequence[float]) -> str:
    if not before:
        return ""
    usual = median(before[-LAST:])
    if ratio >= (1 - FALL) * usual:
        return ""
    return f"{bench}: ratio {ratio:.2f}, {1 - ratio / usual:.0%} below {usual:.2f} of earlier runs"


def _commit() -> str:
    done = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, check=False, capture_output=True,
        text=True,
    )  # fmt: skip
    return done.stdout.strip()
