"""Scores all hand-ins of a class: the rows of the board."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from shamcrowd.benchmark.classroom.answer_points import Earned, answer_points, finding_points
from shamcrowd.benchmark.classroom.case import PRIVATE, PUBLIC
from shamcrowd.benchmark.classroom.code_points import Ran, fresh_worlds, run_detectors
from shamcrowd.benchmark.classroom.copied import copies
from shamcrowd.benchmark.classroom.hand_ins import HandIn, read_hand_ins
from shamcrowd.benchmark.classroom.packs.base import Pack, pack_of
from shamcrowd.benchmark.classroom.race import Match, run_race
from shamcrowd.benchmark.classroom.records import DETECTOR, STRATEGY, ClassKey
from shamcrowd.benchmark.classroom.starters import DETECTOR_START, STRATEGY_START
from shamcrowd.benchmark.evaluation.listener import Listener
from shamcrowd.benchmark.execution.seal import seal

FINDINGS, CODE, RACE = "findings", "detector", "race"
STARTS = {DETECTOR: DETECTOR_START, STRATEGY: STRATEGY_START}


@dataclass(frozen=True)
class TeamRow:
    """A team on the board.

    Attributes:
        team: its name.
        public: points of the public part.
        private: points of the private part; None before the end.
        earned: by exercise, and for findings, detector and race: points (public, private), the
            share of what could be had, and what hints cost.
        notes: what is wrong with its hand-in.
        handed_in: whether there is one.
    """

    team: str
    public: float
    private: float | None
    earned: dict[str, dict[str, Any]]
    notes: tuple[str, ...]
    handed_in: bool


@dataclass(frozen=True)
class ClassBoard:
    """The board of a class.

    Attributes:
        pack: name of the pack.
        title: its title.
        final: whether the private part is shown, and ranks.
        columns: what earns points, with the most, in order.
        rows: best first.
        matches: of the arms race.
        notes: on what belongs to no team.
        seal: how code was sealed off.
        secret: SHA-256 of the secret of the class.
    """

    pack: str
    title: str
    final: bool
    columns: dict[str, int]
    rows: tuple[TeamRow, ...]
    matches: tuple[Match, ...] = ()
    notes: tuple[str, ...] = ()
    seal: str = ""
    secret: str = ""
    version: int = 1

    @property
    def data(self) -> dict[str, Any]:
        """As JSON."""
        return asdict(self)


@dataclass
class _Code:
    """What came of the teams' code."""

    ran: dict[str, dict[str, list[Ran]]] = field(default_factory=dict)
    matches: dict[str, list[Match]] = field(default_factory=dict)


def score_class(
    submissions: Path,
    key: ClassKey,
    *,
    final: bool = False,
    accept_late: bool = False,
    arrivals: dict[str, int] | None = None,
    workers: int = 1,
    listener: Listener | None = None,
) -> ClassBoard:
    """Score all hand-ins.

    Args:
        submissions: folder with a zip or a folder for each team.
        key: the key of the class.
        final: play the private worlds too, and show the private part.
        accept_late: give late hand-ins points; they are named in any case.
        arrivals: when each file was seen first, by name.
        workers: processes at a time.
        listener: receives progress.
    """
    pack, listener = pack_of(key.record.pack), listener or Listener()
    with tempfile.TemporaryDirectory(prefix="shamcrowd-class-") as below:
        scratch = Path(below)
        hand_ins, notes = read_hand_ins(submissions, key, scratch / "in", arrivals)
        _name_copies(hand_ins)
        judged = [one for one in hand_ins if accept_late or not one.late]
        code = _run_code(judged, pack, key, scratch, submissions, final, workers, listener)
        listener.stage("answers", len(hand_ins))
        rows = []
        for one in hand_ins:
            rows.append(_row(one, one in judged, pack, key, code, final))
            listener.step()
    rows.sort(key=lambda row: (-(row.public if row.private is None else row.private), row.team))
    matches = code.matches.get(PRIVATE if final else PUBLIC, [])
    return ClassBoard(
        pack.name, pack.title, final, _columns(pack), tuple(rows), tuple(matches), tuple(notes),
        seal().line, key.record.secret,
    )  # fmt: skip


def _columns(pack: Pack) -> dict[str, int]:
    more = {FINDINGS: pack.findings, CODE: pack.detector, RACE: pack.race}
    return {**pack.exercises, **{name: points for name, points in more.items() if points}}


