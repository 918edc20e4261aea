"""The closed loop in a terminal, 80 columns wide."""

from __future__ import annotations

import textwrap
from pathlib import Path
from typing import TYPE_CHECKING

from shamcrowd.benchmark.cli.console import next_step
from shamcrowd.benchmark.cli.finish_run import FAILED_DETECTOR, NOTHING_TO_JUDGE
from shamcrowd.benchmark.cli.leaderboard import NAME_WIDTH
from shamcrowd.benchmark.cli.tables import (
    WIDTH,
    add_group,
    add_row,
    cell,
    group_name,
    new_table,
    show_table,
)
from shamcrowd.benchmark.cli.terminal import quoted, say, styled
from shamcrowd.benchmark.scoring.conditions import conditions

if TYPE_CHECKING:
    from shamcrowd.benchmark.closed_loop.results import LoopScores
    from shamcrowd.benchmark.scoring.scores import Scores

SHOWN = ("deterrence-ratio", "tokens-taken", "accounts-burned", "replacement-hours", "wrong-bans")


def finish_loop(scores: Scores, board: LoopScores, out: Path, as_json: bool, quiet: bool) -> int:
    """Write both pages, show the board; gives the exit code."""
    from shamcrowd.benchmark.closed_loop.results import NAME
    from shamcrowd.benchmark.reports.closed_loop.closed_loop_pages import write_arms_race
    from shamcrowd.benchmark.reports.run.run_page import write_report

    page = out / "arms-race.html"
    write_report(scores, out / "report.html")
    write_arms_race(board, page)
    if as_json:
        say((out / NAME).read_text("utf-8"), nl=False)
    elif not quiet:
        show_board(board)
        next_step(f"open {page} in a browser; the open loop is in {out / 'report.html'}")
    statuses = [*(d.status for d in scores.detectors), *(d.status for d in board.detectors)]
    if not any(d.kind == "detector" for d in scores.detectors):
        say("no detector was judged, only controls", err=True)
        return NOTHING_TO_JUDGE
    return FAILED_DETECTOR if any(s != "ok" for s in statuses) else 0


def show_board(board: LoopScores) -> None:
    """Print damage held off in the open and closed loop, the gap, and the headline figures."""
    from shamcrowd.benchmark.charts.formatting import quantity
    from shamcrowd.benchmark.closed_loop.figures.registry import figures
    from shamcrowd.benchmark.closed_loop.open_against_closed import DAMAGE

    seeds = ", ".join(map(str, board.seeds[:8])) + (" …" if len(board.seeds) > 8 else "")
    say(
        textwrap.fill(
            f"{board.title} ({board.scenario}, response {board.response}, seed"
            f"{'s' if len(board.seeds) > 1 else ''} {seeds})\n",
            WIDTH,
        )
    )
    say()
    known = figures()
    heads = ("", "damage\nopen", "held\nloop", "\ngap", *(known[n].short for n in SHOWN))
    table = new_table(*heads, right=True, name_width=NAME_WIDTH, gap=1)

    def figure(name: str, value: float | None) -> str:
        return quantity(value, known[name].unit).replace(" ", "")

    bare = [figure(n, board.bare[n].value) for n in SHOWN]
    add_row(table, cell("undefended", "dim"), "", "", "", *bare)
    kind = ""
    for d in board.detectors:
        if kind and d.kind != kind:
            add_group(table, "controls")
        kind = d.kind
        name = group_name(d.name, kind)
        if d.status != "ok":
            add_row(table, name, cell(d.status, "red"))
            continue
        damage = d.metrics[DAMAGE]
        both = [figure(DAMAGE, m.value) for m in (damage.open, damage.closed, damage.gap)]
        add_row(table, name, *both, *(figure(n, d.figures[n].value) for n in SHOWN))
    show_table(table)
    say()
    for note in (
        "Damage held off: open, predicted from the frozen recording; loop, the share of the "
        "undefended tokens that the campaigns did not get. Deterrence above 1: the theft no longer "
        "pays. —: not measured.",
        *conditions(board.seal, board.secret),
        *(
            ["Fewer than 5 seeds: no intervals, and no ranking to rely on."]
            if len(board.seeds) < 5
            else []
        ),
    ):
        say(textwrap.fill(note, WIDTH))
    for d in board.detectors:
        if d.status != "ok":
            say(styled(f"\n{d.name} {d.status}", fg="red") + f": {quoted(d.error)}")
