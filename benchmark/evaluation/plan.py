"""The plan of a run, kept in ``run.json`` so that it can be resumed and scored again."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from shamcrowd.benchmark.execution.cache import MARK
from shamcrowd.benchmark.execution.engines.work_unit import remove_leftovers
from shamcrowd.benchmark.execution.host import locked
from shamcrowd.recording.atomic import make_folder, remove
from shamcrowd.recording.errors import (
    FolderInUseError,
    MissingFileError,
    NothingToJudgeError,
    UnreadableError,
    UsageError,
)
from shamcrowd.recording.json_file import JsonKind, as_record, read_checked, write_checked
from shamcrowd.recording.output import writing

NAME = "run.json"
VERSION = 2
KIND = JsonKind("the plan of a run", "make the run again: shamcrowd run", VERSION)
CALIBRATION_SEEDS = (901, 902)
TRAINING_SEED = 801
TIME_LIMIT = 1800.0
"""Seconds that a detector may take for one recording."""
_NAMED = re.compile(r"([a-z0-9](?:[a-z0-9.-]*[a-z0-9])?)=(.+)")
RESULTS = ("recordings", "features", "fitted", "findings", "ceilings", "loop", "duel")
"""Folders that a run makes."""


@dataclass(frozen=True)
class Plan:
    """One run. ``detectors`` are names on the board; controls that need the truth are not named.

    ``resolved`` is the scenario with every value; ``alert_rate`` the share of legitimate accounts
    that the operating point may flag on the calibration seeds, unless ``operating_point`` says
    otherwise (in the file only where it does); ``training`` says in which world,
    and with which labels, detectors were fitted; ``secret`` is the SHA-256 of the judge's secret
    that the recordings were made with, in the file only where there is one.
    """

    scenario: str
    title: str
    about: str
    resolved: dict[str, Any]
    seeds: tuple[int, ...]
    calibration_seeds: tuple[int, ...]
    alert_rate: float
    detectors: tuple[str, ...]
    training: dict[str, Any] = field(default_factory=dict)
    secret: str = ""
    operating_point: str = ""
    version: int = VERSION

    def recording(self, folder: Path, seed: int) -> Path:
        """Where the recording of a seed lies."""
        return folder / "recordings" / f"seed-{seed}"

    @property
    def training_seeds(self) -> tuple[int, ...]:
        """Seeds on which detectors are fitted."""
        return tuple(self.training.get("seeds", (TRAINING_SEED,)))

    def findings(self, folder: Path, seed: int, detector: str, trained: int | None = None) -> Path:
        """Where the findings of a detector on a seed lie, if fitted on the seed ``trained``.

        Those of the first training seed lie where those of detectors without ``fit`` do.
        """
        return self._of(folder / "findings", trained) / f"seed-{seed}" / detector

    def fitted(self, folder: Path, detector: str, trained: int | None = None) -> Path:
        """Where a detector that learned lies, for all recordings."""
        return self._of(folder / "fitted", trained) / detector

    def _of(self, folder: Path, trained: int | None) -> Path:
        if trained is None or trained == self.training_seeds[0]:
            return folder
        return folder / f"trained-{trained}"

    def features(self, folder: Path, seed: int) -> Path:
        """Where the features of a seed's accounts lie, for all detectors."""
        return folder / "features" / f"seed-{seed}"

    def write(self, folder: Path) -> None:
        """Write ``run.json``, in one step."""
        write_checked(folder / NAME, self.data)

    @property
    def data(self) -> dict[str, Any]:
        """What the file holds."""
        data = asdict(self)
        if not self.operating_point:
            del data["operating_point"]
        if not self.secret:
            del data["secret"]
        return data

    @classmethod
    def read(cls, folder: Path) -> Plan:
        """Read it.

        Raises:
            NothingToJudgeError: if ``folder`` holds no run.
            UnreadableError: if it is damaged, of another version, or not as it was written.
        """
        path = folder / NAME
        try:
            plan = as_record(cls, read_checked(path, KIND), path, KIND)
        except MissingFileError:
            raise NothingToJudgeError(
                f"{folder}: no run here (no {NAME}); make one with `shamcrowd run`"
            ) from None
        names = [name for name in plan.detectors if name != board_name(name)]
        if names:
            # Names are parts of paths.
            raise UnreadableError(path, f"{names[0]!r} is no detector's name", KIND.mend)
        return plan


