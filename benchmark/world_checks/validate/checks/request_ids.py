"""Does the id of a request name one request, and its truth the same one?"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import numpy.typing as npt

from shamcrowd.benchmark.world_checks.validate.loaded import Loaded
from shamcrowd.benchmark.world_checks.validate.outcome import Check, not_applicable


def check(loaded: Loaded) -> list[Check]:
    """Over all files; the ids of requests and flags file by file."""
    every = [_ids(loaded, "requests", path) for path in loaded.files("requests")]
    wrong = 0
    for path, flags in loaded.opened_truth.request_files() if loaded.labelled else ():
        ids, about = _ids(loaded, "requests", path), _ids(loaded, "truth/requests", flags)
        wrong += int((np.sort(ids) != np.sort(about)).sum())
    ids = np.sort(np.concatenate(every))
    twice = int((np.diff(ids) == 0).sum())
    flagged = Check("requests: flags", not wrong, f"{wrong:,} flags are about other requests")
    if not loaded.labelled:
        (flagged,) = not_applicable("a log alone has no truth", flagged.name)
    said = f"{twice:,} of {len(ids):,} ids occur more than once"
    return [Check("requests: ids", not twice, said), flagged]


def _ids(loaded: Loaded, table: str, path: Path) -> npt.NDArray[np.int32]:
    ids: npt.NDArray[np.int32] = loaded.read(table, path, ["request"]).column("request").to_numpy()
    return ids
