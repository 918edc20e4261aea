"""A program in another language, here Perl: files in, files out.

shamcrowd run quickstart-v2 --detector docs/examples/same_device.py:SameDevice --out my-run
"""

from __future__ import annotations

from pathlib import Path

from shamcrowd.detectors.adapters.command import command

SameDevice = command(
    ["perl", Path(__file__).with_name("same_device.pl")],
    {"accounts": ["account", "device"]},
    form="csv",
    incremental=True,
)
