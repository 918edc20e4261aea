"""The command line: a thin shell around ``simulate``, ``evaluate`` and their like."""

from __future__ import annotations

import sys


def main() -> None:
    """Run the command ``shamcrowd``."""
    from shamcrowd.benchmark.cli.entry import run

    sys.exit(run(sys.argv[1:]))
