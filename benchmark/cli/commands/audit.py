"""``shamcrowd audit``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from shamcrowd.benchmark.cli import completion, option_types, options
from shamcrowd.benchmark.cli.console import ConsoleProgress

if TYPE_CHECKING:
    from shamcrowd.simulator.core.secret import Secret


@click.command("audit")
@click.argument(
    "what", nargs=-1, required=True, metavar="SCENARIO|SUITE|DIR...",
    shell_complete=completion.names_or_paths("scenarios", "suites"),
)  # fmt: skip
@click.option(
    "--seeds",
    type=option_types.SeedList(),
    default="1-3",
    show_default=True,
    help="Seeds to play: each is judged by what was learned on the others.",
)
@options.settings
@options.scale
@click.option("--red-team", is_flag=True, help="Let a model use all features at once, too.")
@click.option(
    "--families", type=option_types.NameList(), default=(), metavar="NAMES",
    help="Only these families of rules, such as delays,presence.",
)  # fmt: skip
@click.option(
    "--out", type=click.Path(path_type=Path, file_okay=False), metavar="DIR",
    help="Keep the recordings here.",
)  # fmt: skip
@click.option(
    "--markdown",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Put a table of all audits into a page.",
)
@options.secret
@options.as_json
@options.quiet
def command(
    what: tuple[str, ...], seeds: tuple[int, ...], settings: tuple[str, ...], scale: float,
    red_team: bool, families: tuple[str, ...], out: Path | None, markdown: Path | None,
    secret: Secret | None, as_json: bool, quiet: bool,
) -> int:  # fmt: skip
    """Does one thing about an account, or a model of all, give sham accounts away?

    SCENARIO is played at each of --seeds, and so is each scenario of a SUITE. DIRs are recordings
    of one scenario, as `shamcrowd simulate` writes them; of a single one, half of the accounts
    teach what the other half is judged by. Exit code 1 if a bound is broken, or none is stated.
    """
    from shamcrowd.benchmark.cli.audit_runs import audit_folders, audit_scenarios, scenarios_of
    from shamcrowd.recording.atomic import check_place

    if markdown is not None:
        check_place(markdown)
    with ConsoleProgress(quiet or as_json) as progress:
        if all(Path(name).is_dir() for name in what):
            found = [audit_folders([Path(name) for name in what], red_team, families, progress)]
        else:
            found = audit_scenarios(
                scenarios_of(what),
                seeds,
                settings,
                scale,
                out,
                red_team,
                families,
                progress,
                secret,
            )
    from shamcrowd.benchmark.cli.audit_board import show_audits
    from shamcrowd.benchmark.cli.audit_table import write_table

    if markdown is not None:
        write_table(markdown, found)
    return show_audits(found, as_json=as_json, quiet=quiet)
