"""One check over a whole suite: play each scenario, check it, keep nothing but the verdicts."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path

import click

from benchmark.cli.telling import next_step
from recording.errors import ShamcrowdError

Judge = Callable[[Path], tuple[bool, str]]
"""A recording's folder in; does it pass, and one line about it."""


def over_suite(name: str, seeds: int, judge: Judge, command: str) -> int:
    """Judge every scenario of a suite at its first ``seeds`` seeds; gives the exit code.

    A scenario that fails, or cannot be judged, takes none of the others down.
    """
    from benchmark.suites import load_suite
    from simulator import simulate

    suite = load_suite(name)
    failed = 0
    for scenario in suite.scenarios:
        for seed in suite.first_seeds(seeds):
            with tempfile.TemporaryDirectory() as aside:
                folder = Path(aside) / "recording"
                try:
                    simulate(scenario, seed, folder)
                    passed, line = judge(folder)
                except ShamcrowdError as fault:
                    passed, line = False, str(fault)
            failed += not passed
            mark = "✓" if passed else "✗"
            click.echo(f"{mark} {scenario}, seed {seed}: {line}")
    many = len(suite.scenarios) * len(list(suite.first_seeds(seeds)))
    click.echo(f"\n{many - failed} of {many} recordings pass")
    next_step(
        f"look at one: shamcrowd simulate {suite.scenarios[0]} --seed 1 --out DIR, then "
        f"shamcrowd {command} DIR"
    )
    return 1 if failed else 0
