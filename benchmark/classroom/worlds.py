"""Plays worlds for teams, and chooses those that are equally hard.

What makes the worlds of a class equal:

1. Each is the same scenario with the same sizes: what its priors would draw for every seed is fixed
   at the scenario's own values. Only luck differs, keyed by a secret.
2. A quarter more worlds are played than are needed. Two reference detectors, one that looks at what
   accounts share and one that looks at how busy they are, are run on each. A world's *hardness* is
   the mean of their average precisions, corrected for chance: 0 where they are as good as random
   scores, 1 where they find everybody first.
3. Of all worlds those next to each other in hardness are taken that differ least.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import numpy as np

from shamcrowd.benchmark.classroom.case import Case
from shamcrowd.benchmark.classroom.exercises.features import above_chance
from shamcrowd.benchmark.execution.isolated_process import Outcome, Task, run_isolated
from shamcrowd.detectors.registry import load_detector
from shamcrowd.recording.manifest import Manifest
from shamcrowd.simulator import simulate
from shamcrowd.simulator.core.secret import Secret
from shamcrowd.simulator.scenario.load import load_scenario
from shamcrowd.simulator.scenario.model import Scenario

_T = TypeVar("_T")
REFERENCES = ("shared-resources", "velocity")
SPARE = 4
"""One more world is played for each so many that are needed, and at least one."""


@dataclass(frozen=True)
class PlayedWorld:
    """A world that was played.

    Attributes:
        folder: its recording.
        seed: its seed.
        hardness: what the reference detectors reach, 0 (hard) to 1 (easy).
        fingerprint: of the recording.
    """

    folder: Path
    seed: int
    hardness: float
    fingerprint: str


def without_priors(scenario: str, scale: float) -> Scenario:
    """A scenario of which every seed has the same sizes.

    >>> without_priors("quickstart-v2", 0.5).prior
    {}
    """
    priors = load_scenario(scenario, scale=scale).prior
    return load_scenario(scenario, settings=[f"prior.{name}=null" for name in priors], scale=scale)


def hardness(folder: Path) -> float:
    """Mean of what the reference detectors reach at a recording's end, corrected for chance."""
    case = Case.of(folder)
    reached = []
    for name in REFERENCES:
        found = load_detector(name)().review(case.log)
        scores = list(zip(found.account.tolist(), found.score.tolist(), strict=True))
        reached.append(above_chance(scores, case))
    return float(np.mean(reached))


def played(scenario: Scenario, seed: int, folder: Path, secret: Secret) -> PlayedWorld:
    """Play one world and measure it."""
    manifest = simulate(scenario, seed, folder, secret=secret)
    return PlayedWorld(folder, seed, hardness(folder), manifest.fingerprint)


def spare_worlds(needed: int) -> int:
    """How many more worlds are played than are needed.

    >>> spare_worlds(1), spare_worlds(20)
    (1, 5)
    """
    return max(needed // SPARE, 1)


def play_all(
    scenario: Scenario, seeds: Sequence[int], below: Path, secret: Secret, workers: int,
    done: Callable[[], None],
) -> list[PlayedWorld]:  # fmt: skip
    """Play one world for each seed, ``workers`` at a time, each in a process of its own.

    Raises:
        Exception: what went wrong with the first that failed.
    """
    tasks = [
        Task(f"world {seed}", played, (scenario, seed, below / f"world-{seed}", secret))
        for seed in seeds
    ]

    def ended(number: int, outcome: Outcome) -> None:
        done()

    outcomes = run_isolated(tasks, workers, ended)
    for outcome in outcomes:
        if outcome.error is not None:
            raise outcome.error
    return [outcome.value for outcome in outcomes]


def alike(worlds: Sequence[PlayedWorld], needed: int) -> list[PlayedWorld]:
    """The ``needed`` worlds that differ least in hardness, by seed.

    >>> worlds = [PlayedWorld(Path(), seed, at, "") for seed, at in enumerate((0.9, 0.5, 0.2, 0.6))]
    >>> [world.seed for world in alike(worlds, 2)]
    [1, 3]
    """
    ranked = sorted(worlds, key=lambda world: (world.hardness, world.seed))
    spans = [
        ranked[at + needed - 1].hardness - ranked[at].hardness
        for at in range(len(ranked) - needed + 1)
    ]
    at = int(np.argmin(spans))
    return sorted(ranked[at : at + needed], key=lambda world: world.seed)


def write_sealed(recording: Path, out: Path) -> None:
    """Copy a recording without its truth, and without what says how to play it again."""
    shutil.copytree(recording, out, ignore=shutil.ignore_patterns("truth", "manifest.json"))
    manifest = Manifest.read(recording)

    def log_only(kept: Mapping[str, _T]) -> dict[str, _T]:
        return {name: value for name, value in kept.items() if not name.startswith("truth")}

    Manifest(
        scenario="sealed", seed=0, start=manifest.start, end=manifest.end, reviews=manifest.reviews,
        rows=log_only(manifest.rows),
        fingerprints=log_only(manifest.fingerprints),
        versions=manifest.versions, resolved={},
        files=log_only(manifest.files),
    ).write(out)  # fmt: skip
