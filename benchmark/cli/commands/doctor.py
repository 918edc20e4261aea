"""``shamcrowd doctor``."""

from __future__ import annotations

import click

from shamcrowd.benchmark.cli import options
from shamcrowd.benchmark.cli.console import next_step

PACKAGES = (
    "shamcrowd", "simpy", "faker", "numpy", "pandas", "pyarrow", "scipy", "scikit-learn",
    "pydantic", "ruamel.yaml", "click", "rich", "jinja2",
)  # fmt: skip
EXTRAS = {"sql": "duckdb"}
NEEDED_GIB = 1.0


@click.command("doctor")
@options.as_json
def command(as_json: bool) -> int:
    """Check what is installed and what the machine has."""
    import os
    import platform
    import shutil
    from importlib.metadata import PackageNotFoundError, version

    def installed(name: str) -> str | None:
        try:
            return version(name)
        except PackageNotFoundError:
            return None

    free = shutil.disk_usage(".").free / 2**30
    versions = {name: installed(name) for name in PACKAGES}
    extras = {extra: installed(package) for extra, package in EXTRAS.items()}
    faults = [f"{name} is missing: pip install {name}" for name, v in versions.items() if not v]
    if free < NEEDED_GIB:
        faults.append(f"only {free:.1f} GiB free here; a run takes up to a few GiB")
    if as_json:
        import json

        about = {
            "python": platform.python_version(), "packages": versions, "extras": extras,
            "cores": os.cpu_count(), "disk_free_gib": round(free, 1), "faults": faults,
        }  # fmt: skip
        click.echo(json.dumps(about, indent=1))
        return 2 if faults else 0
    click.echo(f"python        {platform.python_version()} on {platform.platform()}")
    for name, found in versions.items():
        click.echo(f"{name:<14}{found or click.style('missing', fg='red')}")
    for extra, found in extras.items():
        click.echo(f"extra {extra:<8}{found or f'not installed: pip install shamcrowd[{extra}]'}")
    click.echo(f"cores         {os.cpu_count()}\ndisk free     {free:.1f} GiB")
    for fault in faults:
        click.echo(click.style("error: ", fg="red", bold=True) + fault, err=True)
    next_step("mend the above" if faults else "shamcrowd demo")
    return 2 if faults else 0
