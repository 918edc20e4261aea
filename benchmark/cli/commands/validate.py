"""``shamcrowd validate``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from shamcrowd.benchmark.cli import options
from shamcrowd.benchmark.cli.console import next_step
from shamcrowd.benchmark.cli.terminal import say, styled

if TYPE_CHECKING:
    from shamcrowd.benchmark.world_checks.validate import Validation
    from shamcrowd.simulator.core.secret import Secret


@click.command("validate")
@options.recording_or_suite
@options.suite_seeds
@options.suite_out
@options.secret
@options.as_json
@options.quiet
def command(
    what: str, seeds: int, out: Path | None, secret: Secret | None, as_json: bool, quiet: bool
) -> int:
    """Does a recording hold what the format promises and its scenario asked for?

    DIR is a recording, as `shamcrowd simulate`, `import`, `inject` or `transfer` writes it; a check
    that does not apply to it says why. Of a SUITE every scenario is played and checked. Ends with 1
    if a check fails.
    """
    from shamcrowd.benchmark.cli.over_suite import names_suite, over_suite
    from shamcrowd.benchmark.world_checks.validate import validate

    if names_suite(what):

        def judge(folder: Path) -> tuple[bool, str]:
            one = validate(folder)
            return one.passed, one.verdict

        return over_suite(
            what, seeds, judge, "validate", out=out, secret=secret, as_json=as_json, quiet=quiet
        )
    found = validate(what)
    if as_json:
        say(found.to_json(), nl=False)
    elif not quiet:
        show(found, what)
    return 0 if found.passed else 1


def show(found: Validation, what: str) -> None:
    """Every check, the verdict, and what to do next."""
    import textwrap

    from shamcrowd.benchmark.cli.tables import WIDTH, add_row, new_table, show_table

    say(f"{found.scenario}, seed {found.seed}\n")
    table = new_table("", "check", "", gap=1)
    # A check is looked for by its name: what it says is folded first.
    table.columns[1].no_wrap = True
    for check in found.checks:
        sign, style = ("✓", "") if check.holds else ("✗", "red")
        sign, style = (sign, style) if check.applies else ("-", "bright_black")
        add_row(table, sign, check.name, check.said, style=style)
    show_table(table)
    verdict = textwrap.fill(found.verdict, WIDTH, break_on_hyphens=False)
    say("\n" + styled(verdict, fg="green" if found.passed else "red", bold=True))
    if found.passed and any(one.name == "truth: accounts" and not one.applies
                            for one in found.checks):  # fmt: skip
        next_step(f"shamcrowd detect {what}")
    elif found.passed:
        next_step(f"shamcrowd audit {what}")
    elif any(check.name.startswith("files: ") for check in found.checks if not check.holds):
        next_step("mend the files; what is in them was not looked at yet")
    else:
        next_step("make it again; if that does not mend it, mend the scenario or the simulator")
