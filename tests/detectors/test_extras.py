"""A missing extra makes its detectors unavailable, with the line that installs it."""

from __future__ import annotations

import sys
from importlib.metadata import requires

import pytest

from shamcrowd.detectors.registry import detector_names, load_detector
from shamcrowd.recording.errors import MissingExtraError
from shamcrowd.recording.samples import sample_log
from shamcrowd.recording.units import MS_PER_DAY
from shamcrowd.recording.view import LogView

MODULES = {"lightgbm", "pyod", "river", "sknetwork", "datasketch", "duckdb"}
"""What the extras install, by the names they are imported by."""
NEED_ONE = {
    "ecod": "ml", "half-space-trees": "ml", "evil-cohort": "graph", "co-action": "graph",
}  # fmt: skip


@pytest.fixture
def bare(monkeypatch):
    """As if no extra were installed."""
    for name in [*sys.modules, *MODULES]:
        if name.split(".")[0] in MODULES:
            monkeypatch.setitem(sys.modules, name, None)


def test_every_extra_is_hidden():
    named = {"lightgbm", "pyod", "river", "scikit-network", "datasketch", "duckdb"}
    extras = [r for r in requires("shamcrowd") if any(f"extra == '{e}'" in r for e in
              ("ml", "graph", "sql"))]  # fmt: skip
    assert extras
    assert all(any(r.startswith(name) for name in named) for r in extras)


def missing(name):
    log = sample_log()
    try:
        load_detector(name)().review(LogView(log, log.start + 3 * MS_PER_DAY))
    except MissingExtraError as fault:
        return str(fault)
    return ""


@pytest.mark.parametrize("name", detector_names())
def test_without_extras_it_works_or_says_what_to_install(bare, name):
    if name in NEED_ONE:
        assert f"{name} needs " in missing(name)
        assert f"pip install 'shamcrowd[{NEED_ONE[name]}]'" in missing(name)
    else:
        assert missing(name) == "" or "pip install 'shamcrowd[" in missing(name)
