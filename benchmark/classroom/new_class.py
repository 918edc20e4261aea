"""Makes a class: hand-outs for teams, and the teacher's key."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

from shamcrowd.benchmark.classroom import installer, teacher_texts
from shamcrowd.benchmark.classroom.book_files import as_jupyter, as_marimo
from shamcrowd.benchmark.classroom.exercises.registry import exercises
from shamcrowd.benchmark.classroom.packs.base import Pack
from shamcrowd.benchmark.classroom.records import (
    DETECTOR,
    HAND_OUT,
    LOGS,
    PRACTICE,
    SECRET,
    STRATEGY,
    SUBMISSIONS,
    TEACHER,
    TEAM,
    WORLDS,
    ClassRecord,
    WorldRecord,
    digest,
    team_names,
    token,
)
from shamcrowd.benchmark.classroom.starters import DETECTOR_START, STRATEGY_START
from shamcrowd.benchmark.classroom.wheelhouse import fetched, write_wheelhouse
from shamcrowd.benchmark.classroom.worlds import (
    PlayedWorld,
    alike,
    play_all,
    spare_worlds,
    without_priors,
    write_sealed,
)
from shamcrowd.benchmark.evaluation.listener import Listener
from shamcrowd.benchmark.reports.rendering import render
from shamcrowd.recording.atomic import make_folder, new_folder, write_json, write_text
from shamcrowd.recording.errors import FolderInUseError, UsageError
from shamcrowd.simulator.core.secret import Secret

TEMPLATES = Path(__file__).parent / "templates"
MOST_TEAMS = 200
SCALE = 0.25
"""Scale that is played if none is named: about 550 accounts of the first scenario."""
INSTALLED = ("shamcrowd[sql]", "marimo")
PRIVATE_FOLDER = 0o700


def new_class(
    pack: Pack,
    out: Path,
    *,
    teams: int,
    scenarios: Sequence[str] = (),
    scale: float = SCALE,
    secret: Path | None = None,
    deadline: int = 0,
    workers: int = 1,
    wheels: bool = True,
    platforms: Sequence[str] = (),
    listener: Listener | None = None,
) -> ClassRecord:
    """Make a class in the folder ``out``, in one step.

    Args:
        pack: the lesson.
        out: folder to make: `HAND_OUT` for the teams, `TEACHER` for the teacher alone, and
            `SUBMISSIONS`, empty.
        teams: how many.
        scenarios: what is played; every team has a log of each. Default: the pack's.
        scale: factor on accounts and campaigns.
        secret: a judge's secret that was drawn before; None: one is drawn.
        deadline: ms since 1970 after which hand-ins are late; 0: never.
        workers: worlds played at a time.
        wheels: make a wheelhouse of what is installed here.
        platforms: other platforms for which pip fetches wheels, such as ``win_amd64``.
        listener: receives progress.

    Returns:
        What the teacher keeps.

    Raises:
        UsageError: if there is no such scenario, or something cannot be installed from here.
        FolderInUseError: if ``out`` is there.
    """
    if not 1 <= teams <= MOST_TEAMS:
        raise UsageError(f"{teams} teams: give 1 to {MOST_TEAMS}")
    if out.exists():
        raise FolderInUseError(f"{out}: is there already; name a new folder for the class")
    names, listener = team_names(teams), listener or Listener()
    played = tuple(scenarios or pack.scenarios)
    for scenario in played:
        without_priors(scenario, scale)
    with new_folder(out) as folder:
        key = folder / TEACHER
        make_folder(key)
        key.chmod(PRIVATE_FOLDER)
        drawn = Secret.draw(key / SECRET) if secret is None else _taken(secret, key / SECRET)
        (folder / SUBMISSIONS).mkdir()
        worlds, spread = _worlds(played, scale, names, key, drawn, workers, listener)
        record = ClassRecord(
            pack.name, names, played, scale, drawn.hash, tuple(worlds), spread, deadline
        )
        record.write(key)
        for name, text in (
            ("plan.md", teacher_texts.plan(pack, record)),
            ("slides.md", teacher_texts.slides(pack)),
            ("model-answers.md", teacher_texts.model_answers(pack)),
        ):
            write_text(key / name, text)
        hand_out = folder / HAND_OUT
        for team in names:
            write_team(pack, hand_out / team, team, token(drawn, team), key / WORLDS / team)
        write_text(hand_out / "index.html", begin_page(pack, "", names, ()))
        if wheels or platforms:
            listener.stage("wheels", 1)
            write_wheelhouse(hand_out / "wheelhouse", INSTALLED)
            fetched(hand_out / "wheelhouse", INSTALLED, platforms)
            _write_installers(hand_out)
            listener.step()
    return record


def _taken(secret: Path, kept: Path) -> Secret:
    found = Secret.read(secret)
    shutil.copyfile(secret, kept)
    kept.chmod(0o600)
    return Secret(found.value, kept)


def _worlds(
    scenarios: Sequence[str], scale: float, teams: Sequence[str], key: Path, secret: Secret,
    workers: int, listener: Listener,
) -> tuple[list[WorldRecord], dict[str, tuple[float, float, float, float]]]:  # fmt: skip
    """Play all worlds and keep those that are alike in the key, by team and place.

    Practice worlds are of the first scenario and chosen in the same way.
    """
    records, spread = [], {}
    wanted = [(f"log {s}", s, _log_name(s, scenarios)) for s in scenarios]
    wanted.append((PRACTICE, scenarios[0], PRACTICE))
    many = len(teams) + spare_worlds(len(teams))
    listener.stage("worlds", many * len(wanted))
    for purpose, scenario, place in wanted:
        seeds = [
            int.from_bytes(digest(secret, purpose, str(n))[:4], "big") >> 1 for n in range(many)
        ]
        below = key / "candidates"
        found = play_all(
            without_priors(scenario, scale), seeds, below, secret, workers, listener.step
        )
        chosen = alike(found, len(teams))
        chosen.sort(key=lambda world: seeds.index(world.seed))
        for team, world in zip(teams, chosen, strict=True):
            make_folder(key / WORLDS / team)
            world.folder.rename(key / WORLDS / team / place)
            records.append(
                WorldRecord(team, place, scenario, world.seed, world.hardness, world.fingerprint)
            )
        shutil.rmtree(below)
        if place != PRACTICE:
            spread[scenario] = (*_ends(chosen), *_ends(found))
    return records, spread


def _ends(worlds: Sequence[PlayedWorld]) -> tuple[float, float]:
    reached = [world.hardness for world in worlds]
    return min(reached), max(reached)


def _log_name(scenario: str, scenarios: Sequence[str]) -> str:
    """What a log is called: it says nothing of the scenario."""
    return f"log-{scenarios.index(scenario) + 1}"


def write_team(pack: Pack, folder: Path, team: str, token_of: str, worlds: Path) -> None:
    """Write a team's folder from its worlds: the practice log, and logs without truth."""
    make_folder(folder)
    write_json(folder / TEAM, {"team": team, "token": token_of, "pack": pack.name})
    shutil.copytree(worlds / PRACTICE, folder / PRACTICE)
    logs = sorted(path.name for path in worlds.iterdir() if path.name != PRACTICE)
    for name in logs:
        write_sealed(worlds / name, folder / LOGS / name)
    write_text(folder / "exercises.py", as_marimo(pack))
    write_text(folder / "exercises.ipynb", as_jupyter(pack))
    if pack.detector or pack.race:
        write_text(folder / DETECTOR, DETECTOR_START)
    if pack.race:
        write_text(folder / STRATEGY, STRATEGY_START)
    write_text(folder / "index.html", begin_page(pack, team, (), logs))


def begin_page(pack: Pack, team: str, teams: Sequence[str], logs: Sequence[str]) -> str:
    """The page to begin with: of the class, or of a team if one is named."""
    rows = [(exercises()[name].title, points) for name, points in pack.exercises.items()]
    more = (("Findings on your own log", pack.findings), ("A detector, run unseen", pack.detector),
            ("The arms race", pack.race))  # fmt: skip
    rows += [(name, points) for name, points in more if points]
    return render(
        "begin.html.j2", TEMPLATES, pack=pack, team=team, teams=teams, logs=logs, rows=rows
    )


def _write_installers(hand_out: Path) -> None:
    version = sys.version_info[0], sys.version_info[1]
    what = " ".join(f'"{name}"' for name in INSTALLED)
    shell = installer.filled(installer.SHELL, what, version)
    write_text(hand_out / "install.sh", shell)
    (hand_out / "install.sh").chmod(0o755)
    batch = installer.filled(installer.BATCH, what, version).replace("\n", "\r\n")
    write_text(hand_out / "install.bat", batch)
