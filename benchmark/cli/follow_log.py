"""What ``shamcrowd detect`` does with an operating point, and as its log grows."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from shamcrowd.benchmark.cli.terminal import say, styled
from shamcrowd.recording.counting import counted
from shamcrowd.recording.errors import UsageError

if TYPE_CHECKING:
    from shamcrowd.benchmark.own_logs.operating_points import OperatingPoint
    from shamcrowd.benchmark.own_logs.replaying import Limits
    from shamcrowd.detectors.settings import Settings


def operating_point_of(
    alerts_per_day: int | None, borrow: str | None, detectors: Sequence[str],
    settings: Mapping[str, Settings], quiet: bool,
) -> OperatingPoint:  # fmt: skip
    """The operating point that a command line asks for; a borrowed one comes with its warning.

    Raises:
        UsageError: if two are asked for.
        ScenarioError: if the scenario to borrow from cannot be played.
    """
    from shamcrowd.benchmark.own_logs.operating_points import (
        BORROWED,
        DailyAlerts,
        OperatingPoint,
        borrowed_thresholds,
    )
    from shamcrowd.benchmark.scoring.operating_point import ALERT_RATE

    if alerts_per_day is not None and borrow is not None:
        raise UsageError("choose one: --alerts-per-day or --borrow")
    if alerts_per_day is not None:
        return OperatingPoint(DailyAlerts(alerts_per_day))
    if borrow is None:
        return OperatingPoint()

    def on_start(what: str) -> None:
        if not quiet:
            say(what, err=True)

    thresholds = borrowed_thresholds(borrow, detectors, settings=settings, on_start=on_start)
    said = BORROWED.format(scenario=borrow, rate=ALERT_RATE)
    say(styled("warning: ", fg="yellow") + said, err=True)
    return OperatingPoint(thresholds=thresholds)


def follow_log(
    recording: Path, detectors: Sequence[str], settings: Mapping[str, Settings], limits: Limits,
    point: OperatingPoint, names: Mapping[int, str] | None, out: Path | None, every: float,
    looks: int | None, quiet: bool, hidden: Sequence[Path] = (),
) -> int:  # fmt: skip
    """Look at a recording again and again; the exit code is 3 if a detector failed at the end.

    No detector may read what is ``hidden``.
    """
    from shamcrowd.benchmark.own_logs.following import Follower
    from shamcrowd.benchmark.own_logs.ranking import ranked
    from shamcrowd.benchmark.own_logs.writing import write_ranked

    failed, number = False, 0
    with Follower(recording, detectors, settings, limits, hidden) as follower:
        while looks is None or number < looks:
            if number:
                time.sleep(every)
            number += 1
            found = follower.look()
            if found is None:
                continue
            fresh = set(point.take(found))
            table = point.mark(ranked(found, names))
            failed = any(one.failed for one in found.detected)
            if out is not None:
                write_ranked(table, out)
            if quiet:
                continue
            moment = dt.datetime.fromtimestamp(found.now / 1000, dt.UTC)
            again = "; rows came late, so that all was read anew" if follower.restarted else ""
            say(f"{moment:%Y-%m-%d %H:%M:%S}Z: {counted(len(found.accounts), 'account')}{again}")
            for one in found.detected:
                if one.failed or (one.findings is None and number == 1):
                    say(f"  {one.detector}: {one.said}")
            if "alert" not in table:
                continue
            for row in table[table["account"].isin(fresh)].to_dict("records"):
                who = row.get("name") or row["account"]
                say(f"  alert: {who} ({row['detector']}: {row['reason']})")
    return 3 if failed else 0
