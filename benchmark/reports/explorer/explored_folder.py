"""What ``explore`` is given: a recording, or a run with findings on one."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from shamcrowd.benchmark.evaluation import plan
from shamcrowd.benchmark.reports.recording.output_path import check_overwrite
from shamcrowd.benchmark.suites import result
from shamcrowd.recording import manifest
from shamcrowd.recording.errors import RecordingError, UsageError

SCORES = "scores.json"
PAGE = "explore.html"


@dataclass(frozen=True)
class ExploredFolder:
    """A recording, and the run that it belongs to, if it does.

    ``seed`` is that of the run's recording; ``seeds`` are all that it scored.
    """

    recording: Path
    run: Path | None = None
    plan: plan.Plan | None = None
    seed: int | None = None
    seeds: tuple[int, ...] = ()


def explored(folder: Path, seed: int | None = None) -> ExploredFolder:
    """Find the recording and the findings in ``folder``.

    Args:
        folder: a recording or a run.
        seed: which of a run's scored seeds; None: the first.

    Raises:
        RecordingError: if it is neither.
        UsageError: if the run has no such seed, or it is a suite.
    """
    if (folder / manifest.NAME).is_file():
        if seed is not None:
            raise UsageError("--seed chooses a recording of a run; this is a recording already")
        return ExploredFolder(folder)
    if (folder / plan.NAME).is_file():
        if not (folder / SCORES).is_file():
            raise RecordingError(
                folder, "a run that was never finished", "finish it with `shamcrowd run`"
            )
        held = plan.Plan.read(folder)
        if seed is not None and seed not in held.seeds:
            there = ", ".join(map(str, held.seeds))
            raise UsageError(f"--seed {seed}: was not scored in {folder}; there are: {there}")
        chosen = held.seeds[0] if seed is None else seed
        return ExploredFolder(held.recording(folder, chosen), folder, held, chosen, held.seeds)
    if (folder / result.NAME).is_file():
        raise UsageError(f"{folder}: the results of a suite; explore one of its runs instead")
    raise RecordingError(
        folder,
        f"neither a recording nor a run (no {manifest.NAME}, no {plan.NAME})",
        "make one with `shamcrowd simulate` or `shamcrowd run`",
    )


def explorer_path(folder: Path, found: ExploredFolder, out: Path | None) -> Path:
    """``out``, or ``explore.html`` in a run and ``NAME.explore.html`` beside a recording.

    Raises:
        UsageError: if it is a folder or lies inside the recording.
        FolderInUseError: if it is a file that is not a page of shamcrowd.
    """
    whole = folder.resolve()
    at_its_side = (folder if folder.name == whole.name else whole).with_name(f"{whole.name}.{PAGE}")
    path = out or (at_its_side if found.run is None else folder / PAGE)
    if path.is_dir():
        raise UsageError(f"{path}: is a folder; give the path of a file, such as {path}.html")
    if found.recording.resolve() in path.resolve().parents:
        raise UsageError(f"{path}: lies inside the recording, which may hold only its tables")
    check_overwrite(path)
    return path