def checked_seeds(
    seeds: Sequence[int], calibration: Sequence[int], training: Sequence[int] = (TRAINING_SEED,)
) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Scored and calibration seeds, each once.

    Raises:
        NothingToJudgeError: if either list, or that of training seeds, is empty.
        UsageError: if they overlap: a threshold is never set on what it is measured on, nor is a
            detector fitted on it.

    >>> checked_seeds([3, 1, 3], [901])
    ((1, 3), (901,))
    """
    scored, other = tuple(sorted(set(seeds))), tuple(sorted(set(calibration)))
    if not scored or not other or not training:
        raise NothingToJudgeError("no seed to score, to calibrate on, or to train on")
    both = set(scored) & {*other, *training}
    if both:
        raise UsageError(
            f"seed {min(both)} is used to calibrate or train and can't be scored too; "
            f"take others than {', '.join(map(str, (*other, *training)))}"
        )
    both = set(other) & set(training)
    if both:
        raise UsageError(f"seed {min(both)} is used to train and can't calibrate too; take another")
    return scored, other


@contextmanager
def claimed(folder: Path, mark: str = NAME) -> Iterator[None]:
    """Make ``folder`` ready for a run and lock it as long as the block lasts.

    ``mark`` is the file by which a folder of a run is recognised.

    Raises:
        FolderInUseError: if it holds anything but a run, or another run uses it.
        OutputError: if it cannot be made or looked into.
    """
    with writing(folder):
        if folder.exists() and not folder.is_dir():
            raise FolderInUseError(f"{folder}: is a file; name a folder for the run")
        make_folder(folder)
        # A cache that found no other place is not what someone else keeps here.
        others = any(not (path / MARK).is_file() for path in folder.iterdir())
        if others and not (folder / mark).is_file():
            raise FolderInUseError(
                f"{folder}: not empty and not a run; nothing in it was touched. "
                "Name another folder, or empty this one yourself"
            )
    # The lock goes with the process that holds it, however that ends.
    with locked(folder) as held:
        if not held:
            raise FolderInUseError(
                f"{folder}: in use by another run; wait for it, or name another folder"
            )
        remove_leftovers(folder)
        yield


def forget_results(folder: Path) -> None:
    """Remove what a run has left in its folder, so that all of it is made again."""
    for name in (*RESULTS, "scores.json"):
        remove(folder / name)


def named_detector(detector: str) -> tuple[str, str]:
    """The name that a detector is given, "" if none, and the detector.

    >>> named_detector("new=mine/busy.py:Busy"), named_detector("mine/a=b/busy.py:Busy")
    (('new', 'mine/busy.py:Busy'), ('', 'mine/a=b/busy.py:Busy'))
    """
    match = _NAMED.fullmatch(detector)
    return (match[1], match[2]) if match else ("", detector)


def board_name(detector: object) -> str:
    """Name on the board of a detector given by name, by ``path.py:Class`` or as a class.

    ``name=`` before it gives it another name, so that two versions can be on one board.

    >>> board_name("mine/busy.py:BusyAccounts"), board_name("velocity"), board_name("old=a.py:A")
    ('busy-accounts', 'velocity', 'old')
    """
    if isinstance(detector, str):
        given, what = named_detector(detector)
        name = given or what.rpartition(":")[2]
    else:
        name = getattr(detector, "__name__", type(detector).__name__)
    name = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "-", name).lower()
    return re.sub(r"[^a-z0-9.-]+", "-", name).strip("-.") or "detector"
