"""Does the id of a request name one request, and its truth the same one?"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import numpy.typing as npt

from shamcrowd.benchmark.world_checks.validate.loaded import Loaded, read
from shamcrowd.benchmark.world_checks.validate.outcome import Check
from shamcrowd.recording.truth import Truth


def check(loaded: Loaded) -> list[Check]:
    """Over all files; the ids of requests and flags file by file."""
    every, wrong = [np.empty(0, np.int32)], 0
    for path, flags in Truth(loaded.folder).request_files():
        ids, about = _ids(path), _ids(flags)
        every.append(ids)
        wrong += int((np.sort(ids) != np.sort(about)).sum())
    ids = np.sort(np.concatenate(every))
    twice = int((np.diff(ids) == 0).sum())
    return [
        Check("requests: ids", not twice, f"{twice:,} of {len(ids):,} ids occur more than once"),
        Check("requests: flags", not wrong, f"{wrong:,} flags are about other requests"),
    ]


def _ids(path: Path) -> npt.NDArray[np.int32]:
    ids: npt.NDArray[np.int32] = read(path, ["request"]).column("request").to_numpy()
    return ids
