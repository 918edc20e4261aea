"""``shamcrowd run``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from benchmark.cli import options
from benchmark.cli.finishing import finish
from benchmark.cli.telling import Telling

if TYPE_CHECKING:
    from benchmark.evaluation.training import LabelKind


@click.command("run")
@click.argument("scenario")
@click.option(
    "--seeds", type=options.Seeds(), default="1-5", show_default=True, help="Replications to score."
)
@options.detectors
@options.settings
@options.scale
@click.option(
    "--alert-rate",
    type=click.FloatRange(0, 1, max_open=True),
    default=0.01,
    show_default=True,
    metavar="X",
    help="Share of innocent accounts that may be flagged.",
)
@options.time_limit
@options.memory_limit
@options.labels
@options.workers
@options.out("Folder for recordings, findings, scores and report.")
@options.as_json
@options.quiet
def command(
    scenario: str, seeds: tuple[int, ...], detectors: tuple[str, ...], settings: tuple[str, ...],
    scale: float, alert_rate: float, time_limit: float, memory_limit: int, labels: LabelKind,
    workers: int | None, out: Path, as_json: bool, quiet: bool,
) -> int:  # fmt: skip
    """Simulate, detect, score and report. What is there already is used again."""
    from benchmark import evaluate
    from benchmark.evaluation.training import Training

    with Telling(quiet or as_json) as telling:
        scores = evaluate(
            scenario, detectors or None, out=out, seeds=seeds, settings=settings, scale=scale,
            alert_rate=alert_rate, time_limit=time_limit, memory_limit=memory_limit,
            training=Training(labels=labels), workers=workers, listener=telling,
        )  # fmt: skip
    return finish(scores, out, as_json, quiet)
