"""The end of every command that scores: report, board, exit code."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from shamcrowd.benchmark.cli.terminal import say

if TYPE_CHECKING:
    from shamcrowd.benchmark.scoring.scores import Scores

FAILED_DETECTOR = 3
NOTHING_TO_JUDGE = 4


def finish(scores: Scores, out: Path, as_json: bool, quiet: bool, advice: str = "") -> int:
    """Write the report, show the board; gives the exit code."""
    from shamcrowd.benchmark.cli.console import next_step
    from shamcrowd.benchmark.cli.leaderboard import show_leaderboard
    from shamcrowd.benchmark.reports.run.run_page import write_report

    report = out / "report.html"
    write_report(scores, report)
    if as_json:
        say((out / "scores.json").read_text("utf-8"), nl=False)
    elif not quiet:
        show_leaderboard(scores)
        next_step(advice or f"open {report} in a browser")
    detectors = [d for d in scores.detectors if d.kind == "detector"]
    if not detectors:
        say("no detector was judged, only controls", err=True)
        return NOTHING_TO_JUDGE
    return FAILED_DETECTOR if any(d.status != "ok" for d in scores.detectors) else 0
