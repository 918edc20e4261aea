"""One check over a whole suite: play each scenario, check it, tell the verdicts."""

from __future__ import annotations

import tempfile
import textwrap
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from shamcrowd.benchmark.cli.console import next_step
from shamcrowd.benchmark.cli.tables import WIDTH
from shamcrowd.benchmark.cli.terminal import say
from shamcrowd.recording.atomic import make_folder
from shamcrowd.recording.counting import counted
from shamcrowd.recording.errors import ShamcrowdError
from shamcrowd.recording.output import OutputError

if TYPE_CHECKING:
    from shamcrowd.simulator.core.secret import Secret

Judge = Callable[[Path], tuple[bool, str]]
"""A recording's folder in; does it pass, and one line about it."""


def names_suite(what: str) -> bool:
    """Is a suite meant (or a scenario, by mistake), and no recording, which is always a folder?"""
    from difflib import get_close_matches

    from shamcrowd.benchmark.suites.suite import suite_ids
    from shamcrowd.simulator.scenario.load import scenario_ids

    if Path(what).is_dir():
        return False
    known = [*suite_ids(), *scenario_ids()]
    return what.endswith((".yaml", ".yml")) or bool(get_close_matches(what, known, n=1))


def over_suite(
    name: str, seeds: int, judge: Judge, command: str,
    *, out: Path | None = None, secret: Secret | None = None, as_json: bool = False,
    quiet: bool = False,
) -> int:  # fmt: skip
    """Judge every scenario of a suite at its first ``seeds`` seeds; gives the exit code.

    A scenario that fails, or cannot be judged, takes none of the others down. Recordings are kept
    in ``out``, a folder each, or not at all; they are made with the ``secret``, if there is one.
    """
    import json

    from shamcrowd.benchmark.suites.suite import load_suite

    suite = load_suite(name)
    rows = []
    for scenario in suite.scenarios:
        for seed in suite.first_seeds(seeds):
            with _place(out, f"{scenario}-{seed}") as folder:
                passed, said = _judged(scenario, seed, secret, folder, judge)
            rows.append({"scenario": scenario, "seed": seed, "passed": passed, "said": said})
            if not (as_json or quiet):
                _show(f"{'✓' if passed else '✗'} {scenario}, seed {seed}: {said}")
    fine = [bool(row["passed"]) for row in rows]
    if as_json:
        about = {"suite": suite.id, "passed": all(fine), "recordings": rows}
        say(json.dumps(about, indent=1))
    elif not quiet:
        say(
            f"\n{sum(fine)} of {counted(len(fine), 'recording')} "
            f"{'passes' if sum(fine) == 1 else 'pass'}"
        )
        one = next((row for row in rows if not row["passed"]), rows[0])
        there = (out or Path("DIR")) / f"{one['scenario']}-{one['seed']}"
        if out is None:
            next_step(f"keep them with --out DIR, then shamcrowd {command} {there}")
        else:
            next_step(f"shamcrowd {command} {there}")
    return 0 if all(fine) else 1


def _judged(
    scenario: str, seed: int, secret: Secret | None, folder: Path, judge: Judge
) -> tuple[bool, str]:
    from shamcrowd.simulator import simulate

    try:
        simulate(scenario, seed, folder, secret=secret)
        return judge(folder)
    except OutputError:
        raise
    except ShamcrowdError as fault:
        return False, str(fault)
    except Exception as fault:
        traceback.print_exc()
        return False, f"a fault of shamcrowd, {type(fault).__name__}: {fault}"


@contextmanager
def _place(out: Path | None, name: str) -> Iterator[Path]:
    """Where a recording goes."""
    if out is not None:
        make_folder(out)
        yield out / name
        return
    with tempfile.TemporaryDirectory() as aside:
        yield Path(aside) / name


def _show(text: str) -> None:
    say(textwrap.fill(text, WIDTH, subsequent_indent="    ", break_on_hyphens=False))
