"""``shamcrowd doctor``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from shamcrowd.benchmark.cli import options
from shamcrowd.benchmark.cli.console import next_step
from shamcrowd.benchmark.cli.tables import add_row, cell, new_table, show_table
from shamcrowd.benchmark.cli.terminal import say, styled

if TYPE_CHECKING:
    from rich.text import Text

NEEDED_GIB = 1.0
NOT_FOR_USERS = ("dev", "docs")
"""Extras for contributors."""


@click.command("doctor")
@options.as_json
def command(as_json: bool) -> int:
    """Check what is installed and what the machine offers.

    Names every extra with its install line, and how far detectors and other plug-ins are
    confined here. Ends with 2 if something is missing that every run needs.
    """
    import os
    import platform
    import shutil
    from dataclasses import asdict

    from shamcrowd.benchmark.cli.completion import LINES, usual_shell
    from shamcrowd.benchmark.cli.requirements import extras, installed, needed
    from shamcrowd.benchmark.execution.host import host_abilities, physical_memory_mib
    from shamcrowd.benchmark.execution.seal import seal

    free, memory = shutil.disk_usage(".").free / 2**30, physical_memory_mib()
    packages = {name: installed(name) for name in ("shamcrowd", *needed())}
    found = {
        extra: {name: installed(name) for name in wanted}
        for extra, wanted in extras().items()
        if extra not in NOT_FOR_USERS
    }
    host = host_abilities()
    faults = [f"{name} is missing: pip install {name}" for name, v in packages.items() if not v]
    if free < NEEDED_GIB:
        faults.append(f"only {free:.1f} GiB free here; a run takes up to a few GiB")
    about = {
        "python": platform.python_version(),
        "platform": platform.platform(),
        "packages": packages,
        "extras": {
            extra: {"packages": wanted, "install": _install(extra)}
            for extra, wanted in found.items()
        },
        "confinement": asdict(host),
        "seal": seal().line,
        "cores": os.cpu_count(),
        "memory_gib": None if memory is None else round(memory / 1024, 1),
        "disk_free_gib": round(free, 1),
        "faults": faults,
    }
    if as_json:
        import json

        say(json.dumps(about, indent=1))
    else:
        _show(about, host.landlock, LINES[usual_shell()])
        next_step("install what is missing above" if faults else "shamcrowd demo")
    return 2 if faults else 0


def _install(extra: str) -> str:
    return f"pip install 'shamcrowd[{extra}]'"


def _show(about: dict[str, Any], landlock: int, completion: str) -> None:
    """Print it in sections, 80 columns wide."""
    here = new_table("this machine", "")
    add_row(here, "python", f"{about['python']} on {about['platform']}")
    add_row(here, "cores", str(about["cores"]))
    add_row(here, "memory", "unknown" if about["memory_gib"] is None else _gib(about["memory_gib"]))
    add_row(here, "disk", f"{_gib(about['disk_free_gib'])} free")
    packages = new_table("\npackages", "")
    for name, version in about["packages"].items():
        add_row(packages, name, version or cell("missing", "red"))
    extras = new_table("\nextras", "", "\ninstall with")
    for extra, wanted in about["extras"].items():
        install = wanted["install"]
        for number, (name, version) in enumerate(wanted["packages"].items()):
            state = cell(f"{name} ") + cell(version or "not installed", "" if version else "yellow")
            add_row(extras, *((extra, state, install) if number == 0 else ("", state, "")))
    confined = new_table("\nconfinement", "")
    add_row(confined, "seal", about["seal"])
    for what, how in _confinement(about["confinement"], landlock):
        add_row(confined, what, how)
    for table in (here, packages, extras, confined):
        show_table(table)
    say(f"\nCompletion of names: {completion}")
    for fault in about["faults"]:
        say(styled("error: ", fg="red", bold=True) + fault, err=True)


def _gib(number: float) -> str:
    return f"{number:g} GiB"


def _confinement(host: dict[str, Any], landlock: int) -> list[tuple[str, str | Text]]:
    """How far a detector's process is confined here, a row for each resource."""
    return [
        ("files", f"confined (Landlock, version {landlock})" if landlock
         else cell("not confined: this system has no Landlock", "yellow")),
        ("memory", "limited" if host["memory_limit"]
         else cell("not limited on this system", "yellow")),
        ("network", "closed" if host["network"] else cell("not confined", "yellow")),
        ("child processes", "ended with the detector" if host["process_groups"]
         else cell("may outlive the detector", "yellow")),
        ("processes", f"units are started by {host['start_method']}"),
    ]  # fmt: skip
