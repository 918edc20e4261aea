"""``shamcrowd inject``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from shamcrowd.benchmark.cli import options
from shamcrowd.benchmark.cli.console import ConsoleProgress, next_step
from shamcrowd.benchmark.cli.terminal import say
from shamcrowd.recording.counting import counted

if TYPE_CHECKING:
    from shamcrowd.benchmark.world_checks.injection import Artefact
    from shamcrowd.recording.manifest import Manifest

SHOWN = 20
"""Artefacts that are printed."""


@click.command("inject")
@options.scenario
@click.option(
    "--into", "background", type=click.Path(path_type=Path), required=True, metavar="DIR",
    help="The background: a recording, imported or simulated. It is not changed.",
)  # fmt: skip
@click.option("--seed", type=int, default=1, show_default=True, metavar="N",
              help="Seed of the campaigns.")  # fmt: skip
@options.settings
@options.scale
@options.out("Folder for the new recording.")
@click.option(
    "--audit", is_flag=True,
    help="Inject the next seed as well, and tell whether artefacts give accounts away; "
    "exit code 1 if one does.",
)  # fmt: skip
@options.as_json
@options.quiet
def command(
    scenario: str, background: Path, seed: int, settings: tuple[str, ...], scale: float, out: Path,
    audit: bool, as_json: bool, quiet: bool,
) -> int:  # fmt: skip
    """Put the campaigns of a scenario into a recording, such as an imported log.

    The background's rows stay as they are. The campaigns are played over its days and fitted to its
    models, hours, rates and lengths. The truth holds the injected accounts alone: of the
    background's accounts nobody knows what they are.
    """
    import json
    import tempfile

    from shamcrowd.benchmark.own_logs.inject.injecting import inject
    from shamcrowd.benchmark.world_checks.injection import artefacts

    found: list[Artefact] = []
    with ConsoleProgress(quiet or as_json) as progress, tempfile.TemporaryDirectory() as aside:
        folders, worlds = [out], [Path(aside) / "world-0"]
        if audit:
            folders.append(Path(aside) / "next")
            worlds.append(Path(aside) / "world-1")
        manifests = []
        for number, (folder, world) in enumerate(zip(folders, worlds, strict=True)):
            progress.stage("injecting", 1)
            manifests.append(inject(scenario, background, folder, seed=seed + number,
                                    settings=settings, scale=scale, keep=world,
                                    progress=progress.share))  # fmt: skip
        if audit:
            progress.stage("auditing", 1)
            found = artefacts(folders, worlds, progress.share)
    if as_json:
        about = {"out": str(out), **manifests[0].injected}
        if audit:
            about["artefacts"] = [vars(one) for one in found]
        say(json.dumps(about, indent=1))
    elif not quiet:
        _show(manifests[0], out, found, audit)
    return 1 if found else 0


def _show(manifest: Manifest, out: Path, found: list[Artefact], audit: bool) -> None:
    """What was injected, how it was fitted, what gives it away, and what to do next."""
    import textwrap

    from shamcrowd.benchmark.cli.tables import WIDTH
    from shamcrowd.benchmark.scoring.conditions import UNLABELLED_NOTE

    def line(text: str) -> None:
        say(textwrap.fill(text, WIDTH, subsequent_indent="  ", break_on_hyphens=False))

    held = manifest.injected
    line(f"{counted(held['accounts'], 'account')} with "
        f"{counted(held['requests'], 'request')} among "
        f"{counted(held['background_accounts'], 'account')} of "
        f"{held['background_scenario']}")  # fmt: skip
    for name, many in held["campaigns"].items():
        line(f"  {name}: {counted(many, 'account')}")
    fitted = held["fitted"]
    parts = {"hours": fitted["hours"], **fitted["lengths"]}
    for name, one in parts.items():
        how = "fitted" if one["fitted"] else "near enough"
        line(f"  {name.replace('_', ' ')}: {one['distance']:.2f} apart, {how}")
    line(f"  requests of an account a day: {fitted['rate']:.2f} times those of the scenario's "
        f"world, so {fitted['kept']:.0%} of conversations are kept and campaigns have "
        f"{fitted['raised']:.2f} times their exchanges")  # fmt: skip
    line(UNLABELLED_NOTE)
    if audit:
        line("audit: no artefact of injection is over its bound" if not found
            else f"audit: {counted(len(found), 'artefact')} of injection over the "
                 "bounds")  # fmt: skip
        for one in found[:SHOWN]:
            line(f"  {one.rule}, {one.campaign}: {one.value:.3f}, at least {one.low:.3f}, bound "
                f"{one.bound:.3f}, in the played world at most {one.played:.3f}")  # fmt: skip
    next_step(f"shamcrowd report {out}, or shamcrowd detect {out}")
