"""Audits of scenarios, suites and recordings, for the command line."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from shamcrowd.recording.errors import NothingToJudgeError, ShamcrowdError, UsageError
from shamcrowd.recording.output import OutputError

if TYPE_CHECKING:
    from shamcrowd.benchmark.cli.console import ConsoleProgress
    from shamcrowd.benchmark.world_checks.audit import Audit
    from shamcrowd.benchmark.world_checks.audit.bounds import BrokenBound
    from shamcrowd.benchmark.world_checks.red_team import RedTeam
    from shamcrowd.simulator.core.secret import Secret


@dataclass(frozen=True)
class AuditRun:
    """One scenario's audit, or why there is none.

    ``judged`` is false for recordings that should have been judged and could not be.
    """

    scenario: str
    audit: Audit | None
    red_team: RedTeam | None
    nothing: str = ""
    judged: bool = True

    @property
    def broken(self) -> tuple[BrokenBound, ...]:
        """All bounds that do not hold."""
        rules = self.audit.broken if self.audit else ()
        return rules + (self.red_team.broken if self.red_team else ())

    def to_dict(self) -> dict[str, Any]:
        """The same as data for JSON."""
        if self.audit is None:
            return {
                "scenario": self.scenario, "passed": self.judged, "verdict": self.nothing
            }  # fmt: skip
        about = self.audit.to_dict()
        about["passed"] = not self.broken
        if self.red_team is not None:
            about["red_team"] = self.red_team.to_dict()
        return about


def scenarios_of(what: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """The scenarios that names of scenarios and suites mean, with the settings of the suite.

    Raises:
        UsageError: if a name is neither, or a folder.
    """
    from difflib import get_close_matches

    from shamcrowd.benchmark.suites.suite import load_suite, suite_ids
    from shamcrowd.simulator.scenario.load import scenario_ids

    found: dict[str, tuple[str, ...]] = {}
    known = [*suite_ids(), *scenario_ids()]
    for name in what:
        if Path(name).is_dir():
            raise UsageError("give recordings alone, or names of scenarios and suites alone")
        file = name.endswith((".yaml", ".yml"))
        if not file and name not in known:
            close = get_close_matches(name, known, n=1)
            hint = f'did you mean "{close[0]}"?' if close else "see: shamcrowd list scenarios"
            raise UsageError(
                f'not a recording, and no scenario or suite is called "{name}"; {hint}'
            )
        if name in suite_ids() or (file and _lists_scenarios(Path(name))):
            suite = load_suite(name)
            found |= dict.fromkeys(suite.scenarios, tuple(suite.settings))
        else:
            found[name] = ()
    return found


def _lists_scenarios(path: Path) -> bool:
    """Is a file a suite's?"""
    if not path.is_file():
        return False
    return any(line.startswith("scenarios:") for line in path.read_text("utf-8").splitlines())


def audit_scenarios(
    scenarios: Mapping[str, tuple[str, ...]], seeds: Sequence[int], settings: Sequence[str],
    scale: float, out: Path | None, red_team: bool, families: Sequence[str],
    progress: ConsoleProgress, secret: Secret | None = None,
) -> list[AuditRun]:  # fmt: skip
    """Audit each scenario; one of several that fails takes none of the others down."""
    found = []
    for scenario, own in scenarios.items():
        try:
            run = audit_scenario(
                scenario, seeds, (*own, *settings), scale, out, red_team, families, progress, secret
            )
        except ShamcrowdError as fault:
            if len(scenarios) == 1 or isinstance(fault, OutputError):
                raise
            run = AuditRun(scenario, None, None, str(fault), judged=False)
        found.append(run)
    return found


def audit_scenario(
    scenario: str, seeds: Sequence[int], settings: Sequence[str], scale: float, out: Path | None,
    red_team: bool, families: Sequence[str], progress: ConsoleProgress,
    secret: Secret | None = None,
) -> AuditRun:  # fmt: skip
    """Play a scenario at each seed, and audit the recordings together."""
    from shamcrowd.simulator import simulate
    from shamcrowd.simulator.scenario.load import load_scenario

    world = load_scenario(scenario, settings=settings, scale=scale)
    if not world.campaigns:
        return AuditRun(scenario, None, None, "nothing to audit: no campaign")
    with tempfile.TemporaryDirectory() as aside:
        folders = []
        for seed in seeds:
            folder = (out or Path(aside)) / f"{Path(scenario).stem}-{seed}"
            progress.stage("simulating", 1)
            simulate(world, seed, folder, progress=progress.share, secret=secret)
            folders.append(folder)
        return audit_folders(folders, red_team, families, progress)


def audit_folders(
    folders: Sequence[Path], red_team: bool, families: Sequence[str], progress: ConsoleProgress
) -> AuditRun:
    """Audit recordings of one scenario together."""
    from shamcrowd.benchmark.world_checks.audit import audit
    from shamcrowd.benchmark.world_checks.red_team import attack
    from shamcrowd.recording.manifest import Manifest

    name = Manifest.read(folders[0]).scenario
    progress.stage("auditing", 1)
    try:
        found = audit(folders, families=families, progress=progress.share)
    except NothingToJudgeError as nothing:
        return AuditRun(name, None, None, str(nothing), judged=False)
    model = None
    if red_team:
        progress.stage("red team", 1)
        model = attack(folders, progress.share)
    return AuditRun(name, found, model)
