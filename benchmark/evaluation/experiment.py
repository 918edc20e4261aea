"""What is asked of detectors: one scenario, its seeds, the operating point, and the limits."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from shamcrowd.benchmark.evaluation.ceilings import Ceiling
from shamcrowd.benchmark.evaluation.plan import CALIBRATION_SEEDS, TIME_LIMIT, checked_seeds
from shamcrowd.benchmark.evaluation.training import Training
from shamcrowd.benchmark.execution.cache import Cache
from shamcrowd.benchmark.execution.confinement.allowed import may_be_read
from shamcrowd.benchmark.execution.engines.local_engine import LocalEngine
from shamcrowd.benchmark.execution.engines.work_unit import Engine
from shamcrowd.benchmark.execution.sandbox import MEMORY_LIMIT
from shamcrowd.benchmark.scoring.operating_point import ALERT_RATE, OperatingRule
from shamcrowd.detectors.base import Detector
from shamcrowd.recording.errors import UsageError
from shamcrowd.simulator.core.secret import Secret
from shamcrowd.simulator.scenario.load import load_scenario
from shamcrowd.simulator.scenario.model import Scenario

DetectorList = Sequence[str | Callable[[], Detector]] | None
"""Detectors by name, by ``path.py:Class``, or as classes; None: all that are installed."""

_LOADED = "values of a loaded scenario cannot be set; give its name or its file"


@dataclass(frozen=True)
class Experiment:
    """One scenario to be played, and how detectors are judged on it.

    Attributes:
        scenario: an id, the path of a YAML file, or a loaded scenario.
        seeds: replications that are scored, each once, ascending.
        calibration_seeds: replications on which the operating points are set; likewise.
        settings: overrides such as ``"campaigns.hydra.accounts=20"``; not applied to a loaded
            scenario.
        scale: factor on accounts and campaigns, above 0, at most 100; likewise.
        alert_rate: share of legitimate accounts that the operating point may flag, from 0 to
            below 1.
        time_limit: seconds that a detector may take for one recording.
        memory_limit: memory that a detector may have, MiB.
        training: in which world, and with which labels, detectors are fitted.
        ceilings: which rows of detectors with more to learn from are added
            (`shamcrowd.benchmark.evaluation.ceilings`).
        operating_point: how it is set instead of by the alert rate: ``alerts-a-day=N``,
            ``cost-ratio=N`` or ``precision=P``; "": by the alert rate.
        workers: processes at a time; None: one per core.
        engine: what runs the units of work; None: this machine, with ``workers``.
        require_seal: use no findings of a detector that was not sealed off.
        secret: what a judge keys recordings with; None: nothing, anybody can make the same.
        fresh: do everything again; use nothing that was kept.
    """

    scenario: str | Path | Scenario
    seeds: tuple[int, ...] = (1,)
    calibration_seeds: tuple[int, ...] = CALIBRATION_SEEDS
    settings: tuple[str, ...] = ()
    scale: float = 1.0
    alert_rate: float = ALERT_RATE
    time_limit: float = TIME_LIMIT
    memory_limit: int = MEMORY_LIMIT
    training: Training = field(default_factory=Training)
    ceilings: tuple[Ceiling, ...] = ()
    operating_point: str = ""
    workers: int | None = None
    engine: Engine | None = None
    require_seal: bool = False
    secret: Secret | None = None
    fresh: bool = False

    def __post_init__(self) -> None:
        """Check the alert rate, the seeds, and where the secret lies.

        Raises:
            UsageError: if the alert rate or the operating point is out of range, a seed is used for
                two purposes, or detectors could read the secret.
            NothingToJudgeError: if there is no seed to score, or none to calibrate on.
        """
        if not 0 <= self.alert_rate < 1:
            raise UsageError(
                f"alert rate {self.alert_rate:g}: must be from 0 to below 1, such as 0.01"
            )
        OperatingRule.of(self.alert_rate, self.operating_point)
        scored, calibration = checked_seeds(self.seeds, self.calibration_seeds, self.training.seeds)
        object.__setattr__(self, "seeds", scored)
        object.__setattr__(self, "calibration_seeds", calibration)
        object.__setattr__(self, "settings", tuple(self.settings))
        if self.secret is not None and may_be_read(self.secret.path):
            raise UsageError(
                f"{self.secret.path}: lies where detectors may read, as they may read programs and "
                "packages; move the secret to a folder of your own"
            )

    def hidden(self, cache: Cache | None = None) -> tuple[Path, ...]:
        """What no detector may open wherever it is run: a cache, and the judge's secret."""
        kept = () if cache is None else (cache.root,)
        return (*kept, *(() if self.secret is None else (self.secret.path.resolve(),)))

    def load(self, *settings: str) -> Scenario:
        """The scenario with the experiment's settings, then ``settings``, applied.

        Raises:
            ScenarioError: if it cannot be played; holds every fault with its line.
            UsageError: if ``settings`` are given for a scenario that is loaded already.

        >>> Experiment("quickstart-v2", scale=0.5).load().id
        'quickstart-v2'
        """
        if isinstance(self.scenario, Scenario):
            if settings:
                raise UsageError(_LOADED)
            return self.scenario
        return load_scenario(self.scenario, settings=[*self.settings, *settings], scale=self.scale)

    def of(self, scenario: Scenario) -> Experiment:
        """The same experiment on a loaded scenario."""
        return replace(self, scenario=scenario)

    def with_settings(self, *settings: str) -> Experiment:
        """The same experiment with more overrides.

        Raises:
            UsageError: if its scenario is loaded already.
        """
        if isinstance(self.scenario, Scenario):
            raise UsageError(_LOADED)
        return replace(self, settings=(*self.settings, *settings))

    def chosen_engine(self) -> Engine:
        """The engine asked for, or this machine."""
        return self.engine or LocalEngine(self.workers)

    @property
    def secret_hash(self) -> str:
        """SHA-256 of the secret; "" if there is none."""
        return "" if self.secret is None else self.secret.hash

    @property
    def processes(self) -> int:
        """Processes at a time on this machine."""
        return self.workers or os.cpu_count() or 1
