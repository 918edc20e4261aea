"""Does the id of a request name one request, and its truth the same one?"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import numpy.typing as npt

from shamcrowd.benchmark.world_checks.validate.loaded import Loaded
from shamcrowd.benchmark.world_checks.validate.outcome import Check


def check(loaded: Loaded) -> list[Check]:
    """Over all files; the ids of requests and flags file by file."""
    every, wrong = [np.empty(0, np.int32)], 0
    for path, flags in loaded.opened_truth.request_files():
        ids, about = _ids(loaded, "requests", path), _ids(loaded, "truth/requests", flags)
        every.append(ids)
        wrong += int((np.sort(ids) != np.sort(about)).sum())
    ids = np.sort(np.concatenate(every))
    twice = int((np.diff(ids) == 0).sum())
    return [
        Check("requests: ids", not twice, f"{twice:,} of {len(ids):,} ids occur more than once"),
        Check("requests: flags", not wrong, f"{wrong:,} flags are about other requests"),
    ]


def _ids(loaded: Loaded, table: str, path: Path) -> npt.NDArray[np.int32]:
    ids: npt.NDArray[np.int32] = loaded.read(table, path, ["request"]).column("request").to_numpy()
    return ids
