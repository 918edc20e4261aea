"""``shamcrowd validate``."""

from __future__ import annotations

from pathlib import Path

import click

from benchmark.cli import options
from benchmark.cli.telling import next_step


@click.command("validate")
@click.argument("what", metavar="DIR|SUITE")
@options.suite_seeds
@options.as_json
@options.quiet
def command(what: str, seeds: int, as_json: bool, quiet: bool) -> int:
    """Does a recording hold what the format promises and its scenario asked for?

    DIR is a recording, as `shamcrowd simulate` writes it; of a SUITE every scenario is played and
    checked. Ends with 1 if a check fails.
    """
    from benchmark.suites import suite_ids
    from benchmark.validate import validate

    if what in suite_ids():
        from benchmark.cli.over_suite import over_suite

        def judge(folder: Path) -> tuple[bool, str]:
            one = validate(folder)
            return one.passed, one.verdict

        return over_suite(what, seeds, judge, "validate")
    found = validate(what)
    if as_json:
        click.echo(found.to_json(), nl=False)
    elif not quiet:
        click.echo(f"{found.scenario}, seed {found.seed}\n")
        for check in found.checks:
            mark = "✓" if check.holds else "✗"
            click.echo(f"{mark} {check.name:<28} {check.said}")
        click.echo(f"\n{found.verdict}")
        next_step(f"shamcrowd audit {what}" if found.passed else "make the recording again")
    return 0 if found.passed else 1
