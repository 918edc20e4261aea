"""Replay a recording: run a detector at every review and save its findings."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cloudpickle

from shamcrowd.benchmark.evaluation.fitted_note import FittedNote
from shamcrowd.benchmark.execution.confinement.allowed import packages
from shamcrowd.benchmark.execution.plugin_process import PluginProcess
from shamcrowd.benchmark.execution.plugin_source import OfferedLog
from shamcrowd.benchmark.execution.sandbox import Sandbox, new_home
from shamcrowd.benchmark.execution.used import together
from shamcrowd.benchmark.scoring.findings_store import FindingsWriter
from shamcrowd.detectors.base import Detector, Labels
from shamcrowd.detectors.features.store import share
from shamcrowd.detectors.registry import is_shipped, load_detector, module_of
from shamcrowd.recording.manifest import Manifest
from shamcrowd.recording.plugins.source import folders, locate
from shamcrowd.recording.units import EARLIEST
from shamcrowd.recording.view import open_log


@dataclass(frozen=True)
class Candidate:
    """A detector to be judged: its name on the board, and its class or how to find it."""

    name: str
    detector: str | Callable[[], Detector] | bytes

    @property
    def is_ours(self) -> bool:
        """Is it a shipped detector? Of those the code is known without running it."""
        return isinstance(self.detector, str) and is_shipped(self.detector)

    def packed(self) -> Candidate:
        """The same, to be loaded in a process in another folder.

        A class travels as bytes, with all of its module that it uses, so that its module need not
        be imported there; nothing of it is loaded here.
        """
        if isinstance(self.detector, bytes):
            return self
        if not isinstance(self.detector, str):
            with _by_value(self.detector):
                return Candidate(self.name, cloudpickle.dumps(self.detector))
        where, colon, what = self.detector.rpartition(":")
        if not where.endswith(".py"):
            return self
        return Candidate(self.name, f"{Path(where).resolve()}{colon}{what}")

    def own_folder(self) -> Path | None:
        """The folder that its code lies in; None for one of ours. Nothing is imported."""
        if not isinstance(self.detector, str):
            module_here = sys.modules.get(getattr(self.detector, "__module__", ""))
            file = getattr(module_here, "__file__", "")
            return Path(file).resolve().parent if file else Path.cwd()
        where = self.detector.rpartition(":")[0]
        if where.endswith(".py"):
            return Path(where).resolve().parent
        module = where or module_of(self.detector)
        top = module.partition(".")[0]
        if top == "shamcrowd":
            return None
        found = folders(top)
        file_of = locate(top)
        return found[0] if found else file_of.parent if file_of else None

    def sandbox(self, below: Path, hidden: tuple[Path, ...], memory_mib: int) -> Sandbox:
        """A sandbox for one process, in a new folder below ``below``."""
        named = self.detector.rpartition(":")[0] if isinstance(self.detector, str) else ""
        files = (Path(named).resolve(),) if named.endswith(".py") else ()
        return Sandbox(new_home(below), hidden, memory_mib, self.own_folder(), files)

    def maker(self) -> Callable[[], Detector]:
        """Its class.

        Raises:
            DetectorError: if it cannot be found or loaded.
        """
        if isinstance(self.detector, bytes):
            made: Callable[[], Detector] = cloudpickle.loads(self.detector)
            return made
        return load_detector(self.detector) if isinstance(self.detector, str) else self.detector


@contextmanager
def _by_value(detector: Any) -> Iterator[None]:
    """Have the module of a class or function pickled by value, unless it is an installed one."""
    module = sys.modules.get(getattr(detector, "__module__", ""))
    file = getattr(module, "__file__", None)
    installed = file is None or any(Path(file).is_relative_to(p) for p in packages())
    if module is None or installed or module.__name__.startswith("shamcrowd."):
        yield
        return
    cloudpickle.register_pickle_by_value(module)
    try:
        yield
    finally:
        cloudpickle.unregister_pickle_by_value(module)


@dataclass(frozen=True)
class TrainingData:
    """Another seed's recording with labels, and the store of its features if there is one."""

    recording: Path
    labels: Labels
    features: Path | None = None


def replay(
    candidate: Candidate,
    recording: Path,
    key: dict[str, Any],
    learned: TrainingData | Path | None,
    features: Path | None,
    sandbox: Sandbox,
    sealed: str,
    folder: Path,
) -> None:
    """Play one detector over one recording and write its findings to a partial folder.

    ``learned`` is the file of the fitted detector, or the training data for one that cannot be
    pickled; None for one without ``fit``. ``features`` is the store of the recording's features,
    if there is one. ``sealed`` says how its process is sealed off; it runs in a confined process,
    and only its findings come back.

    Raises:
        DetectorError: if it breaks the contract or raises; nothing is saved then.
        MissingExtraError: if it needs a package that is not installed.
        ProcessDiedError: if its process ends.
    """
    manifest, source = Manifest.read(recording), open_log(recording)
    end = manifest.reviews[-1] if manifest.reviews else manifest.end
    accounts = source.rows("accounts", EARLIEST, end, ["account"]).column(0).to_numpy()
    writer = FindingsWriter(folder, accounts)
    begun = time.process_time()
    try:
        with PluginProcess(candidate, sandbox) as plugin:
            make_ready(plugin, learned, sandbox)
            since = EARLIEST
            for number, now in enumerate(manifest.reviews):
                known = source.rows("accounts", EARLIEST, now, ["account"]).column(0).to_numpy()
                shared = features and share(features, sandbox.inbox / "features", now)
                found = plugin.review(OfferedLog(source), now, since, shared, known)
                writer.add(number, found)
                since = now
            files = {} if candidate.is_ours else plugin.used()
            used = plugin.close()
    except BaseException:
        writer.abandon()
        raise
    # Reading for the detector is work of the detector.
    seconds = used.seconds + time.process_time() - begun
    if isinstance(learned, Path):
        files = together(files, FittedNote.read(learned.parent).used)
    writer.finish(candidate.name, key, seconds, used.peak_mib, files, sealed)


def make_ready(
    plugin: PluginProcess, learned: TrainingData | Path | None, sandbox: Sandbox
) -> None:
    """Make the detector, from its saved form if there is one, and fit it if it has to be."""
    if isinstance(learned, Path):
        plugin.restore(learned.read_bytes())
    elif plugin.make() and learned is not None:
        fit(plugin, learned, sandbox)


def fit(plugin: PluginProcess, training: TrainingData, sandbox: Sandbox) -> None:
    """Fit a detector that was made on the whole training recording."""
    now = Manifest.read(training.recording).end
    features = training.features and share(training.features, sandbox.inbox / "training", now)
    log = OfferedLog(open_log(training.recording))
    plugin.fit(log, now, EARLIEST, features, training.labels)
