"""The command line: a thin layer over the functions ``simulate``, ``evaluate`` and others."""

from __future__ import annotations

import sys


def main() -> None:
    """Run the command ``shamcrowd``."""
    from shamcrowd.benchmark.cli.entry import run

    sys.exit(run(sys.argv[1:]))
