"""``shamcrowd secret``."""

from __future__ import annotations

from pathlib import Path

import click

from shamcrowd.benchmark.cli import options
from shamcrowd.benchmark.cli.console import next_step
from shamcrowd.benchmark.cli.terminal import say


@click.command("secret")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@options.as_json
def command(file: Path, as_json: bool) -> None:
    """Draw a judge's secret, or show the hash of one that is there.

    With --secret FILE commands play worlds that nobody else can play who knows scenario and seed.
    Keep FILE to yourself; give the hash to others, by which results name it.
    """
    import json

    from shamcrowd.simulator.core.secret import Secret

    new = not file.exists()
    secret = Secret.draw(file) if new else Secret.read(file)
    if as_json:
        say(json.dumps({"file": str(file), "sha256": secret.hash, "new": new}, indent=1))
        return
    say(f"{file}: {'a new secret, for your eyes only' if new else 'is there already'}")
    say(f"sha256 {secret.hash}")
    next_step(f"shamcrowd run SCENARIO --secret {file} --require-seal --out DIR")
