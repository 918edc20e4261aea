"""The command line: a thin layer over the functions ``simulate``, ``evaluate`` and others."""

from __future__ import annotations

import gc
import os
import sys

BRIEF = ("show", "list", "doctor", "schema", "completion", "-h", "--help", "--version")
"""Commands that end as soon as they have read what they print."""


def main() -> None:
    """Run the command ``shamcrowd``."""
    if sys.argv[1:2] and sys.argv[1] in BRIEF:
        # Nothing that these read is garbage before they end, and to look for it takes a tenth of
        # their time. Another tenth goes into starting threads for linear algebra, which they have
        # none of.
        gc.disable()
        os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    from shamcrowd.benchmark.cli.entry import run

    sys.exit(run(sys.argv[1:]))
