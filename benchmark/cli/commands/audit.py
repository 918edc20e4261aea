"""``shamcrowd audit``."""

from __future__ import annotations

from pathlib import Path

import click

from shamcrowd.benchmark.cli import options
from shamcrowd.benchmark.cli.console import ConsoleProgress


@click.command("audit")
@options.recording_or_suite
@options.suite_seeds
@options.suite_out
@options.as_json
@options.quiet
def command(what: str, seeds: int, out: Path | None, as_json: bool, quiet: bool) -> int:
    """Does any single column of a recording identify its sham accounts?

    DIR is a recording, as `shamcrowd simulate` writes it; of a SUITE every scenario is played and
    audited. Exit code 1 if a column separates them better than the scenario allows.
    """
    from shamcrowd.benchmark.cli.audit_board import show_audit
    from shamcrowd.benchmark.cli.over_suite import names_suite, over_suite
    from shamcrowd.benchmark.world_checks.audit import audit

    if names_suite(what):
        from shamcrowd.recording.errors import NothingToJudgeError

        def judge(one: Path) -> tuple[bool, str]:
            try:
                result = audit(one)
            except NothingToJudgeError:
                return True, "no sham account: nothing to audit"
            return result.passed, result.verdict

        return over_suite(what, seeds, judge, "audit", out=out, as_json=as_json, quiet=quiet)
    folder = Path(what)
    with ConsoleProgress(quiet or as_json) as progress:
        progress.stage("auditing", 1)
        found = audit(folder, progress.share)
    if as_json:
        click.echo(found.to_json(), nl=False)
    elif not quiet:
        show_audit(found, folder)
    return 0 if found.passed else 1
