"""Reads what teams handed in: a zip or a folder for each, checked before anything is used."""

from __future__ import annotations

import csv
import io
import math
import shutil
import stat
import zipfile
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from shamcrowd.benchmark.classroom.book import hint_check
from shamcrowd.benchmark.classroom.records import (
    ANSWERS,
    DETECTOR,
    HINTS,
    STRATEGY,
    TEAM,
    ClassKey,
)
from shamcrowd.recording.atomic import make_folder
from shamcrowd.recording.errors import ShamcrowdError
from shamcrowd.recording.json_file import read_json
from shamcrowd.recording.regular_file import read_bounded

MOST_BYTES = 20 * 2**20
"""Of a hand-in's files together."""
MOST_FILES = 50
MOST_CODE = 200_000
FINDINGS = "findings-"


@dataclass
class HandIn:
    """What a team handed in.

    Attributes:
        team: whose it is.
        folder: where its files lie; None if there is nothing that can be used.
        arrived: when, ms since 1970.
        late: whether that was after the deadline.
        answers: by exercise, then by log.
        findings: scores by account, by log.
        hints: hints opened by exercise; None if that is not known.
        code: `DETECTOR` and `STRATEGY`, where they are there.
        notes: what is wrong with it, a sentence each.
        refused: whether it reached for what it must not.
    """

    team: str
    folder: Path | None = None
    arrived: int = 0
    late: bool = False
    answers: dict[str, dict[str, Any]] = field(default_factory=dict)
    findings: dict[str, list[list[float]]] = field(default_factory=dict)
    hints: dict[str, int] | None = field(default_factory=dict)
    code: dict[str, Path] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    refused: bool = False


class HandInError(ShamcrowdError):
    """A hand-in cannot be used; the message says why."""


def read_hand_ins(
    submissions: Path, key: ClassKey, scratch: Path, arrivals: dict[str, int] | None = None
) -> tuple[list[HandIn], list[str]]:
    """Read all hand-ins.

    Args:
        submissions: folder with ``TEAM.zip`` or a folder ``TEAM`` for each.
        key: the key of the class.
        scratch: where zips are unpacked, and copies of everything made.
        arrivals: when each file was seen first, by name; where it is not there, the time that the
            file was written counts.

    Returns:
        One for every team, in order, and notes on what belongs to no team.
    """
    found = {team: HandIn(team) for team in key.record.teams}
    notes = []
    for path in sorted(submissions.iterdir()) if submissions.is_dir() else []:
        if path.name.startswith("."):
            continue
        team = path.stem if path.suffix == ".zip" else path.name
        if team not in found:
            notes.append(
                f"{path.name}: is no hand-in of a team; call it by the team, as team-01.zip"
            )
            continue
        one = found[team]
        if one.folder is not None or one.notes:
            one.notes.append(
                f"{path.name}: handed in twice, as a folder and a file; the first counts"
            )
            continue
        one.arrived = (arrivals or {}).get(path.name) or _written(path)
        one.late = bool(key.record.deadline) and one.arrived > key.record.deadline
        try:
            one.folder = _copied(path, scratch / team)
            _read(one, key)
        except ShamcrowdError as fault:
            one.notes.append(f"malformed: {fault}")
            one.folder = None
        if one.late:
            when = datetime.fromtimestamp(one.arrived / 1000, UTC).strftime("%H:%M")
            one.notes.append(f"late: it came at {when} UTC")
    return list(found.values()), notes


def _written(path: Path) -> int:
    newest = path.stat().st_mtime
    if path.is_dir():
        newest = max((p.stat().st_mtime for p in path.iterdir()), default=newest)
    return int(newest * 1000)


def _copied(path: Path, to: Path) -> Path:
    """A copy of a hand-in's plain files, which nothing else is in."""
    shutil.rmtree(to, ignore_errors=True)
    make_folder(to)
    if path.is_dir() and not path.is_symlink():
        files = [p for p in sorted(path.iterdir()) if stat.S_ISREG(p.lstat().st_mode)]
        _check_size([(p.name, p.lstat().st_size) for p in files])
        for file in files:
            shutil.copyfile(file, to / file.name)
        return to
    try:
        with zipfile.ZipFile(path) as packed:
            members = [m for m in packed.infolist() if not m.is_dir()]
            _check_size([(m.filename, m.file_size) for m in members])
            for member in members:
                # A name with a path, or a link, leads elsewhere.
                if "/" in member.filename or "\\" in member.filename or member.filename[:1] == ".":
                    raise HandInError(f"{member.filename!r} in it is in a folder; pack files alone")
                if stat.S_ISLNK(member.external_attr >> 16):
                    raise HandInError(f"{member.filename!r} in it is a link")
                with packed.open(member) as inside:
                    content = inside.read(MOST_BYTES + 1)
                if len(content) != member.file_size:
                    raise HandInError(f"{member.filename!r} has another size than the zip says")
                (to / member.filename).write_bytes(content)
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, OSError) as fault:
        raise HandInError(f"cannot be unpacked ({fault})") from None
    return to


