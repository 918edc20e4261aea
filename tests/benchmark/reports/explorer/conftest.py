"""A run and its explorer, made once a session."""

from __future__ import annotations

import json
import re
from pathlib import Path

import numpy as np
import pytest

from shamcrowd.benchmark.reports.explorer.explored_folder import explored
from shamcrowd.benchmark.reports.explorer.explorer_page import write_explorer
from shamcrowd.benchmark.reports.explorer.packed_column import inflated, unpacked


class Page:
    """What a page holds."""

    def __init__(self, path: Path) -> None:
        self.path, self.html = path, path.read_text("utf-8")
        data = re.findall(r'<script type="text/plain" id="(\w+)">([^<]*)</script>', self.html)
        text = dict(data)
        self.json = inflated(text["about"]).decode()
        self.about = json.loads(self.json)
        self.columns: dict[str, np.ndarray] = unpacked(self.about["columns"], text["columns"])


@pytest.fixture(scope="session")
def explorer(small_run, tmp_path_factory) -> Page:
    """The explorer of the small run's first seed."""
    path = tmp_path_factory.mktemp("explorer") / "explore.html"
    write_explorer(explored(small_run.folder), path)
    return Page(path)
