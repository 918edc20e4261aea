"""The arms race of a class: teams' detectors against teams' strategies, in closed loops.

A match is one world played with a defender's detector, on whose alerts the platform acts, and an
attacker's strategy, which decides for every campaign. Both run in processes of their own, sealed
off from everything but what they are given.

A defender's share is the damage held (tokens not taken, of those taken without a defence), less
`HARM` times the share of legitimate accounts that were suspended. An attacker's share is what its
campaigns took, of what they take without a defence. Each meets several others, and one of the
house.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from shamcrowd.benchmark.classroom.case import Case
from shamcrowd.benchmark.classroom.code_points import LIMITS, Ran, class_in, operating_point
from shamcrowd.benchmark.classroom.hand_ins import HandIn
from shamcrowd.benchmark.classroom.records import DETECTOR, STRATEGY, ClassKey, digest
from shamcrowd.benchmark.classroom.worlds import without_priors
from shamcrowd.benchmark.closed_loop.confined_reviewer import ConfinedReviewer
from shamcrowd.benchmark.closed_loop.reading import (
    LoopRecording,
    UndefendedTotals,
    attack_and_defence,
    undefended,
)
from shamcrowd.benchmark.closed_loop.run import with_response
from shamcrowd.benchmark.evaluation.replay import Candidate
from shamcrowd.benchmark.execution.isolated_process import LostError, Outcome, Task, run_isolated
from shamcrowd.benchmark.execution.plugin_process import PluginProcess
from shamcrowd.detectors.registry import load_detector
from shamcrowd.recording.atomic import partial_path
from shamcrowd.recording.errors import ShamcrowdError
from shamcrowd.recording.view import LogView
from shamcrowd.simulator import simulate
from shamcrowd.simulator.campaigns.decided_strategy import decided_actions
from shamcrowd.simulator.core.secret import Secret
from shamcrowd.simulator.response.reviewer import Alerts

HOUSE = "the house"
HOUSE_DETECTOR = "shared-resources"
RESPONSE = "instant"
"""Every alert suspends at once and for good: what a detector says is what happens."""
OPPONENTS = 2
"""Others that each defender meets besides the house."""
HARM = 5.0
"""What a share of legitimate accounts that is suspended takes away, per unit (assumed)."""


@dataclass(frozen=True)
class Side:
    """One side of a match: its name, and the file and class of its code, if it has any."""

    name: str
    code: str = ""
    threshold: float = 0.0


@dataclass(frozen=True)
class Match:
    """The result of a match.

    Attributes:
        defender: who defended.
        attacker: who attacked.
        held: share of the undefended damage that was not taken, at most 1.
        hurt: share of legitimate accounts that were suspended.
        dollars: what the attacker spent for each dollar of list price taken; 0 if it took nothing.
        defender_failed: why the detector failed; "" if it did not.
        attacker_failed: why the strategy failed.
        strayed: what the strategy reached for outside its own files.
    """

    defender: str
    attacker: str
    held: float
    hurt: float
    dollars: float
    defender_failed: str = ""
    attacker_failed: str = ""
    strayed: tuple[str, ...] = ()

    @property
    def defender_share(self) -> float:
        """What it is worth to the defender, 0 to 1."""
        return 0.0 if self.defender_failed else max(self.held - HARM * self.hurt, 0.0)

    @property
    def attacker_share(self) -> float:
        """What it is worth to the attacker, 0 to 1."""
        return 0.0 if self.attacker_failed else min(1.0 - self.held, 1.0)


def pairings(defenders: Sequence[Side], attackers: Sequence[Side]) -> list[tuple[Side, Side]]:
    """Who meets whom: everybody the house, and each defender `OPPONENTS` attackers in turn.

    >>> sides = [Side("a"), Side("b")], [Side("c"), Side("d"), Side("e")]
    >>> [(d.name, a.name) for d, a in pairings(*sides)][:4]
    [('a', 'the house'), ('a', 'c'), ('a', 'd'), ('b', 'the house')]
    """
    found = []
    for number, defender in enumerate(defenders):
        found.append((defender, Side(HOUSE)))
        turns = min(OPPONENTS, len(attackers))
        chosen = [attackers[(number * OPPONENTS + n) % len(attackers)] for n in range(turns)]
        found += [(defender, attacker) for attacker in chosen if attacker.name != defender.name]
    return found + [(Side(HOUSE), attacker) for attacker in attackers]


def run_race(
    hand_ins: Sequence[HandIn], ran: dict[str, list[Ran]], key: ClassKey, part: str, below: Path,
    hidden: Sequence[Path], workers: int, done: Callable[[], None],
) -> list[Match]:  # fmt: skip
    """Play all matches in one world, made after the hand-ins.

    Args:
        hand_ins: what was handed in.
        ran: how each team's detector did in the open loop, where its operating point comes from.
        key: the key of the class.
        part: public or private; each has another world.
        below: folder for worlds, removed afterwards.
        hidden: what no code may read.
        workers: matches at a time.
        done: called after each match.
    """
    defenders: list[Side] = []
    attackers: list[Side] = []
    code: list[str] = []
    for one in hand_ins:
        if one.refused:
            continue
        for name, method, into in (
            (DETECTOR, "review", defenders), (STRATEGY, "decide", attackers),
        ):  # fmt: skip
            if name not in one.code:
                continue
            source = one.code[name].read_text("utf-8", "replace")
            code.append(source)
            try:
                where = f"{one.code[name]}:{class_in(source, method)}"
            except ShamcrowdError as fault:
                one.notes.append(f"{name}: {fault}")
                continue
            of = [r for r in ran.get(one.team, []) if r.share is not None]
            if name == STRATEGY:
                into.append(Side(one.team, where))
            elif of:
                into.append(Side(one.team, where, of[0].threshold))
    if not attackers and not defenders:
        return []
    seed = int.from_bytes(digest(key.secret, "race", part, *code)[:4], "big") >> 1
    scenario, scale = key.record.scenarios[0], key.record.scale
    common = (scenario, scale, seed, key.secret)
    first = run_isolated([Task("undefended", _undefended, (*common, below / "undefended"))], 1)[0]
    if first.error is not None:
        raise first.error
    totals, threshold = first.value
    pairs = [
        (replace(d, threshold=threshold) if d.name == HOUSE else d, a)
        for d, a in pairings(defenders, attackers)
    ]
    tasks = [
        Task(d.name, play, (d, a, *common, below / str(n), totals, tuple(hidden)))
        for n, (d, a) in enumerate(pairs)
    ]

    def ended(number: int, outcome: Outcome) -> None:
        done()

    return [
        o.value if o.error is None else Match(d.name, a.name, 0.0, 0.0, 0.0, str(o.error))
        for (d, a), o in zip(pairs, run_isolated(tasks, workers, ended), strict=True)
    ]


def _undefended(
    scenario: str, scale: float, seed: int, secret: Secret, folder: Path
) -> tuple[UndefendedTotals, float]:
    """Totals of the open loop, and the operating point of the house's detector."""
    simulate(without_priors(scenario, scale), seed, folder, secret=secret)
    totals, case = undefended(LoopRecording(folder)), Case.of(folder)
    found = load_detector(HOUSE_DETECTOR)().review(case.log)
    scores = list(zip(found.account.tolist(), found.score.tolist(), strict=True))
    shutil.rmtree(folder)
    return totals, operating_point(scores, case)


