"""A recording is made again where the code of an installed plug-in has changed."""

from __future__ import annotations

import importlib.metadata
from importlib.metadata import EntryPoint

from shamcrowd.benchmark.evaluation.installed_plugins import installed_plugins
from shamcrowd.simulator.scenario.load import load_scenario, resolved

TACTIC = """
from shamcrowd.simulator.campaigns.tactics.hydra import Hydra


class Theirs(Hydra):
    "Another."
"""


def test_ours_are_not_named():
    assert installed_plugins(resolved(load_scenario("quickstart-v2"))) == {}


def test_the_code_of_theirs_counts(tmp_path, monkeypatch):
    points = {"shamcrowd.tactics": [EntryPoint("theirs", "their_tactic:Theirs", "t")]}
    monkeypatch.setattr(importlib.metadata, "entry_points", lambda group: points.get(group, []))
    found = []
    for folder, text in (("one", TACTIC), ("two", f"{TACTIC}\n# changed\n")):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "their_tactic.py").write_text(text)
        monkeypatch.syspath_prepend(tmp_path / folder)
        told = {
            "populations": {"casual": {"population": "casual"}},
            "campaigns": {"c": {"tactic": "theirs", "strategy": "naive"}},
        }
        found.append(installed_plugins(told))
    assert [list(one) for one in found] == [["tactic theirs"]] * 2
    assert found[0] != found[1]
