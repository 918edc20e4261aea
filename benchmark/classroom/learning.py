"""A lesson for one person: a team's folder, and a board of one's own."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from shamcrowd.benchmark.classroom.board_page import title_of
from shamcrowd.benchmark.classroom.book import open_book
from shamcrowd.benchmark.classroom.new_class import SCALE, new_class
from shamcrowd.benchmark.classroom.packs.base import Pack, pack_of
from shamcrowd.benchmark.classroom.records import HAND_OUT, TEACHER, ClassKey, team_names
from shamcrowd.benchmark.classroom.scoring import score_class
from shamcrowd.benchmark.evaluation.listener import Listener
from shamcrowd.recording.atomic import new_folder
from shamcrowd.recording.errors import FolderInUseError

KEY = ".key"
"""The key lies beside the book, hidden from a look, not from who wants to see it."""


def begin_lesson(
    pack: Pack,
    out: Path,
    *,
    scale: float = SCALE,
    workers: int = 1,
    listener: Listener | None = None,
) -> None:
    """Make the folder of a lesson for one person.

    Raises:
        FolderInUseError: if there is one.
    """
    if out.exists():
        raise FolderInUseError(f"{out}: is there already; name a new folder, or go on with it")
    with new_folder(out) as folder:
        # Inside: on the same disk, and nobody's.
        made = folder / "class"
        new_class(
            pack, made, teams=1, scale=scale, workers=workers, wheels=False, listener=listener
        )
        for one in (made / HAND_OUT / team_names(1)[0]).iterdir():
            one.rename(folder / one.name)
        (made / TEACHER).rename(folder / KEY)
        shutil.rmtree(made)


def score_lesson(folder: Path, workers: int = 1, listener: Listener | None = None) -> list[str]:
    """Score a lesson so far, public and private part together; says what was missed.

    Raises:
        UsageError: if there is no lesson.
    """
    key = ClassKey.open(folder / KEY)
    book = open_book(folder)
    handed = book.hand_in(quiet=True)
    with tempfile.TemporaryDirectory() as submissions:
        shutil.copy(handed, submissions)
        board = score_class(Path(submissions), key, final=True, workers=workers, listener=listener)
    [row] = board.rows
    points = pack_of(board.pack).points
    lines = [f"{row.public:.1f} of {points} points on one half, {row.private:.1f} on the other"]
    for name, most in board.columns.items():
        earned = row.earned.get(name)
        if earned is None or earned["share"] is None:
            lines.append(f"{title_of(name)}: nothing handed in")
            continue
        lines.append(f"{title_of(name)}: {earned['points'][1]:.1f} of {most}")
        lines += [f"  {said}" for said in earned["said"]]
    return [*lines, *row.notes]
