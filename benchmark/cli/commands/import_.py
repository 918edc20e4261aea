"""``shamcrowd import``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from shamcrowd.benchmark.cli import completion, options
from shamcrowd.benchmark.cli.console import next_step
from shamcrowd.benchmark.cli.terminal import say
from shamcrowd.recording.counting import counted

if TYPE_CHECKING:
    from shamcrowd.recording.imports.coverage import Coverage
    from shamcrowd.recording.imports.mapping import Mapping


@click.command("import")
@click.argument("logs", metavar="LOG...", nargs=-1, required=True)
@click.option(
    "--format", "name", default="auto", show_default=True, metavar="NAME",
    shell_complete=completion.names("formats"),
    help="Log format (shamcrowd list formats); auto tells it by the fields.",
)  # fmt: skip
@click.option(
    "--map", "map_file", type=click.Path(path_type=Path), metavar="FILE",
    help="A mapping of your own, in place of --format.",
)  # fmt: skip
@click.option(
    "--accounts", metavar="FILE",
    help="A file with one row for each account: when it signed up, with which mailbox, …",
)  # fmt: skip
@click.option(
    "--join", "joined", multiple=True, metavar="FILE",
    help="The second table of a format that has two, such as CloudTrail for bedrock.",
)  # fmt: skip
@click.option(
    "--zone", default="UTC", show_default=True, metavar="ZONE",
    help="Time zone of moments that name none, such as Europe/Berlin.",
)  # fmt: skip
@click.option(
    "--sampling-rate", "sampling", type=float, metavar="SHARE",
    help="Share of the requests that the log holds. Default: 1, all.",
)  # fmt: skip
@options.out("Folder for the recording.")
@click.option(
    "--key", "key_file", type=click.Path(path_type=Path), metavar="FILE",
    help="Key of the ids; made if there is none. Default: OUT.key.",
)  # fmt: skip
@click.option("--strict", is_flag=True, help="Refuse a log with rows that cannot be used.")
@click.option("--yes", is_flag=True, help="Do not ask whether the format is right.")
@click.option(
    "--memory", type=click.IntRange(min=256), default=384, show_default=True, metavar="MIB",
    help="Memory for reading and sorting; what does not fit is kept on disk.",
)  # fmt: skip
@options.as_json
@options.quiet
def command(
    logs: tuple[str, ...], name: str, map_file: Path | None, accounts: str | None,
    joined: tuple[str, ...], zone: str, sampling: float | None, out: Path, key_file: Path | None,
    strict: bool, yes: bool, memory: int, as_json: bool, quiet: bool,
) -> None:  # fmt: skip
    """Turn a log of another platform into a recording without truth.

    LOG is a file, a folder, a pattern, or - for standard input. Ids in the recording are
    pseudonyms by a keyed hash. The key and the names behind the ids are kept beside the
    recording, readable by you alone. Prompts are reduced to similarity hashes and not kept.
    """
    import json
    import tempfile

    from shamcrowd.benchmark.cli.console import ConsoleProgress
    from shamcrowd.benchmark.execution.confinement.allowed import may_be_read
    from shamcrowd.recording.errors import UsageError
    from shamcrowd.recording.imports.importing import import_log
    from shamcrowd.recording.imports.kept_names import key_path, names_path, write_names
    from shamcrowd.recording.imports.pseudonyms import read_key

    with tempfile.TemporaryDirectory() as aside:
        named = [_from_standard_input(Path(aside)) if log == "-" else log for log in logs]
        mapping = _mapping(named, name, map_file, yes, quiet or as_json)
        kept_key = key_file or key_path(out)
        if may_be_read(kept_key):
            raise UsageError(
                f"{kept_key}: lies among programs or packages, which every detector may read; "
                "name another place with --key"
            )
        with ConsoleProgress(quiet or as_json) as progress:
            progress.counting("rows read")
            coverage, names = import_log(
                named, mapping, out, read_key(kept_key), accounts=accounts, joined=joined,
                strict=strict, zone=zone, sampling=sampling, memory_mib=memory,
                on_rows=progress.count,
            )  # fmt: skip
    write_names(names, names_path(out))
    if as_json:
        report = {**coverage.plain(), "not_recorded": dict(coverage.not_recorded)}
        say(json.dumps({"out": str(out), **report}, indent=1))
    elif not quiet:
        _show(coverage, out, kept_key)


def _from_standard_input(aside: Path) -> str:
    """Keep standard input in a file: it is read more than once."""
    import shutil
    import sys

    path = aside / "standard-input"
    with path.open("wb") as file:
        shutil.copyfileobj(sys.stdin.buffer, file)
    return str(path)


def _mapping(named: list[str], name: str, map_file: Path | None, yes: bool,
             quiet: bool) -> Mapping:  # fmt: skip
    """The mapping that was named, or the one that the fields of the log speak for."""
    from shamcrowd.recording.errors import UsageError
    from shamcrowd.recording.imports.files import kind_of, log_files
    from shamcrowd.recording.imports.guess import fields_of, guess, not_imported
    from shamcrowd.recording.imports.mapping import read_mapping, shipped

    if map_file is not None:
        return read_mapping(map_file)
    known = shipped()
    if name != "auto":
        if name not in known:
            raise UsageError(f"no format {name!r}; there are: {', '.join(known)}")
        return read_mapping(known[name])
    path = log_files(named)[0]
    found = guess(path)
    if not found:
        refused = not_imported(path)
        if refused is not None:
            raise UsageError(f"{path}: is {refused.title}: {refused.mend}")
        fields = fields_of(path)
        if not fields:
            raise UsageError(
                f"{path}: holds no row that can be read as {kind_of(path)}; name a log that holds "
                "some, and --format if you know it"
            )
        raise UsageError(
            f"{path}: in no format that is known; its fields are: {', '.join(fields[:40])}. Write "
            "a mapping and give it with --map"
        )
    mapping = found[0]
    if not quiet:
        say(f"{path} looks like {mapping.format}: {mapping.title}")
        for column, value in mapping.requests.items():
            origin = " or ".join(value.field) if value.field else repr(value.const)
            say(f"  {column:<14} {origin}")
        if len(found) > 1:
            say(f"  (or {', '.join(m.format for m in found[1:])})")
    if not yes:
        import sys

        if not sys.stdin.isatty():
            raise UsageError(
                f"the format was guessed to be {mapping.format}; give --format {mapping.format}, "
                "or --yes to take what is guessed"
            )
        click.confirm("Import it so?", abort=True)
    return mapping


def _show(coverage: Coverage, out: Path, kept_key: Path) -> None:
    """Rows, columns, what is missing, and what to do next."""
    import textwrap

    from shamcrowd.benchmark.cli.tables import WIDTH
    from shamcrowd.recording.imports.kept_names import names_path

    staged = coverage.staged
    say(
        f"{coverage.format}: {counted(staged.requests, 'request')} and "
        f"{counted(staged.events, 'other event')} of "
        f"{counted(coverage.accounts, 'account')}, in {out}"
    )
    for many, one, more in (
        (staged.skipped, "row of another kind was skipped", "rows of another kind were skipped"),
        (staged.damaged, "row could not be read", "rows could not be read"),
        (staged.no_time, "row has no time that can be read", "rows have no time that can be read"),
        (staged.no_account, "row names no account", "rows name no account"),
        (staged.twice, "row stands in the log a second time and was left out",
         "rows stand in the log a second time and were left out"),
        *(
            (many, f"value of {name} is no number and was taken for 0",
             f"values of {name} are no numbers and were taken for 0")
            for name, many in sorted(staged.wrong.items())
        ),
    ):  # fmt: skip
        if many:
            say(f"  {counted(many, one, more)}")
    for place in staged.places:
        say(f"  {place}")

    def wrapped(text: str) -> None:
        say(textwrap.fill(text, WIDTH, subsequent_indent="  ", break_on_hyphens=False))

    have, of = coverage.share
    wrapped(f"{have} of {of} columns of requests are in the log.")
    for table in ("requests", "accounts"):
        if coverage.not_recorded[table]:
            wrapped(f"Not recorded of {table}: {', '.join(coverage.not_recorded[table])}")
    for note in coverage.notes:
        wrapped(f"Note: {note}")
    if coverage.lost:
        wrapped(f"This format: {' '.join(coverage.lost.split())}")
    wrapped(
        f"The key is in {kept_key}, the names behind the ids in {names_path(out)}; the recording "
        "holds neither."
    )
    next_step(f"shamcrowd detect {out} --out ranked.csv")
