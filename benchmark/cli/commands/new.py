"""``shamcrowd new``."""

from __future__ import annotations

from pathlib import Path

import click

from shamcrowd.benchmark.cli.console import next_step
from shamcrowd.benchmark.cli.terminal import say

KINDS = ("detector", "population", "tactic", "metric")


@click.command("new")
@click.argument("what", metavar="|".join(KINDS), type=click.Choice(KINDS))
@click.argument("name")
@click.option(
    "--kind",
    "family",
    metavar="FAMILY",
    help="Of a detector: its family, a folder of detectors/, such as graph. Default: rules.",
)
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    default=None,
    metavar="DIR",
    help="Folder for the two files. Default: their places in a checkout of shamcrowd, else here.",
)
def command(what: str, name: str, family: str | None, out: Path | None) -> None:
    """Write a plug-in that works and its passing test."""
    from shamcrowd.benchmark.cli.scaffold.writing import PLURALS, write
    from shamcrowd.recording.plugins.source import shown

    made = write(what, name, family, out)
    for path in (made.plugin, made.test):
        say(f"wrote {shown(path)}")
    if made.in_tree:
        next_step(
            f"pytest {shown(made.test)}, then make docs; shamcrowd list {PLURALS[what]} shows it"
        )
    elif what == "detector":
        place = f"{made.plugin}:{made.class_name}"
        next_step(f"shamcrowd run quickstart-v2 --detector {place} --out my-run")
    else:
        point = f'{name} = "{made.plugin.stem}:{made.class_name}"'
        next_step(
            f"pytest {made.test}; then install it with the entry point {point} "
            f'in [project.entry-points."shamcrowd.{PLURALS[what]}"]'
        )
