"""What is known of detectors before they run: their digests, and what they ask for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from shamcrowd.benchmark.evaluation.failing import failure_note
from shamcrowd.benchmark.evaluation.feature_stores import wants_features
from shamcrowd.benchmark.evaluation.replay import Candidate
from shamcrowd.benchmark.execution.code_digest import detector_digest
from shamcrowd.benchmark.execution.confinement.server_client import server
from shamcrowd.benchmark.execution.isolated_process import LostError, Task, run_isolated
from shamcrowd.benchmark.execution.plugin_process import PluginProcess
from shamcrowd.benchmark.execution.plugin_source import OfferedLog
from shamcrowd.benchmark.execution.sandbox import MEMORY_LIMIT, Sandbox
from shamcrowd.benchmark.scoring.findings_store import FindingsMetadata
from shamcrowd.detectors.registry import is_control, is_shipped, module_of
from shamcrowd.recording.errors import ShamcrowdError
from shamcrowd.recording.plugins.source import locate
from shamcrowd.recording.samples import sample_log
from shamcrowd.recording.units import EARLIEST, MS_PER_DAY

DESCRIBING_LIMIT = 120.0
TRIAL_LIMIT = 3.0
"""Seconds that a detector may take on the sample log before any world is played."""
SCIPY = "scipy.sparse.csgraph"
NEEDS_SCIPY = re.compile(rb"scipy|sklearn|sknetwork|lightgbm|pyod|shamcrowd.detectors.(?!base)")
LARGEST_FILE = 1 << 26
"""Bytes of a file that a detector names; a larger one counts once it is opened."""


@dataclass(frozen=True)
class Description:
    """Properties of a detector that are known before it runs."""

    digest: str
    learns: bool
    wants_features: bool
    known: bool = True
    """Whether its digest would be the same tomorrow."""
    trial: str = ""
    """How it failed on the sample log; "" if it did not, or was not tried."""


def describe(
    candidates: Sequence[Candidate], hidden: tuple[Path, ...], workers: int
) -> list[Description | FindingsMetadata]:
    """Load every detector, those of users in confined processes; a failed one gets a note."""
    others = [c for c in candidates if not (isinstance(c.detector, str) and is_shipped(c.detector))]
    server(shared_libraries(candidates))
    with TemporaryDirectory(prefix="shamcrowd-") as scratch:
        tasks = [
            Task(
                c.name, _described_confined,
                (c.packed(), c.sandbox(Path(scratch), hidden, MEMORY_LIMIT)), DESCRIBING_LIMIT,
            )
            for c in others
        ]  # fmt: skip
        done = run_isolated(tasks, workers)
    outcomes = dict(zip((c.name for c in others), done, strict=True))
    described: list[Description | FindingsMetadata] = []
    for candidate in candidates:
        outcome = outcomes.get(candidate.name)
        if outcome is None:
            described.append(_described(candidate))
        elif outcome.error is not None:
            described.append(failure_note(candidate.name, {}, outcome))
        else:
            about = outcome.value
            files = tuple(map(Path, about["files"]))
            digest = candidate_digest(candidate, files)
            known = digest == candidate_digest(candidate, files)
            described.append(
                Description(digest, about["learns"], about["features"], known, about["trial"])
            )
    return described


def shared_libraries(candidates: Sequence[Candidate]) -> list[str]:
    """What to load once for all processes: SciPy, unless no detector is seen to need it.

    It takes longer to load than a simple detector takes to run.
    """
    for candidate in candidates:
        named = candidate.detector
        if not isinstance(named, str) or (is_shipped(named) and not is_control(named)):
            return [SCIPY]
        path = Path(named.rpartition(":")[0])
        if path.suffix == ".py" and path.is_file() and NEEDS_SCIPY.search(path.read_bytes()):
            return [SCIPY]
    return []


def _described_confined(candidate: Candidate, sandbox: Sandbox) -> dict[str, Any]:
    with PluginProcess(candidate, sandbox) as plugin:
        about = plugin.describe()
        return about | {"trial": "" if about["learns"] else _trial(plugin)}


def _trial(plugin: PluginProcess) -> str:
    """How a detector fails on the sample log, at its first two reviews; "" if it does not.

    One that takes longer than `TRIAL_LIMIT` is given up on: nothing is known of it then.
    """
    log = sample_log(days=2)
    since = EARLIEST
    plugin.allow(TRIAL_LIMIT)
    try:
        plugin.make()
        for now in (log.start + MS_PER_DAY, log.start + 2 * MS_PER_DAY):
            known = log.rows("accounts", EARLIEST, now, ["account"]).column(0).to_numpy()
            plugin.review(OfferedLog(log), now, since, None, known)
            since = now
    except ShamcrowdError as fault:
        return str(fault)
    except LostError:
        pass
    return ""


def _described(candidate: Candidate) -> Description:
    """A shipped detector."""
    maker = candidate.maker()
    learns = hasattr(maker if isinstance(maker, type) else maker(), "fit")
    return Description(detector_digest(maker), learns, wants_features(maker))


def candidate_digest(candidate: Candidate, files: Sequence[Path]) -> str:
    """Digest of a user's detector, without running any of its code.

    ``files`` are those that it says it runs; of them only those that can be read count.
    """
    readable = [p for p in files if p.is_file() and p.stat().st_size <= LARGEST_FILE]
    if not isinstance(candidate.detector, str):
        return detector_digest(candidate.detector, readable)
    where = candidate.detector.rpartition(":")[0]
    if where.endswith(".py"):
        return detector_digest(Path(where), readable)
    module = where or module_of(candidate.detector)
    source = locate(module)
    return detector_digest(source or module, readable)