def _name_copies(hand_ins: Sequence[HandIn]) -> None:
    for name, start in STARTS.items():
        sources = {
            one.team: one.code[name].read_text("utf-8", "replace")
            for one in hand_ins
            if name in one.code
        }
        for one in hand_ins:
            if sources.get(one.team) == start:
                one.notes.append(f"{name} is the one to begin with, unchanged")
        for team, others in copies(sources, start).items():
            [one] = [one for one in hand_ins if one.team == team]
            one.notes.append(f"copied: {name} is the same as that of {', '.join(others)}")


def _run_code(
    judged: Sequence[HandIn], pack: Pack, key: ClassKey, scratch: Path, submissions: Path,
    final: bool, workers: int, listener: Listener,
) -> _Code:  # fmt: skip
    code = _Code()
    coded = [one for one in judged if one.code]
    if not coded:
        return code
    listener.stage("fresh worlds", 1)
    hidden = (key.folder.resolve(), submissions.resolve())
    worlds = fresh_worlds(key, coded, scratch / "worlds", workers, final)
    listener.step()
    detecting = [one for one in coded if DETECTOR in one.code]
    if detecting:
        count = len(detecting) * sum(map(len, worlds.values()))
        listener.stage("detectors", count)
        code.ran = run_detectors(coded, worlds, hidden, workers, listener.step)
        for one in detecting:
            for ran in (r for runs in code.ran.get(one.team, {}).values() for r in runs):
                _note_refusal(one, DETECTOR, ran.strayed)
    if pack.race:
        for part in worlds:
            public = {team: runs.get(PUBLIC, []) for team, runs in code.ran.items()}
            listener.stage(f"race, {part}", len(coded) * 2)
            code.matches[part] = run_race(
                coded, public, key, part, scratch / "race" / part, hidden, workers, listener.step
            )
            for one in coded:
                for match in code.matches[part]:
                    if match.attacker == one.team:
                        _note_refusal(one, STRATEGY, match.strayed)
    return code


def _note_refusal(one: HandIn, name: str, strayed: Sequence[str]) -> None:
    if strayed and not one.refused:
        one.refused = True
        shown = ", ".join(strayed[:3])
        one.notes.append(f"refused: {name} reached for {shown}; its code gets no points")


def _row(one: HandIn, counts: bool, pack: Pack, key: ClassKey, code: _Code, final: bool) -> TeamRow:
    earned: dict[str, Earned] = {}
    if one.folder is not None and counts:
        earned = answer_points(one, pack, key)
        if pack.findings:
            earned[FINDINGS] = finding_points(one, pack, key)
        if pack.detector and DETECTOR in one.code:
            earned[CODE] = _detector(one, pack, code.ran.get(one.team, {}))
        if pack.race and one.code:
            earned[RACE] = _race(one, pack, code)
    shown = {
        name: {
            "points": e.points if final else (e.points[0], None),
            "share": None if e.share is None else (e.share if final else (e.share[0], None)),
            "hints": e.hints, "said": e.said,
        }
        for name, e in earned.items()
    }  # fmt: skip
    public, private = (float(sum(e.points[n] for e in earned.values())) for n in (0, 1))
    return TeamRow(
        one.team, public, private if final else None, shown, tuple(dict.fromkeys(one.notes)),
        one.folder is not None or bool(one.notes),
    )  # fmt: skip


def _detector(one: HandIn, pack: Pack, ran: dict[str, list[Ran]]) -> Earned:
    if one.refused:
        return Earned((0.0, 0.0), said=("refused",))
    shares = []
    for part in (PUBLIC, PRIVATE):
        runs = ran.get(part, [])
        shares.append(float(np.mean([r.share or 0.0 for r in runs])) if runs else 0.0)
        for run in runs:
            if run.said:
                one.notes.append(f"{DETECTOR} failed: {run.said[:200]}")
    return Earned((shares[0], shares[1]), (shares[0] * pack.detector, shares[1] * pack.detector))


def _race(one: HandIn, pack: Pack, code: _Code) -> Earned:
    """The better of a team's two sides, if it has both."""
    if one.refused:
        return Earned((0.0, 0.0), said=("refused",))
    shares = []
    for part in (PUBLIC, PRIVATE):
        matches = code.matches.get(part, [])
        sides = [
            [m.defender_share for m in matches if m.defender == one.team],
            [m.attacker_share for m in matches if m.attacker == one.team],
        ]
        shares.append(max((float(np.mean(side)) for side in sides if side), default=0.0))
        for match in matches:
            if match.attacker == one.team and match.attacker_failed:
                one.notes.append(f"{STRATEGY} failed: {match.attacker_failed[:200]}")
            if match.defender == one.team and match.defender_failed:
                one.notes.append(f"{DETECTOR} failed in the race: {match.defender_failed[:200]}")
    return Earned((shares[0], shares[1]), (shares[0] * pack.race, shares[1] * pack.race))
