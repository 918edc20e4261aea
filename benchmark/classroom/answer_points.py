"""Points of answers and findings: judged with the truth in the key."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from shamcrowd.benchmark.classroom.answers import SCORES, AnswerError, as_json, check_known
from shamcrowd.benchmark.classroom.case import PRIVATE, PUBLIC, Case
from shamcrowd.benchmark.classroom.exercises.base import Exercise
from shamcrowd.benchmark.classroom.exercises.features import above_chance
from shamcrowd.benchmark.classroom.exercises.registry import exercises
from shamcrowd.benchmark.classroom.hand_ins import HandIn
from shamcrowd.benchmark.classroom.packs.base import Pack
from shamcrowd.benchmark.classroom.records import PRACTICE, ClassKey, digest

PARTS = (PUBLIC, PRIVATE)


@dataclass(frozen=True)
class Earned:
    """Points of one exercise, or of findings or code.

    Attributes:
        share: of the points, 0 to 1, before hints; None if nothing was handed in.
        points: what it gives, in the public and in the private part.
        hints: points that hints cost.
        said: what was found and missed, for the teacher.
    """

    share: tuple[float, float] | None
    points: tuple[float, float] = (0.0, 0.0)
    hints: float = 0.0
    said: tuple[str, ...] = ()


def answer_points(one: HandIn, pack: Pack, key: ClassKey) -> dict[str, Earned]:
    """Points of a hand-in's answers, by exercise; notes what cannot be judged."""
    cases: dict[str, Case] = {}
    secret = digest(key.secret, "half", one.team)
    found = {}
    for name, points in pack.exercises.items():
        exercise = exercises()[name]
        given = one.answers.get(name, {})
        places = [PRACTICE] if exercise.with_truth else _logs(key, one.team)
        shares: list[tuple[float, float]] = []
        said: list[str] = []
        for place in places:
            if place not in cases:
                cases[place] = Case.of(key.world(one.team, place))
            case = cases[place]
            try:
                answer = _checked(given.get(place), exercise, case)
            except AnswerError as fault:
                one.notes.append(f"{exercise.title}, {place}: {fault}")
                answer = None
            if answer is None:
                shares.append((0.0, 0.0))
                continue
            verdicts = [
                exercise.judge(answer, case if exercise.with_truth else case.part(part, secret))
                for part in PARTS
            ]
            shares.append((verdicts[0].share, verdicts[1].share))
            said += verdicts[0].said
        if name not in one.answers:
            found[name] = Earned(None)
            continue
        mean = np.mean(shares, axis=0)
        share = (float(mean[0]), float(mean[1]))
        cost = hint_cost(exercise, one, name)
        earned = tuple(s * points * (1 - cost) for s in share)
        found[name] = Earned(share, (earned[0], earned[1]), share[0] * points * cost, tuple(said))
    return found


def hint_cost(exercise: Exercise, one: HandIn, name: str) -> float:
    """The share of the points that the opened hints cost; all of them if that is not known."""
    opened = len(exercise.hints) if one.hints is None else one.hints.get(name, 0)
    return min(sum(hint.cost for hint in exercise.hints[:opened]), 1.0)


def finding_points(one: HandIn, pack: Pack, key: ClassKey) -> Earned:
    """Points of findings on the team's own logs: average precision, corrected for chance."""
    logs = _logs(key, one.team)
    for name in sorted(set(one.findings) - set(logs)):
        one.notes.append(f"findings on {name}: there is no such log")
    if not set(one.findings) & set(logs):
        return Earned(None)
    secret, shares = digest(key.secret, "half", one.team), []
    for place in logs:
        case = Case.of(key.world(one.team, place))
        given = one.findings.get(place, [])
        answer = [[int(account), score] for account, score in given]
        try:
            check_known(answer, SCORES, case)
        except AnswerError as fault:
            one.notes.append(f"findings on {place}: {fault}{_whose(answer, one, key, place)}")
            answer = []
        shares.append([
            above_chance(answer, case.part(part, secret)) if answer else 0.0 for part in PARTS
        ])  # fmt: skip
    mean = np.mean(shares, axis=0)
    share = (float(mean[0]), float(mean[1]))
    return Earned(share, (share[0] * pack.findings, share[1] * pack.findings))


def _whose(answer: list[list[float]], one: HandIn, key: ClassKey, place: str) -> str:
    """Whose log findings are about that are not about the team's own."""
    named = np.array([account for account, _ in answer], np.int64)
    for team in key.record.teams:
        if team != one.team:
            known = Case.of(key.world(team, place)).account
            if np.isin(named, known).mean() > 0.9:
                return f" They are about the log of {team}: copied."
    return ""


def _logs(key: ClassKey, team: str) -> list[str]:
    return [w.place for w in key.record.worlds if w.team == team and w.place != PRACTICE]


def _checked(given: Any, exercise: Exercise, case: Case) -> Any:
    """An answer that somebody else wrote, checked as one that a function gave."""
    if given is None:
        return None
    if exercise.form in {"scores", "groups"}:
        try:
            given = dict(given)
        except (TypeError, ValueError):
            raise AnswerError("is no list of pairs of account and number") from None
    answer = as_json(given, exercise.form)
    check_known(answer, exercise.form, case)
    return answer
