"""``shamcrowd new-detector``."""

from __future__ import annotations

from pathlib import Path

import click

from shamcrowd.benchmark.cli.console import next_step

DETECTOR = '''"""{Class}: say in a sentence what it looks for."""

from __future__ import annotations

import pandas as pd

from shamcrowd.detectors.base import Findings
from shamcrowd.recording.view import LogView


class {Class}:
    """Accounts with many requests. Put your own idea here, its paper, and when it fails."""

    def __init__(self) -> None:
        self._requests = pd.Series(dtype=float)

    def review(self, log: LogView) -> Findings:
        """Judge every account opened until now: higher is more suspicious."""
        new = log.new.requests(["account"]).value_counts("account")
        self._requests = self._requests.add(new, fill_value=0)
        accounts = log.accounts(["account"])["account"].to_numpy()
        score = self._requests.reindex(accounts, fill_value=0.0).to_numpy()
        reason = [f"{{count:.0f}} requests" for count in score]
        return Findings(accounts, score, reason=reason)
'''
TEST = '''"""{Class} keeps the rules for detectors."""

from pathlib import Path

from shamcrowd.detectors import check_detector
from shamcrowd.detectors.registry import load_detector

HERE = Path(__file__).with_name("{module}.py")


def test_keeps_the_rules():
    check_detector(load_detector(f"{{HERE}}:{Class}"))
'''


@click.command("new-detector")
@click.argument("name")
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path(),
    metavar="DIR",
    help="Folder for the two files. Default: here.",
)
def command(name: str, out: Path) -> None:
    """Write a first detector and its passing test."""
    import keyword
    import re

    from shamcrowd.recording.errors import FolderInUseError, UsageError

    if not re.fullmatch(r"[a-z][a-z0-9]*(-[a-z0-9]+)*", name) or keyword.iskeyword(name):
        raise UsageError(f"{name!r}: a detector's name is words in small letters, as busy-hours")
    module = name.replace("-", "_")
    words = {"Class": "".join(part.capitalize() for part in name.split("-")), "module": module}
    files = {out / f"{module}.py": DETECTOR, out / f"test_{module}.py": TEST}
    there = [str(path) for path in files if path.exists()]
    if there:
        raise FolderInUseError(f"{', '.join(there)}: there already, and left as it was")
    out.mkdir(parents=True, exist_ok=True)
    for path, text in files.items():
        path.write_text(text.format(**words), "utf-8")
        click.echo(f"wrote {path}")
    place = out / f"{module}.py"
    next_step(f"shamcrowd run quickstart-v1 --detector {place}:{words['Class']} --out my-run")
