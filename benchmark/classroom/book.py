"""What an exercise book calls: a team's logs, checks, hints and its hand-in."""

from __future__ import annotations

import hashlib
import hmac
import json
import shutil
import zipfile
from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd

from shamcrowd.benchmark.classroom.answers import as_json, check_known
from shamcrowd.benchmark.classroom.case import Case, whole_log
from shamcrowd.benchmark.classroom.exercises.base import Exercise, Judgement
from shamcrowd.benchmark.classroom.exercises.registry import exercises
from shamcrowd.benchmark.classroom.packs.base import Pack, pack_of
from shamcrowd.benchmark.classroom.records import (
    ANSWERS,
    DETECTOR,
    HAND_IN,
    HINTS,
    LOGS,
    PRACTICE,
    STRATEGY,
    TEAM,
)
from shamcrowd.recording.atomic import make_folder, write_json, write_text
from shamcrowd.recording.errors import UsageError
from shamcrowd.recording.json_file import read_json
from shamcrowd.recording.view import LogView


class Book:
    """The exercise book of one team.

    Attributes:
        folder: the team's folder.
        team: its name.
        pack: the lesson.
    """

    def __init__(self, folder: Path) -> None:
        """Open the folder of a team.

        Raises:
            UsageError: if it is none.
        """
        self.folder = folder.resolve()
        if not (self.folder / TEAM).is_file():
            raise UsageError(
                f"{folder}: no folder of a team (no {TEAM}); start the book in the team's folder, "
                "or give it: open_book('team-01')"
            )
        about = read_json(self.folder / TEAM, "take the team's folder from the teacher again")
        self.team: str = str(about["team"])
        self._token: str = str(about["token"])
        self.pack: Pack = pack_of(str(about["pack"]))

    @cached_property
    def practice(self) -> LogView:
        """The practice log, whose truth the team has."""
        return self._practice.log

    @cached_property
    def truth(self) -> pd.DataFrame:
        """The truth of the practice log: a row per account, without ``campaign`` if legitimate."""
        return self._practice.truth

    @cached_property
    def _practice(self) -> Case:
        return Case.of(self.folder / PRACTICE)

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the team's own logs."""
        return tuple(sorted(path.name for path in (self.folder / LOGS).iterdir() if path.is_dir()))

    def log(self, name: str = "") -> LogView:
        """A log of the team's own, without truth; the first if no name is given."""
        return whole_log(self.folder / LOGS / (name or self.names[0]))

    def check(self, name: str, answer: Callable[..., Any]) -> Judgement:
        """Try an answer on the practice log, say what it missed, and keep what it gives otherwise.

        Args:
            name: the exercise.
            answer: a function of a log, or of a log and its truth.

        Returns:
            The verdict on the practice log, which is printed too.

        Raises:
            UsageError: if there is no such exercise, or the answer is of another form.
        """
        exercise = self._exercise(name)
        practice = self._practice
        if exercise.with_truth:
            given = as_json(answer(practice.log, practice.truth.copy()), exercise.form)
            verdict = exercise.judge(given, practice)
            kept = {PRACTICE: given}
        else:
            given = as_json(answer(practice.log), exercise.form)
            check_known(given, exercise.form, practice)
            verdict = exercise.judge(given, practice)
            kept = {log: as_json(answer(self.log(log)), exercise.form) for log in self.names}
        self._keep(name, kept)
        points = self.pack.exercises.get(name, 0)
        print(f"{exercise.title}: {verdict.share:.0%} on the practice log", end="")
        print(f", {verdict.share * points:.1f} of {points} points there." if points else ".")
        for line in verdict.said:
            print(f"  {line}")
        print(f"  Kept for the hand-in in {HAND_IN}/{ANSWERS}.")
        return verdict

    def hint(self, name: str) -> str:
        """Open the next hint of an exercise; it costs points, and is kept for the hand-in."""
        exercise = self._exercise(name)
        opened = self.hints_opened()
        number = opened.get(name, 0)
        if number == len(exercise.hints):
            said = f"There are no more hints for {exercise.title!r}."
        else:
            hint = exercise.hints[number]
            opened[name] = number + 1
            self._write_hints(opened)
            said = (
                f"Hint {number + 1} of {len(exercise.hints)} (costs {hint.cost:.0%}): {hint.text}"
            )
        print(said)
        return said

    def hints_opened(self) -> dict[str, int]:
        """How many hints of each exercise were opened."""
        path = self._hand_in / HINTS
        if not path.is_file():
            return {}
        held = read_json(path, f"delete {path}, and say so to the teacher")
        return {str(k): int(v) for k, v in dict(held.get("opened", {})).items()}

    def write_findings(self, found: Any, log: str = "") -> Path:
        """Keep findings on a log of the team's own for the hand-in.

        Args:
            found: `Findings`, or scores by account.
            log: which log; the first if none is named.
        """
        name = log or self.names[0]
        pairs = as_json(found, "scores")
        path = self._hand_in / f"findings-{name}.csv"
        write_text(path, "account,score\n" + "".join(f"{a},{s!r}\n" for a, s in pairs))
        print(f"{len(pairs):,} scores kept in {path.relative_to(self.folder)}")
        return path

    def hand_in(self, quiet: bool = False) -> Path:
        """Pack everything that is to be handed in into ``TEAM.zip``, and name the file."""
        make_folder(self._hand_in)
        if not (self._hand_in / HINTS).is_file():
            self._write_hints({})
        for name in (TEAM, DETECTOR, STRATEGY):
            if (self.folder / name).is_file():
                shutil.copyfile(self.folder / name, self._hand_in / name)
        path = self.folder / f"{self.team}.zip"
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
            for one in sorted(self._hand_in.iterdir()):
                if one.is_file():
                    file.write(one, one.name)
        if not quiet:
            print(f"Give {path} to the teacher.")
        return path

    @property
    def _hand_in(self) -> Path:
        return self.folder / HAND_IN

    def _exercise(self, name: str) -> Exercise:
        if name not in exercises():
            raise UsageError(f"no exercise {name!r}; there are: {', '.join(self.pack.exercises)}")
        return exercises()[name]

    def _keep(self, name: str, kept: dict[str, Any]) -> None:
        path = self._hand_in / ANSWERS
        held = read_json(path, f"delete {path}") if path.is_file() else {}
        write_json(path, {**held, name: kept}, indent=0)

    def _write_hints(self, opened: dict[str, int]) -> None:
        write_json(
            self._hand_in / HINTS, {"opened": opened, "check": hint_check(self._token, opened)}
        )


def hint_check(token: str, opened: dict[str, int]) -> str:
    """What shows that a record of hints was not edited by hand.

    >>> hint_check("a", {"rule": 1}) == hint_check("a", {"rule": 0})
    False
    """
    text = json.dumps(opened, sort_keys=True)
    return hmac.new(token.encode(), text.encode(), hashlib.sha256).hexdigest()[:16]


def open_book(folder: Path | str = ".") -> Book:
    """The exercise book of the team in ``folder``.

    Raises:
        UsageError: if it is no folder of a team.
    """
    return Book(Path(folder))
