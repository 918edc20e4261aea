"""An exception in a plug-in's code is reported as the plug-in's: which, where, how to mend it."""

from __future__ import annotations

import pickle
from typing import ClassVar

import pytest

from shamcrowd.benchmark.cli.entry import run
from shamcrowd.recording.errors import PluginError
from shamcrowd.simulator.campaigns.strategies.naive import Naive
from shamcrowd.simulator.campaigns.tactics.hydra import Hydra
from shamcrowd.simulator.populations.casual import Casual
from shamcrowd.simulator.registry import populations, strategies, tactics
from shamcrowd.simulator.simulation import simulate

MINE = ["horizon=3d", "releases=[]", "campaigns=null"]
CAMPAIGN = "campaigns={mine: {tactic: %s, accounts: 10, exchanges: 200, start: 1d, duration: 1d%s}}"


class Wrong(Hydra):
    """Stumbles in its second slice."""

    example: ClassVar = {"accounts": 20, "exchanges": 1500}

    def run(self, campaign):
        yield from campaign.next_slice()
        misspelled  # noqa: B018, F821


class Waitless(Hydra):
    """Forgets to wait for the next slice."""

    def run(self, campaign):
        campaign.phase("recruit", self.accounts)
        while campaign.now < campaign.end:
            campaign.plan_requests(self.exchanges)
            campaign.next_slice()
        yield from campaign.next_slice()


class WrongProfiles(Hydra):
    """Has no usage profiles."""

    def usage_profiles(self):
        raise ValueError("no profile")


class WrongPeople(Casual):
    """Fails when its accounts are set up."""

    def set_up(self, enrolment, batch):
        enrolment.misspelled(batch)


class WrongAnswer(Naive):
    """Fails when it is made."""

    def __init__(self, campaign):
        raise KeyError("lag")


def play(tmp_path, *settings):
    with pytest.raises(PluginError) as error:
        simulate("quickstart-v2", 1, tmp_path / "r", scale=0.05, settings=[*MINE, *settings])
    (fault,) = error.value.faults
    assert fault.where.endswith("test_plugin_faults.py")
    assert not (tmp_path / "r").exists()
    assert pickle.loads(pickle.dumps(error.value)).faults == (fault,)
    return error.value, fault


def causes(error):
    while error is not None:
        yield type(error)
        error = error.__cause__


@pytest.mark.parametrize(
    ("kind", "what", "excerpt", "cause"),
    [
        (Wrong, "failed in run(): NameError: name 'misspelled' is not defined", "misspelled",
         NameError),
        (Waitless, "failed in run(): RuntimeError: write `yield from campaign.next_slice()`: "
         "without `yield from` time does not advance", "campaign.next_slice()", RuntimeError),
        (WrongProfiles, "failed in usage_profiles(): ValueError: no profile", "raise ValueError",
         ValueError),
    ],
)  # fmt: skip
def test_a_tactic(tmp_path, kind, what, excerpt, cause):
    with tactics().added(kind) as name:
        error, fault = play(tmp_path, CAMPAIGN % (name, ""))
    assert fault.what == f"tactic {name} {what}"
    assert excerpt in fault.excerpt
    assert fault.mend == "run check_tactic on it"
    assert cause in causes(error)


def test_a_population(tmp_path):
    with populations().added(WrongPeople) as name:
        error, fault = play(tmp_path, f"populations={{{name}: {{accounts: 100}}}}")
    assert fault.what.startswith(f"population {name} failed in set_up(): AttributeError: ")
    assert "enrolment.misspelled(batch)" in fault.excerpt
    assert fault.mend == "run check_population on it"
    assert AttributeError in causes(error)


def test_a_strategy(tmp_path):
    with strategies().added(WrongAnswer) as name:
        _, fault = play(tmp_path, CAMPAIGN % ("hydra", f", strategy: {name}"))
    assert fault.what == f"strategy {name} failed in __init__(): KeyError: 'lag'"


def test_the_command_line_shows_it_without_a_traceback(tmp_path, capsys):
    words = [
        "simulate",
        "quickstart-v2",
        "--seed",
        "1",
        "--scale",
        "0.05",
        "--out",
        str(tmp_path / "r"),
    ]
    with tactics().added(Wrong) as name:
        for setting in (*MINE, CAMPAIGN % (name, "")):
            words += ["--set", setting]
        assert run(words) == 2
    said = capsys.readouterr().err
    assert "failed in run(): NameError" in said
    assert "test_plugin_faults.py:" in said
    assert "Traceback" not in said
    assert "fault of shamcrowd" not in said