class _Asked:
    """A function of somebody's code that is no longer asked once it has failed."""

    def __init__(self, ask: Callable[[Any], Any], otherwise: Any) -> None:
        self._ask, self._otherwise, self.failed = ask, otherwise, ""

    def __call__(self, what: Any) -> Any:
        if self.failed:
            return self._otherwise
        try:
            return self._ask(what)
        except Exception as fault:
            self.failed = " ".join(str(fault).split())[:500] or type(fault).__name__
            return self._otherwise


def play(
    defender: Side, attacker: Side, scenario: str, scale: float, seed: int, secret: Secret,
    folder: Path, totals: UndefendedTotals, hidden: tuple[Path, ...],
) -> Match:  # fmt: skip
    """Play one match, each side in a process of its own."""
    world = with_response(without_priors(scenario, scale), RESPONSE)
    hidden = (folder, partial_path(folder), *hidden)
    candidate = Candidate(defender.name, defender.code or HOUSE_DETECTOR).packed()
    below = folder.with_name(folder.name + "-work")
    sandbox = candidate.sandbox(below, hidden, LIMITS.memory_mib)
    strayed: tuple[str, ...] = ()
    reviewer = ConfinedReviewer(
        candidate, partial_path(folder), defender.threshold, None, sandbox, LIMITS.seconds
    )
    asked = _Asked(reviewer, Alerts.none())
    decides = _Asked(lambda state: [], [])
    try:
        with reviewer:
            if not attacker.code:
                simulate(world, seed, folder, secret=secret, reviewer=_as_reviewer(asked))
            else:
                leader = Candidate(attacker.name, attacker.code).packed()
                home = leader.sandbox(below, hidden, LIMITS.memory_mib)
                with PluginProcess(leader, home, LIMITS.seconds) as plugin:
                    decides = _Asked(_Checked(plugin), [])
                    plugin.make()
                    simulate(
                        world, seed, folder, secret=secret, reviewer=_as_reviewer(asked),
                        deciders=dict.fromkeys(world.campaigns, decides),
                    )  # fmt: skip
                    with suppress(ShamcrowdError, LostError):
                        strayed = tuple(plugin.strayed())
        found = attack_and_defence(LoopRecording(folder), totals)
    finally:
        shutil.rmtree(below, ignore_errors=True)
    taken = sum(attack.tokens for attack in found.attacks)
    worth = sum(attack.list_dollars for attack in found.attacks)
    spent = sum(attack.spent for attack in found.attacks)
    before = max(sum(totals.tokens.values()), 1)
    hurt = found.defence.share(found.defence.banned)
    shutil.rmtree(folder)
    return Match(
        defender.name, attacker.name, float(np.clip(1 - taken / before, 0, 1)), hurt,
        spent / worth if worth else 0.0, asked.failed, decides.failed, strayed,
    )  # fmt: skip


class _Checked:
    """Asks a strategy in its process; what is no list of actions is its failure."""

    def __init__(self, plugin: PluginProcess) -> None:
        self._plugin = plugin

    def __call__(self, state: Any) -> Any:
        decided = self._plugin.decide(state)
        decided_actions(decided)
        return decided


def _as_reviewer(asked: _Asked) -> Callable[[LogView], Alerts]:
    def review(log: LogView) -> Alerts:
        alerts: Alerts = asked(log)
        return alerts

    return review
