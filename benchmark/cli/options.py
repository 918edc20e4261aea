"""Options that several commands share."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from shamcrowd.benchmark.cli import completion
from shamcrowd.benchmark.cli.option_types import Scale, SecretFile, SeedList
from shamcrowd.benchmark.cli.terminal import say

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from shamcrowd.benchmark.evaluation.experiment import Experiment
    from shamcrowd.benchmark.evaluation.training import LabelKind
    from shamcrowd.benchmark.execution.cache import Cache
    from shamcrowd.benchmark.execution.engines.work_unit import Engine
    from shamcrowd.simulator.core.secret import Secret

Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]


scenario: Decorator = click.argument(
    "scenario", shell_complete=completion.names_or_paths("scenarios")
)
suite: Decorator = click.argument("suite", shell_complete=completion.names_or_paths("suites"))
recording_or_suite: Decorator = click.argument(
    "what", metavar="DIR|SUITE", shell_complete=completion.names_or_paths("suites")
)
seeds: Decorator = click.option(
    "--seeds",
    type=SeedList(),
    default="1-5",
    show_default=True,
    help="Seeds to score, such as 1-5 or 1,4,7.",
)
alert_rate: Decorator = click.option(
    "--alert-rate", type=click.FloatRange(0, 1, max_open=True), default=0.01, show_default=True,
    metavar="X", help="Share of legitimate accounts that the operating point may flag.",
)  # fmt: skip
operating_point: Decorator = click.option(
    "--operating-point", default="", metavar="RULE",
    help="Set it by alerts-a-day=N, cost-ratio=N or precision=P instead of the alert rate.",
)  # fmt: skip
settings: Decorator = click.option(
    "--set", "settings", multiple=True, metavar="PATH=VALUE",
    shell_complete=completion.set_values,
    help="Change a value, such as campaigns.hydra.accounts=20. May be given several times.",
)  # fmt: skip
detector_settings: Decorator = click.option(
    "--set", "settings", multiple=True, metavar="DETECTOR.SETTING=NUMBER",
    help="Change a setting of a detector, such as co-action.cap=100. May be given several times.",
)  # fmt: skip
recording: Decorator = click.argument("recording", metavar="DIR", type=click.Path(path_type=Path))
as_of: Decorator = click.option(
    "--as-of", metavar="TIME",
    help="Look at rows up to this moment only, such as 2026-03-09 or 2026-03-09T12:00Z. "
    "Default: the end.",
)  # fmt: skip
scale: Decorator = click.option(
    "--scale", type=Scale(min=0, min_open=True), default=1.0, metavar="X",
    help="Factor on the number of accounts and campaigns; rates per account stay.",
)  # fmt: skip
workers: Decorator = click.option(
    "--workers", type=click.IntRange(min=1), default=None, metavar="N",
    help="Processes at a time. Default: one per core. Results do not depend on it.",
)  # fmt: skip


def _detectors(metavar: str, more: str) -> Decorator:
    return click.option(
        "--detector", "detectors", multiple=True, metavar=metavar,
        shell_complete=completion.names_or_paths("detectors"),
        help=f"A detector; may be given several times. Default: all, or the suite's. Controls "
        f"always run.{more}",
    )  # fmt: skip


detectors: Decorator = _detectors("NAME|path.py:Class", "")
board_detectors: Decorator = _detectors(
    "NAME|[NAME=]path.py:Class", " NAME= is what the board calls it: old=a.py:A."
)
time_limit: Decorator = click.option(
    "--time-limit", type=click.FloatRange(min=0, min_open=True), default=1800.0,
    show_default=True, metavar="SECONDS",
    help="Longest time that a detector may take for one recording.",
)  # fmt: skip
memory_limit: Decorator = click.option(
    "--memory-limit", type=click.IntRange(min=1), default=8192, show_default=True, metavar="MIB",
    help="Most memory that a detector may use.",
)  # fmt: skip
require_seal: Decorator = click.option(
    "--require-seal", is_flag=True,
    help="Refuse to run where detectors cannot be sealed off from the truth.",
)  # fmt: skip
fresh: Decorator = click.option(
    "--fresh", is_flag=True, help="Do everything again; use nothing that was kept."
)
secret: Decorator = click.option(
    "--secret", type=SecretFile(), default=None, metavar="FILE",
    help="Play worlds that nobody can play who has not this file (shamcrowd secret FILE).",
)  # fmt: skip
labels: Decorator = click.option(
    "--labels", type=click.Choice(["platform", "truth"]), default="platform", show_default=True,
    help="Labels that detectors are fitted with: what a platform would know by then, or the truth.",
)  # fmt: skip
training_seeds: Decorator = click.option(
    "--training-seeds", type=SeedList(), default="801", show_default=True,
    help="Seeds that detectors are fitted on, such as 801-805; each fit is scored on every seed. "
    "Below 5 a fitted detector has no intervals.",
)  # fmt: skip
engine: Decorator = click.option(
    "--engine", type=click.Choice(["local", "dask"]), default="local", show_default=True,
    help="This machine, or a Dask cluster. Results do not depend on it.",
)  # fmt: skip
cluster: Decorator = click.option(
    "--cluster", metavar="ADDRESS", default=None,
    help="Scheduler of a Dask cluster, such as tcp://head:8786. Default: one on this machine.",
)  # fmt: skip
cache: Decorator = click.option(
    "--cache", type=click.Path(path_type=Path, file_okay=False), default=None, metavar="DIR",
    help="Folder that keeps results for all runs. Default: ~/.cache/shamcrowd, else below --out.",
)  # fmt: skip


@dataclass(frozen=True)
class ExperimentOptions:
    """What a command line says about an experiment: the options of `experiment`."""

    scenario: str
    seeds: tuple[int, ...]
    settings: tuple[str, ...]
    scale: float
    alert_rate: float
    operating_point: str
    time_limit: float
    memory_limit: int
    labels: LabelKind
    training_seeds: tuple[int, ...]
    require_seal: bool
    secret: Secret | None
    fresh: bool
    workers: int | None

    def experiment(self) -> Experiment:
        """The experiment, checked. It is made here so that ``--help`` imports none of it."""
        from shamcrowd.benchmark.evaluation.experiment import Experiment
        from shamcrowd.benchmark.evaluation.training import Training

        return Experiment(
            self.scenario, self.seeds, settings=self.settings, scale=self.scale,
            alert_rate=self.alert_rate, operating_point=self.operating_point,
            time_limit=self.time_limit,
            memory_limit=self.memory_limit,
            training=Training(labels=self.labels, seeds=self.training_seeds),
            workers=self.workers, require_seal=self.require_seal, secret=self.secret,
            fresh=self.fresh,
        )  # fmt: skip


@dataclass(frozen=True)
class UnitOptions:
    """What a command line says about units of work: the options of `units`."""

    workers: int | None
    engine: str
    cluster: str | None
    cache: Path | None
    time_limit: float
    memory_limit: int
    require_seal: bool
    secret: Secret | None
    fresh: bool

    def open_engine(self) -> AbstractContextManager[Engine]:
        """The engine, as long as the block lasts."""
        from shamcrowd.benchmark.execution.engines.open_engine import open_engine

        return open_engine(self.engine, self.workers, self.cluster)

    def open_cache(self, out: Path) -> Cache:
        """The cache, made if it is not there, for a run with its results in ``out``."""
        from shamcrowd.benchmark.execution.cache import Cache
        from shamcrowd.benchmark.execution.usual_cache import usual_cache

        if self.cache is not None:
            return Cache(self.cache)
        return usual_cache(out, lambda text: say(text, err=True))


def _collected(name: str, into: type[Any], parts: Sequence[Decorator]) -> Decorator:
    """A decorator with all of ``parts``, whose values reach the command as one argument."""
    fields = list(into.__dataclass_fields__)

    def decorate(command: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(command)
        def collecting(**given: Any) -> Any:
            given[name] = into(**{field: given.pop(field) for field in fields})
            return command(**given)

        decorated: Callable[..., Any] = collecting
        for part in reversed(parts):
            decorated = part(decorated)
        return decorated

    return decorate


experiment: Decorator = _collected(
    "experiment", ExperimentOptions,
    (scenario, seeds, settings, scale, alert_rate, operating_point, time_limit, memory_limit,
     labels, training_seeds, require_seal, secret, fresh, workers),
)  # fmt: skip
units: Decorator = _collected(
    "units", UnitOptions,
    (workers, engine, cluster, cache, time_limit, memory_limit, require_seal, secret, fresh),
)  # fmt: skip


def out(holds: str) -> Decorator:
    """The folder that a command must be given; ``holds`` says what for."""
    return click.option(
        "--out", type=click.Path(path_type=Path), required=True, metavar="DIR", help=holds
    )


suite_seeds: Decorator = click.option(
    "--seeds", type=click.IntRange(min=1, max=1000), default=1, metavar="N",
    help="For a suite: how many of its seeds. Default: 1.",
)  # fmt: skip
suite_out: Decorator = click.option(
    "--out", type=click.Path(path_type=Path, file_okay=False), metavar="DIR",
    help="For a suite: keep its recordings here.",
)  # fmt: skip
as_json: Decorator = click.option("--json", "as_json", is_flag=True, help="Print JSON.")
quiet: Decorator = click.option("-q", "--quiet", is_flag=True, help="Print nothing but errors.")
