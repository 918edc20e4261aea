"""Recordings to make pages of, and their pages; each page is made once a session."""

from __future__ import annotations

from pathlib import Path

import pytest

from shamcrowd.benchmark.reports.recording.recording_page import write_recording_report
from tests.recordings import recorded

ODD = """
schema: 1
title: Six campaigns
start: 2026-02-27
horizon: 2d
releases:
  - {model: deep-4, at: 8h}
  - {model: steady-3, at: 1d}
populations:
  people-of-the-north-and-of-the-far-south: {population: casual, accounts: 120}
  lonely: {population: batch, accounts: 1, newcomers: 0}
campaigns:
  a-name-as-long-as-the-scenario-permits-it: {tactic: hydra, accounts: 40, exchanges: 2000,
    start: 0h, duration: 2d}
  b: {tactic: hydra, accounts: 2, exchanges: 20, start: 12h, duration: 1d}
  c: {tactic: hydra, accounts: 20, exchanges: 900, start: 1d, duration: 1d, evasion: {rotation: 1}}
  d: {tactic: credit-farm, accounts: 30, start: 1d, duration: 1d}
  e: {tactic: credit-farm, accounts: 30, start: 0h, duration: 1d}
  f: {tactic: credit-farm, accounts: 5, start: 1d, duration: 1d}
"""


@pytest.fixture(scope="session")
def calm() -> Path:
    """A world without any abuse."""
    return recorded("calm-v2", 1, scale=0.1)


@pytest.fixture(scope="session")
def odd(tmp_path_factory) -> Path:
    """Six campaigns, one of two accounts, long names, a population of one."""
    scenario = tmp_path_factory.mktemp("odd") / "odd-v1.yaml"
    scenario.write_text(ODD, "utf-8")
    return recorded(scenario, 1)


@pytest.fixture(scope="session")
def html_of(tmp_path_factory):
    """The page of a recording."""
    made: dict[Path, str] = {}

    def html(folder: Path) -> str:
        if folder not in made:
            path = tmp_path_factory.mktemp("page") / "page.html"
            write_recording_report(folder, path)
            made[folder] = path.read_text("utf-8")
        return made[folder]

    return html
