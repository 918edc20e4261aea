"""``shamcrowd list``."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import click

from shamcrowd.benchmark.cli import options
from shamcrowd.benchmark.cli.console import next_step
from shamcrowd.benchmark.cli.shipped import shipped_titles
from shamcrowd.benchmark.cli.terminal import say
from shamcrowd.recording.errors import Fault, PluginError


@dataclass(frozen=True)
class Listing:
    """What a kind has to list.

    Attributes:
        rows: name and one line on each.
        faults: what is wrong with those that are left out.
    """

    rows: Callable[[], dict[str, str]]
    advice: str
    faults: Callable[[], list[Fault]] = list


def _plugins(kind: str, advice: str) -> Listing:
    from shamcrowd.benchmark.plugin_kinds import abouts, faults

    return Listing(lambda: abouts(kind), advice, lambda: faults(kind))


def _formats() -> dict[str, str]:
    from shamcrowd.recording.imports.mapping import read_mapping, shipped

    return {name: read_mapping(path).title for name, path in shipped().items()}


KINDS: dict[str, Listing] = {
    "scenarios": Listing(lambda: shipped_titles("scenarios"), "shamcrowd show NAME --resolved"),
    "suites": Listing(lambda: shipped_titles("suites"), "shamcrowd validate SUITE"),
    "populations": _plugins(
        "populations", "see one at work: shamcrowd show quickstart-v2 --resolved"
    ),
    "tactics": _plugins("tactics", "see one at work: shamcrowd show quickstart-v2 --resolved"),
    "strategies": _plugins(
        "strategies", "shamcrowd show quickstart-v2 --set campaigns.hydra.strategy=NAME"
    ),
    "responses": Listing(
        lambda: shipped_titles("responses"), "shamcrowd run arms-race-v2 --response NAME --out DIR"
    ),
    "detectors": _plugins("detectors", "shamcrowd run quickstart-v2 --detector NAME --out DIR"),
    "metrics": _plugins("metrics", "shamcrowd demo"),
    "formats": Listing(_formats, "shamcrowd import LOG --format NAME --out DIR"),
    "labelled-sets": _plugins("labelled-sets", "shamcrowd transfer NAME=DIR --out DIR"),
    "figures": _plugins("figures", "shamcrowd duel arms-race-v2 --out DIR"),
}


@click.command("list")
@click.argument("kind", type=click.Choice(list(KINDS)))
@options.as_json
def command(kind: str, as_json: bool) -> None:
    """List what there is, with a line on each."""
    listing = KINDS[kind]
    rows, faults = listing.rows(), listing.faults()
    if as_json:
        import json

        say(json.dumps([{"name": n, "about": a} for n, a in rows.items()], indent=1))
    else:
        _show(rows)
        next_step(listing.advice)
    if faults:
        raise PluginError(faults)


def _show(rows: dict[str, str]) -> None:
    """Print name and text in two columns."""
    from shamcrowd.benchmark.cli.tables import add_row, cell, new_table, show_table

    table = new_table("", "")
    table.show_header = False
    table.columns[0].no_wrap = True
    for name, about in rows.items():
        add_row(table, cell(name, "bold"), about)
    show_table(table)
