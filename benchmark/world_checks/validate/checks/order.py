"""Does each file hold the rows of its day, in time order, none after the recording's end?"""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from shamcrowd.benchmark.world_checks.validate.loaded import Loaded
from shamcrowd.benchmark.world_checks.validate.outcome import Check
from shamcrowd.recording.counting import counted
from shamcrowd.recording.days import stem_range


def check(loaded: Loaded) -> list[Check]:
    """For both streams."""
    return [_stream(loaded, name) for name in ("requests", "activity")]


def _stream(loaded: Loaded, name: str) -> Check:
    rows = 0
    for path in loaded.files(name):
        column = loaded.read(name, path, ["time"]).column("time")
        time = column.cast(pa.int64()).to_numpy()
        first, last = stem_range(path.name, loaded.manifest.start)
        rows += len(time)
        if not len(time):
            continue
        last = min(last, loaded.manifest.end - 1)
        if (np.diff(time) < 0).any():
            return Check(f"{name}: order", False, f"{path.name} is not in time order")
        if time[0] < first or time[-1] > last:
            return Check(f"{name}: order", False, f"{path.name} holds rows of another day")
    return Check(
        f"{name}: order", True, f"{counted(rows, 'row')} in time order, each in its day's file"
    )
