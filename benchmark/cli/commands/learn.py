"""``shamcrowd learn``."""

from __future__ import annotations

from pathlib import Path

import click

from shamcrowd.benchmark.cli import options
from shamcrowd.benchmark.cli.console import ConsoleProgress, next_step
from shamcrowd.benchmark.cli.terminal import say


@click.command("learn")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path, file_okay=False))
@click.option("--pack", default="first-hour", show_default=True, metavar="NAME",
              help="The lesson: first-hour, two-hours or half-a-day.")  # fmt: skip
@click.option("--score", is_flag=True, help="Score what the book has kept in DIR so far.")
@click.option("--scale", type=click.FloatRange(0, 100, min_open=True), default=0.25,
              show_default=True, metavar="X", help="Factor on accounts and campaigns.")  # fmt: skip
@options.workers
@options.quiet
def command(
    folder: Path, pack: str, score: bool, scale: float, workers: int | None, quiet: bool
) -> None:
    """Take a lesson by yourself: an exercise book with worlds of your own.

    DIR is made. Start the book in it with `marimo edit exercises.py`, or open exercises.ipynb, and
    score it with --score.
    """
    import os

    from shamcrowd.benchmark.classroom.learning import begin_lesson, score_lesson
    from shamcrowd.benchmark.classroom.packs.base import pack_of

    many = workers or os.cpu_count() or 1
    if not score:
        lesson = pack_of(pack)
        with ConsoleProgress(quiet) as progress:
            begin_lesson(lesson, folder, scale=scale, workers=many, listener=progress)
        if not quiet:
            say(f"{lesson.title}, for one: {lesson.minutes} minutes, in {folder}")
            next_step(f"cd {folder} && marimo edit exercises.py, or open exercises.ipynb")
        return
    with ConsoleProgress(quiet) as progress:
        lines = score_lesson(folder, many, progress)
    if not quiet:
        for line in lines:
            say(line)
        next_step(f"read the model answers: {folder}/.key/model-answers.md")
