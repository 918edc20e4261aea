"""``shamcrowd schema``."""

from __future__ import annotations

import click

from shamcrowd.benchmark.cli.terminal import say


@click.command("schema")
def command() -> None:
    """Print the JSON Schema of scenario files, for editors."""
    import json

    from shamcrowd.simulator.scenario.json_schema import json_schema

    say(json.dumps(json_schema(), indent=1))
