"""``shamcrowd class``: new, score, watch."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from shamcrowd.benchmark.cli import options
from shamcrowd.benchmark.cli.console import ConsoleProgress, next_step
from shamcrowd.benchmark.cli.terminal import say
from shamcrowd.recording.counting import counted

if TYPE_CHECKING:
    from shamcrowd.benchmark.classroom.records import ClassKey
    from shamcrowd.benchmark.classroom.scoring import ClassBoard
    from shamcrowd.simulator.core.secret import Secret

SUBMISSIONS = click.argument(
    "submissions", metavar="SUBMISSIONS", type=click.Path(path_type=Path, file_okay=False)
)
KEY = click.option(
    "--key", type=click.Path(path_type=Path, file_okay=False), required=True, metavar="KEY",
    help="The folder `teacher` that `class new` made.",
)  # fmt: skip
ACCEPT_LATE = click.option(
    "--accept-late", is_flag=True, help="Give late hand-ins points. They are named in any case."
)


@click.group("class")
def command() -> None:
    """Teach a class: make hand-outs, score hand-ins, show the board."""


@command.command("new")
@click.option("--pack", default="first-hour", show_default=True, metavar="NAME",
              help="The lesson: first-hour, two-hours or half-a-day.")  # fmt: skip
@click.option("--teams", type=click.IntRange(1, 200), required=True, metavar="N", help="How many.")
@click.option("--scenario", "scenarios", multiple=True, metavar="SCENARIO",
              help="What is played; a log of each for every team.")  # fmt: skip
@click.option("--deadline", metavar="TIME",
              help="Hand-ins after it are late, such as 2026-03-09T12:00Z.")  # fmt: skip
@click.option("--scale", type=click.FloatRange(0, 100, min_open=True), default=0.25,
              show_default=True, metavar="X", help="Factor on accounts and campaigns.")  # fmt: skip
@options.secret
@click.option("--no-wheels", is_flag=True, help="Make no wheelhouse and no installer.")
@click.option("--platform", "platforms", multiple=True, metavar="TAG",
              help="Fetch wheels for another platform too, such as win_amd64 or "
              "macosx_14_0_arm64; needs a network.")  # fmt: skip
@options.workers
@options.out("Folder to make.")
@options.quiet
def new(
    pack: str, teams: int, scenarios: tuple[str, ...], deadline: str | None, scale: float,
    secret: Secret | None, no_wheels: bool, platforms: tuple[str, ...], workers: int | None,
    out: Path, quiet: bool,
) -> None:  # fmt: skip
    """Make hand-outs for teams, and the teacher's key.

    Every team gets another world, equally hard, as a log without truth, and a practice log with it.
    No network is needed.
    """
    import os

    from shamcrowd.benchmark.classroom.new_class import new_class
    from shamcrowd.benchmark.classroom.packs.base import pack_of
    from shamcrowd.benchmark.cli.moments import moment_of

    lesson = pack_of(pack)
    with ConsoleProgress(quiet) as progress:
        record = new_class(
            lesson, out, teams=teams, scenarios=scenarios, scale=scale,
            secret=None if secret is None else secret.path,
            deadline=moment_of(deadline, "--deadline") if deadline else 0,
            workers=workers or os.cpu_count() or 1, wheels=not no_wheels, platforms=platforms,
            listener=progress,
        )  # fmt: skip
    if quiet:
        return
    say(f"{lesson.title}: {counted(teams, 'team')}, {counted(lesson.minutes, 'minute')}")
    for scenario, (easy, hard, lowest, highest) in record.spread.items():
        say(
            f"{scenario}: hardness from {easy:.3f} to {hard:.3f} (of all worlds played, "
            f"{lowest:.3f} to {highest:.3f})"
        )
    say(f"hand out {out}/hand-out; keep {out}/teacher to yourself")
    next_step(f"read {out}/teacher/plan.md")


@command.command("score")
@SUBMISSIONS
@KEY
@click.option("--final", is_flag=True,
              help="Play the private worlds too, and rank by the private part.")  # fmt: skip
@ACCEPT_LATE
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE",
              help="The page. Default: board.html in KEY.")  # fmt: skip
@options.workers
@options.require_seal
@options.as_json
@options.quiet
def score(
    submissions: Path, key: Path, final: bool, accept_late: bool, out: Path | None,
    workers: int | None, require_seal: bool, as_json: bool, quiet: bool,
) -> None:  # fmt: skip
    """Score what teams handed in, and write the board.

    SUBMISSIONS holds a zip or a folder for each team, as team-01.zip. Code is run sealed off, on
    worlds that are made now.
    """
    import json
    import os

    from shamcrowd.benchmark.classroom.scoring import score_class
    from shamcrowd.benchmark.classroom.watching import Arrivals, state_of, write_board
    from shamcrowd.benchmark.execution.seal import require_seal as refuse_unsealed

    if require_seal:
        refuse_unsealed()
    opened = _opened(submissions, key)
    known = Arrivals(opened).of(state_of(submissions))
    with ConsoleProgress(quiet or as_json) as progress:
        board = score_class(
            submissions, opened, final=final, accept_late=accept_late, arrivals=known,
            workers=workers or os.cpu_count() or 1, listener=progress,
        )  # fmt: skip
    page = write_board(board, opened.folder, out)
    if as_json:
        say(json.dumps(board.data, indent=1))
    elif not quiet:
        _show(board)
        next_step(f"open {page}")


@command.command("watch")
@SUBMISSIONS
@KEY
@click.option("--port", type=click.IntRange(0, 65535), default=8100, show_default=True,
              metavar="N", help="Where the board is served; 0: any.")  # fmt: skip
@click.option("--host", default="0.0.0.0", show_default=True, metavar="ADDRESS",
              help="Which network it is served on; 127.0.0.1: this machine alone.")  # fmt: skip
@click.option("--every", type=click.FloatRange(min=0), default=5.0, show_default=True,
              metavar="SECONDS", help="How often to look for hand-ins.")  # fmt: skip
@click.option("--looks", type=click.IntRange(min=1), metavar="N",
              help="End after so many looks. Default: never.")  # fmt: skip
@ACCEPT_LATE
@options.workers
@options.quiet
def watch(
    submissions: Path, key: Path, port: int, host: str, every: float, looks: int | None,
    accept_late: bool, workers: int | None, quiet: bool,
) -> None:  # fmt: skip
    """Score whenever something is handed in, and serve the board on the local network.

    Only the public board is served. Ctrl-C ends it.
    """
    import os

    from shamcrowd.benchmark.classroom.watching import BoardServer, address_here
    from shamcrowd.benchmark.classroom.watching import watch as watch_class

    opened = _opened(submissions, key)
    server = BoardServer(host, port)
    where = address_here() if host == "0.0.0.0" else host
    if not quiet:
        say(f"the board is at http://{where}:{server.port}/")
    try:
        with ConsoleProgress(quiet) as progress:

            def scored(board: ClassBoard) -> None:
                if not quiet:
                    from shamcrowd.benchmark.classroom.board_page import first_sentence

                    say(first_sentence(board))

            watch_class(
                submissions, opened, server, every=every, looks=looks, accept_late=accept_late,
                workers=workers or os.cpu_count() or 1, listener=progress, scored=scored,
            )  # fmt: skip
    finally:
        server.close()
    if not quiet:
        next_step(f"shamcrowd class score {submissions} --key {key} --final")


def _opened(submissions: Path, key: Path) -> ClassKey:
    from shamcrowd.benchmark.classroom.records import ClassKey
    from shamcrowd.recording.errors import UsageError

    if not submissions.is_dir():
        raise UsageError(
            f"{submissions}: no folder of hand-ins; put team-01.zip and so on into one"
        )
    return ClassKey.open(key)


def _show(board: ClassBoard) -> None:
    import textwrap

    from shamcrowd.benchmark.classroom.board_page import first_sentence, points_of
    from shamcrowd.benchmark.cli.tables import WIDTH, add_row, new_table, show_table

    say(first_sentence(board))
    table = new_table("team", "points", "notes", gap=2)
    for row in board.rows:
        points = f"{points_of(row, board):.1f}" if row.handed_in else "–"
        add_row(table, row.team, points, str(len(row.notes)) if row.notes else "")
    show_table(table)
    for row in board.rows:
        for note in row.notes:
            say(textwrap.fill(f"{row.team}: {note}", WIDTH, subsequent_indent="    "))
    for note in board.notes:
        say(textwrap.fill(note, WIDTH, subsequent_indent="    "))
