"""The command line: a thin layer over the functions ``simulate``, ``evaluate`` and others."""

from __future__ import annotations

import gc
import sys

BRIEF = ("show", "list", "doctor", "schema", "completion", "-h", "--help", "--version")
"""Commands that end as soon as they have read what they print."""


def main() -> None:
    """Run the command ``shamcrowd``."""
    # Nothing that these read is garbage before they end, and to look for it takes a tenth of it.
    if sys.argv[1:2] and sys.argv[1] in BRIEF:
        gc.disable()
    from shamcrowd.benchmark.cli.entry import run

    sys.exit(run(sys.argv[1:]))
