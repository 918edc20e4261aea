"""The board as one static page."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from shamcrowd.benchmark.classroom.exercises.registry import exercises
from shamcrowd.benchmark.classroom.packs.base import pack_of
from shamcrowd.benchmark.classroom.scoring import CODE, FINDINGS, RACE, ClassBoard, TeamRow
from shamcrowd.benchmark.reports.rendering import render
from shamcrowd.recording.counting import counted

TEMPLATES = Path(__file__).parent / "templates"
TITLES = {FINDINGS: "findings", CODE: "detector", RACE: "race"}
NOTHING = "–"


def title_of(name: str) -> str:
    """What a column is called."""
    return TITLES.get(name) or exercises()[name].title


def first_sentence(board: ClassBoard) -> str:
    """What is to be seen, in a sentence.

    Nobody leads with no points, and those who have equally many lead together.
    """
    handed = [row for row in board.rows if row.handed_in]
    if not handed:
        return "Nobody has handed in yet."
    came = f"{counted(len(handed), 'team')} of {len(board.rows)} handed in"
    best = max(points_of(row, board) for row in handed)
    if round(best, 1) <= 0:
        return f"{came}; nobody has points yet."
    leaders = [row.team for row in handed if round(points_of(row, board) - best, 1) == 0]
    verb = "leads" if len(leaders) == 1 else "lead"
    names = " and ".join(filter(None, [", ".join(leaders[:-1]), leaders[-1]]))
    most = pack_of(board.pack).points
    return f"{came}; {names} {verb} with {best:.1f} of {counted(most, 'point')}."


def points_of(row: TeamRow, board: ClassBoard) -> float:
    """The points that rank a team."""
    return row.private if board.final and row.private is not None else row.public


def board_page(board: ClassBoard, when: str = "") -> str:
    """The page; ``when`` says of which moment it is."""
    most = max(pack_of(board.pack).points, 1)
    meaning = (
        "Points are of the private part: the other half of the accounts, and worlds that were made "
        "after the last hand-in."
        if board.final
        else "Points are of the public part: half of the accounts, and worlds that were made "
        "after the hand-in. The private part decides."
    )
    return render(
        "leaderboard.html.j2",
        TEMPLATES,
        board=board,
        when=when,
        sentence=first_sentence(board),
        meaning=meaning,
        columns=[(title_of(name), points) for name, points in board.columns.items()],
        rows=[_shown(row, number, board, most) for number, row in enumerate(board.rows, 1)],
        noted=[row for row in board.rows if row.notes],
    )


def _shown(row: TeamRow, number: int, board: ClassBoard, most: int) -> dict[str, Any]:
    part = int(board.final)
    cells = []
    for name in board.columns:
        earned = row.earned.get(name)
        there = earned is not None and earned["share"] is not None
        cells.append(f"{earned['points'][part]:.1f}" if earned and there else NOTHING)
    points = points_of(row, board)
    cost = sum(earned["hints"] for earned in row.earned.values())
    return {
        "team": row.team, "place": f"{number}. " if points > 0 else "", "handed_in": row.handed_in,
        "points": f"{points:.1f}", "public": f"{row.public:.1f}", "cells": cells,
        "share": f"{points / most:.3f}", "hints": f"−{cost:.1f}" if cost else "0",
    }  # fmt: skip
