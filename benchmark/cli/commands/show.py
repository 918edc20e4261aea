"""``shamcrowd show``."""

from __future__ import annotations

import click

from shamcrowd.benchmark.cli import options
from shamcrowd.benchmark.cli.console import next_step
from shamcrowd.benchmark.cli.tables import WIDTH
from shamcrowd.benchmark.cli.terminal import lines_of, say, styled

ORIGIN = 46
"""Column in which origins begin."""


@click.command("show")
@options.scenario
@click.option("--resolved", is_flag=True, help="Every value, with where it comes from.")
@options.settings
@options.scale
@options.as_json
def command(
    scenario: str, resolved: bool, settings: tuple[str, ...], scale: float, as_json: bool
) -> None:
    """Show a scenario: what happens in it, or every value with its origin."""
    import json
    import textwrap

    from shamcrowd.simulator.scenario.load import explain, load_scenario

    if as_json or resolved:
        rows = explain(scenario, settings=settings, scale=scale)
    if as_json:
        values = [{"path": p, "value": v, "origin": o} for p, v, o in rows]
        say(json.dumps(values, indent=1, default=str))
        return
    if resolved:
        _show_rows([(p, json.dumps(v, default=str), o) for p, v, o in rows])
        next_step(f"change a value: shamcrowd run {scenario} --set {rows[-1][0]}=… --out DIR")
        return
    played = load_scenario(scenario, settings=settings, scale=scale)
    say(styled(played.title, bold=True) + f" ({played.id})\n")
    say(textwrap.fill(" ".join(played.about.split()), 78) + "\n")
    for name, population in played.populations.items():
        say(f"{name:<16}{population.accounts:>10,} accounts")
    for name, campaign in played.campaigns.items():
        say(f"{name:<16}{campaign.accounts:>10,} sham accounts")
    for name, prior in played.prior.items():
        said = f"{name}: {prior.said}, drawn for each seed, of {', '.join(prior.of)}"
        say(textwrap.fill(said, WIDTH, subsequent_indent="    "))
    next_step(f"shamcrowd show {scenario} --resolved")


def _show_rows(rows: list[tuple[str, str, str]]) -> None:
    """Path and value, and the origin as a comment: behind it, or below where there is no room."""
    import textwrap

    for path, value, origin in rows:
        head = f"{path}: {value}"
        if len(head) <= ORIGIN - 2 and len(origin) <= WIDTH - ORIGIN - 2:
            say(head.ljust(ORIGIN) + styled(f"# {origin}", dim=True))
            continue
        for text, mark in ((head, ""), (origin, "# ")):
            indent = "    " if mark else ""
            lines = textwrap.wrap(
                text, WIDTH, initial_indent=indent + mark,
                subsequent_indent=indent + (mark or "    "),
            )  # fmt: skip
            say(lines_of(styled(line, dim=bool(mark)) for line in lines))