def _check_size(files: list[tuple[str, int]]) -> None:
    if len(files) > MOST_FILES:
        raise HandInError(f"{len(files)} files; {MOST_FILES} are allowed")
    if sum(size for _, size in files) > MOST_BYTES:
        raise HandInError(f"more than {MOST_BYTES // 2**20} MiB")


def _read(one: HandIn, key: ClassKey) -> None:
    assert one.folder is not None
    folder = one.folder
    if not (folder / TEAM).is_file():
        raise HandInError(f"no {TEAM} in it; make it with book.hand_in()")
    about = read_json(folder / TEAM, "make it with book.hand_in()")
    if about.get("token") != key.token(one.team):
        whose = next((t for t in key.record.teams if key.token(t) == about.get("token")), "")
        raise HandInError(
            f"it is {whose}'s, by its {TEAM}"
            if whose
            else f"its {TEAM} is of no team of this class"
        )
    _read_answers(one)
    _read_hints(one, key)
    for path in sorted(folder.glob(f"{FINDINGS}*.csv")):
        try:
            one.findings[path.stem.removeprefix(FINDINGS)] = _scores(path)
        except ShamcrowdError as fault:
            one.notes.append(f"malformed: {fault}")
    for name in (DETECTOR, STRATEGY):
        path = folder / name
        if not path.is_file():
            continue
        if path.stat().st_size > MOST_CODE:
            one.notes.append(f"malformed: {name} has more than {MOST_CODE:,} characters")
            continue
        own = folder / Path(name).stem
        # In a folder of its own: what it may read is what lies beside it.
        make_folder(own)
        path.rename(own / name)
        one.code[name] = own / name


def _read_answers(one: HandIn) -> None:
    assert one.folder is not None
    path = one.folder / ANSWERS
    if not path.is_file():
        return
    for name, by_log in read_json(path, "run the cells of the book again").items():
        if isinstance(by_log, dict):
            one.answers[str(name)] = by_log
        else:
            one.notes.append(f"malformed: the answer to {name!r} in {ANSWERS} is not by log")


def _read_hints(one: HandIn, key: ClassKey) -> None:
    assert one.folder is not None
    path = one.folder / HINTS
    if not path.is_file():
        one.hints = None
        one.notes.append(f"no {HINTS}: all hints count as opened")
        return
    held = read_json(path, "hand in again with book.hand_in()")
    opened = held.get("opened")
    right = isinstance(opened, dict) and all(
        isinstance(n, int) and not isinstance(n, bool) and n >= 0 for n in opened.values()
    )
    if not right or held.get("check") != hint_check(key.token(one.team), dict(opened or {})):
        one.hints = None
        one.notes.append(f"{HINTS} was edited: all hints count as opened")
        return
    one.hints = {str(k): int(v) for k, v in dict(opened or {}).items()}


def _scores(path: Path) -> list[list[float]]:
    """Accounts and scores of a CSV file with these two columns, among others."""
    text = read_bounded(path, MOST_BYTES).decode("utf-8-sig", "replace")
    rows = csv.DictReader(io.StringIO(text))
    if not {"account", "score"} <= set(rows.fieldnames or ()):
        raise HandInError(f"{path.name} has no columns account and score")
    found: dict[int, float] = {}
    for number, row in enumerate(rows, start=2):
        try:
            account, score = int(row["account"]), float(row["score"])
        except (TypeError, ValueError):
            raise HandInError(f"{path.name}, line {number}: no account and score") from None
        if not math.isfinite(score):
            raise HandInError(f"{path.name}, line {number}: the score is not finite")
        if account in found:
            raise HandInError(f"{path.name}, line {number}: account {account} is there twice")
        found[account] = score
    return [[account, score] for account, score in found.items()]
