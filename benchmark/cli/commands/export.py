"""``shamcrowd export``."""

from __future__ import annotations

from pathlib import Path

import click

from shamcrowd.benchmark.cli import completion, options
from shamcrowd.benchmark.cli.console import next_step
from shamcrowd.benchmark.cli.terminal import say
from shamcrowd.recording.counting import counted


@click.command("export")
@click.argument("recording", metavar="DIR", type=click.Path(path_type=Path))
@click.option(
    "--format", "name", required=True, metavar="NAME",
    shell_complete=completion.names("formats"), help="Log format (shamcrowd list formats).",
)  # fmt: skip
@click.option("--out", type=click.Path(path_type=Path), required=True, metavar="FILE",
              help="The file, of JSON lines.")  # fmt: skip
@options.quiet
def command(recording: Path, name: str, out: Path, quiet: bool) -> None:
    """Write the requests of a recording as another platform would have logged them.

    For trying `shamcrowd import`, and for measuring what a detector loses on such a log.
    """
    from shamcrowd.recording.atomic import new_file
    from shamcrowd.recording.errors import UsageError
    from shamcrowd.recording.imports.export import export_log
    from shamcrowd.recording.imports.mapping import read_mapping, shipped
    from shamcrowd.recording.view import open_log

    known = shipped()
    if name not in known:
        raise UsageError(f"no format {name!r}; there are: {', '.join(known)}")
    source = open_log(recording)
    with new_file(out) as aside:
        rows = export_log(source, read_mapping(known[name]), aside)
    if not quiet:
        say(f"{counted(rows, 'request')} in {out}")
        next_step(f"shamcrowd import {out} --format {name} --out DIR")
