"""What the teacher keeps of a class, and where everything lies."""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import asdict, dataclass
from pathlib import Path

from shamcrowd.recording.errors import MissingFileError, UsageError
from shamcrowd.recording.json_file import JsonKind, as_record, read_checked, write_checked
from shamcrowd.simulator.core.secret import Secret

HAND_OUT, TEACHER, SUBMISSIONS = "hand-out", "teacher", "submissions"
PRACTICE, LOGS, HAND_IN = "practice", "logs", "hand-in"
RECORD, SECRET, WORLDS = "class.json", "class.secret", "worlds"
TEAM, ANSWERS, HINTS = "team.json", "answers.json", "hints.json"
DETECTOR, STRATEGY = "detector.py", "strategy.py"
KIND = JsonKind("the key of a class", "make the class again: shamcrowd class new", 1)


@dataclass(frozen=True)
class WorldRecord:
    """A world that a team was given.

    Attributes:
        team: the team.
        place: `PRACTICE`, or the name of a log of the team.
        scenario: what was played.
        seed: with which seed, and the secret of the class.
        hardness: what the reference detectors reach on it (`shamcrowd.benchmark.classroom.worlds`).
        fingerprint: of the recording.
    """

    team: str
    place: str
    scenario: str
    seed: int
    hardness: float
    fingerprint: str


@dataclass(frozen=True)
class ClassRecord:
    """A class.

    Attributes:
        pack: name of its pack.
        teams: their names.
        scenarios: what was played, one log of each for every team.
        scale: factor on accounts and campaigns.
        secret: SHA-256 of the secret of the class.
        worlds: all worlds that were handed out.
        spread: by scenario, the hardness of the easiest and the hardest log handed out, and of all
            that were played.
        deadline: ms since 1970; 0: none.
        version: of this file.
    """

    pack: str
    teams: tuple[str, ...]
    scenarios: tuple[str, ...]
    scale: float
    secret: str
    worlds: tuple[WorldRecord, ...]
    spread: dict[str, tuple[float, float, float, float]]
    deadline: int = 0
    version: int = 1

    def write(self, key: Path) -> None:
        """Write it into the teacher's folder."""
        write_checked(key / RECORD, asdict(self))


@dataclass(frozen=True)
class ClassKey:
    """The teacher's folder: what was handed out, its truth, and the secret."""

    folder: Path
    record: ClassRecord
    secret: Secret

    @classmethod
    def open(cls, folder: Path) -> ClassKey:
        """Open the teacher's folder, or the class that it is in.

        Raises:
            UsageError: if there is none, or its secret is another's.
        """
        if not (folder / RECORD).is_file() and (folder / TEACHER / RECORD).is_file():
            folder = folder / TEACHER
        path = folder / RECORD
        try:
            record = as_record(ClassRecord, read_checked(path, KIND), path, KIND)
        except MissingFileError:
            raise UsageError(
                f"{folder}: no key of a class (no {RECORD}); name the folder {TEACHER} that "
                "`shamcrowd class new` made"
            ) from None
        secret = Secret.read(folder / SECRET)
        if secret.hash != record.secret:
            raise UsageError(f"{folder / SECRET}: is not the secret that this class was made with")
        return cls(folder, record, secret)

    def world(self, team: str, place: str) -> Path:
        """The recording, with its truth, of a world of a team."""
        return self.folder / WORLDS / team / place

    def token(self, team: str) -> str:
        """What shows that a hand-in is a team's."""
        return token(self.secret, team)


def digest(secret: Secret, *parts: str) -> bytes:
    """32 bytes that nobody without the secret can compute."""
    return hmac.new(secret.value, "\0".join(parts).encode(), hashlib.sha256).digest()


def token(secret: Secret, team: str) -> str:
    """What shows that a hand-in is a team's."""
    return digest(secret, "team", team).hex()[:16]


def team_names(teams: int) -> tuple[str, ...]:
    """Names of so many teams.

    >>> team_names(2)
    ('team-01', 'team-02')
    """
    return tuple(f"team-{number:02d}" for number in range(1, teams + 1))
