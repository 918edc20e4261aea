"""The pages of a suite in its results folder: the report, and the board to publish."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from shamcrowd.benchmark.reports.suite.suite_results import SuiteResults
    from shamcrowd.benchmark.suites.result import SuiteResult

BOARD = "board.md"


def write_pages(suite: SuiteResults, workers: int) -> Path:
    """Write both into the suite's folder; return the report's path."""
    from shamcrowd.benchmark.reports.suite.markdown import write_board
    from shamcrowd.benchmark.reports.suite.suite_page import NAME, write_suite_report

    write_suite_report(suite, suite.folder / NAME)
    write_board(suite, suite.folder / BOARD, _machine(suite.result, workers))
    return suite.folder / NAME


def _machine(result: SuiteResult, workers: int) -> str:
    """What this bench took, in a sentence; "" if all was there already."""
    from shamcrowd.benchmark.charts.formatting import duration, memory
    from shamcrowd.benchmark.execution.host import physical_memory_mib

    units = sum(result.made.values())
    if not units:
        return ""
    took = duration(sum(p.seconds for p in result.scenarios))
    mib = physical_memory_mib()
    has = f"{os.cpu_count()} cores" + (f" and {memory(mib)}" if mib is not None else "")
    return (
        f"This bench made {units:,} units in {took}, {workers} at a time, on a machine with "
        f"{has}; the rest came from the cache."
    )
