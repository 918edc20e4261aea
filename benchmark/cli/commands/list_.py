"""``shamcrowd list``."""

from __future__ import annotations

from collections.abc import Callable

import click

from shamcrowd.benchmark.cli import options
from shamcrowd.benchmark.cli.console import next_step


def _first_sentence(text: str | None) -> str:
    return " ".join((text or "").split("\n\n")[0].split())


def _scenarios() -> dict[str, str]:
    from shamcrowd.simulator.scenario.load import load_scenario, scenario_ids

    return {name: load_scenario(name).title for name in scenario_ids()}


def _suites() -> dict[str, str]:
    from shamcrowd.benchmark.suites.suite import load_suite, suite_ids

    return {name: load_suite(name).title for name in suite_ids()}


def _populations() -> dict[str, str]:
    from shamcrowd.simulator.registry import populations

    return {name: _first_sentence(kind.__doc__) for name, kind in populations().items()}


def _tactics() -> dict[str, str]:
    from shamcrowd.simulator.registry import tactics

    return {name: _first_sentence(kind.__doc__) for name, kind in tactics().items()}


def _strategies() -> dict[str, str]:
    from shamcrowd.simulator.registry import strategies

    return {name: _first_sentence(kind.__doc__) for name, kind in strategies().items()}


def _detectors() -> dict[str, str]:
    from shamcrowd.benchmark.evaluation.controls.registry import told_controls
    from shamcrowd.detectors.registry import detector_about, detector_names, is_control

    found = {
        name: ("Control. " if is_control(name) else "") + detector_about(name)
        for name in detector_names()
    }
    told = {n: f"Control. {_first_sentence(c.__doc__)}" for n, c in told_controls().items()}
    return found | told


def _metrics() -> dict[str, str]:
    from shamcrowd.benchmark.scoring.metrics.registry import metrics

    return {name: _first_sentence(metric.__doc__) for name, metric in metrics().items()}


KINDS: dict[str, tuple[Callable[[], dict[str, str]], str]] = {
    "scenarios": (_scenarios, "shamcrowd show NAME --resolved"),
    "suites": (_suites, "shamcrowd validate SUITE"),
    "populations": (_populations, "see one at work: shamcrowd show quickstart-v1 --resolved"),
    "tactics": (_tactics, "see one at work: shamcrowd show quickstart-v1 --resolved"),
    "strategies": (_strategies, "shamcrowd show quickstart-v1 --set campaigns.hydra.strategy=NAME"),
    "detectors": (_detectors, "shamcrowd run quickstart-v1 --detector NAME --out DIR"),
    "metrics": (_metrics, "shamcrowd demo"),
}


@click.command("list")
@click.argument("kind", type=click.Choice(list(KINDS)))
@options.as_json
def command(kind: str, as_json: bool) -> None:
    """List what there is, with a line on each."""
    found, advice = KINDS[kind]
    rows = found()
    if as_json:
        import json

        click.echo(json.dumps([{"name": n, "about": a} for n, a in rows.items()], indent=1))
        return
    import textwrap

    width = max(map(len, rows)) + 2
    for name, about in rows.items():
        lines = textwrap.wrap(about, max(78 - width, 30)) or [""]
        click.echo(click.style(name.ljust(width), bold=True) + lines[0])
        for line in lines[1:]:
            click.echo(" " * width + line)
    next_step(advice)
