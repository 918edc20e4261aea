"""Points of detectors: each is run, sealed off, on worlds that are made after it was handed in."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from shamcrowd.benchmark.classroom.case import PRIVATE, PUBLIC, Case
from shamcrowd.benchmark.classroom.exercises.features import above_chance, score_of
from shamcrowd.benchmark.classroom.hand_ins import HandIn
from shamcrowd.benchmark.classroom.records import DETECTOR, ClassKey, digest
from shamcrowd.benchmark.classroom.worlds import without_priors
from shamcrowd.benchmark.execution.isolated_process import LostError, Outcome, Task, run_isolated
from shamcrowd.benchmark.execution.plugin_source import OfferedLog
from shamcrowd.benchmark.own_logs.history import History
from shamcrowd.benchmark.own_logs.replaying import Limits, started
from shamcrowd.benchmark.scoring.operating_point import ALERT_RATE
from shamcrowd.recording.errors import ShamcrowdError
from shamcrowd.recording.manifest import Manifest
from shamcrowd.recording.units import EARLIEST
from shamcrowd.recording.view import open_log
from shamcrowd.simulator import simulate
from shamcrowd.simulator.core.secret import Secret

LIMITS = Limits(60.0, 2048)
"""Seconds and MiB that a detector may have for one world (assumed: a class waits for it)."""

DENIED = re.compile(r"PermissionError: [^:]*: '([^']*)'|PermissionError()")


@dataclass(frozen=True)
class Ran:
    """What came of running a detector on one world.

    Attributes:
        share: average precision corrected for chance, 0 to 1; None if it failed.
        said: how it failed; "" if it did not.
        strayed: what it reached for outside its own files.
        threshold: the score that `ALERT_RATE` of the legitimate accounts exceed.
    """

    share: float | None
    said: str = ""
    strayed: tuple[str, ...] = ()
    threshold: float = 0.0


def class_in(source: str, method: str) -> str:
    r"""The name of the class in a file that has a method; the first if there are several.

    Raises:
        ShamcrowdError: if there is none, or it is not Python.

    >>> class_in("class Mine:\n    def review(self, log): ...", "review")
    'Mine'
    """
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError) as fault:
        raise ShamcrowdError(f"is not Python: {fault}") from None
    for node in tree.body:
        if isinstance(node, ast.ClassDef):
            methods = [n.name for n in node.body if isinstance(n, ast.FunctionDef)]
            if method in methods:
                return node.name
    raise ShamcrowdError(f"has no class with a method {method!r}")


def fresh_worlds(
    key: ClassKey, hand_ins: Sequence[HandIn], below: Path, workers: int, final: bool
) -> dict[str, list[Path]]:
    """Play the worlds of this scoring: public ones, and at the end private ones.

    They depend on every byte of code that was handed in, so that they cannot have been played
    before, and are the same for all teams.
    """
    code = [
        path.read_text("utf-8", "replace")
        for one in hand_ins
        for name, path in sorted(one.code.items())
        if name == DETECTOR
    ]
    tasks, found = [], {}
    for part in (PUBLIC, PRIVATE)[: 1 + final]:
        found[part] = [below / part / str(n) for n in range(len(key.record.scenarios))]
        # Streams of the class's own secret, in a place that no detector may read.
        seed = int.from_bytes(digest(key.secret, "fresh", part, *code)[:4], "big") >> 1
        for scenario, folder in zip(key.record.scenarios, found[part], strict=True):
            tasks.append(
                Task(scenario, _play, (scenario, key.record.scale, seed, folder, key.secret))
            )
    for outcome in run_isolated(tasks, workers):
        if outcome.error is not None:
            raise outcome.error
    return found


def _play(scenario: str, scale: float, seed: int, folder: Path, secret: Secret) -> None:
    simulate(without_priors(scenario, scale), seed, folder, secret=secret)


def run_detectors(
    hand_ins: Sequence[HandIn], worlds: dict[str, list[Path]], hidden: Sequence[Path],
    workers: int, done: Callable[[], None], limits: Limits = LIMITS,
) -> dict[str, dict[str, list[Ran]]]:  # fmt: skip
    """Run every detector on every world, ``workers`` at a time; by team and part.

    ``hidden`` are folders that none may read, wherever they lie.
    """
    wanted = [
        (one.team, part, one.code[DETECTOR], world)
        for one in hand_ins if DETECTOR in one.code and not one.refused
        for part, played in worlds.items() for world in played
    ]  # fmt: skip
    tasks = [
        Task(team, _run, (code, world, tuple(hidden), limits)) for team, _, code, world in wanted
    ]

    def ended(number: int, outcome: Outcome) -> None:
        done()

    found: dict[str, dict[str, list[Ran]]] = {}
    for (team, part, _, _), outcome in zip(
        wanted, run_isolated(tasks, workers, ended), strict=True
    ):
        ran = outcome.value if outcome.error is None else Ran(None, str(outcome.error))
        found.setdefault(team, {}).setdefault(part, []).append(ran)
    return found


def _run(code: Path, world: Path, hidden: tuple[Path, ...], limits: Limits) -> Ran:
    """Run one detector on one world; the truth is opened when it has ended."""
    source, manifest = open_log(world), Manifest.read(world)
    strayed: tuple[str, ...] = ()
    history = History()
    try:
        name = f"{code}:{class_in(code.read_text('utf-8', 'replace'), 'review')}"
        with started(name, world, limits, None, hidden=hidden) as (plugin, learns):
            if learns:
                return Ran(None, "it has `fit`, and there is nothing to learn from")
            since = EARLIEST
            try:
                for now in (*(r for r in manifest.reviews if r < manifest.end), manifest.end):
                    known = source.rows("accounts", EARLIEST, now, ["account"]).column(0)
                    history.add(
                        plugin.review(OfferedLog(source), now, since, None, known.to_numpy())
                    )
                    since = now
            finally:
                with suppress(ShamcrowdError, LostError):
                    strayed = tuple(plugin.strayed())
    except (ShamcrowdError, LostError) as fault:
        said = " ".join(str(fault).split())
        # What it did while it was loaded is not known otherwise.
        if not strayed and (denied := DENIED.search(said)):
            strayed = (denied[1] or "what it may not reach",)
        return Ran(None, said, strayed)
    found = history.last
    if found is None:
        return Ran(None, "it was never asked", strayed)
    scores = list(zip(found.account.tolist(), found.score.tolist(), strict=True))
    case = Case.of(world)
    return Ran(above_chance(scores, case), "", strayed, operating_point(scores, case))


def operating_point(scores: object, case: Case) -> float:
    """The score that `ALERT_RATE` of the legitimate accounts exceed, at most."""
    legitimate = score_of(scores, case)[~case.sham]
    return float(np.quantile(legitimate, 1 - ALERT_RATE, method="higher"))
