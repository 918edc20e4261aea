"""An experiment is checked when it is made, and its scenario is loaded with its settings."""

from __future__ import annotations

import pytest

from shamcrowd.benchmark.evaluation.experiment import Experiment
from shamcrowd.benchmark.evaluation.training import Training
from shamcrowd.recording.errors import NothingToJudgeError, UsageError
from shamcrowd.simulator.scenario.load import load_scenario

SETTING = "campaigns.hydra.accounts=20"


def test_seeds_are_put_in_order_and_settings_kept():
    made = Experiment("quickstart-v2", (3, 1, 3), (902, 901), [SETTING])
    assert (made.seeds, made.calibration_seeds) == ((1, 3), (901, 902))
    assert made.settings == (SETTING,)
    assert made.with_settings("scale=2").settings == (SETTING, "scale=2")
    assert made.of(made.load()).seeds == made.seeds


def test_faults_are_told_at_once():
    with pytest.raises(UsageError, match="alert rate 1: must be from 0"):
        Experiment("quickstart-v2", alert_rate=1.0)
    with pytest.raises(UsageError, match="seed 901 is used to calibrate"):
        Experiment("quickstart-v2", (901,))
    with pytest.raises(NothingToJudgeError, match="no seed"):
        Experiment("quickstart-v2", ())


def test_the_scenario_is_loaded_with_its_settings():
    made = Experiment("quickstart-v2", settings=(SETTING,), scale=1.0)
    assert made.load().campaigns["hydra"].accounts == 20
    assert made.load("campaigns.hydra.accounts=30").campaigns["hydra"].accounts == 30


def test_values_of_a_loaded_scenario_cannot_be_set():
    loaded = Experiment(Experiment("quickstart-v2").load())
    assert loaded.load() is loaded.scenario
    for action in (loaded.load, loaded.with_settings):
        with pytest.raises(UsageError, match="loaded scenario cannot be set"):
            action(SETTING)


@pytest.mark.parametrize(("horizon", "weeks"), [("7d", 1), ("8d", 2), ("14d", 2)])
def test_the_training_world_is_over_when_the_scored_one_begins(horizon, weeks):
    scored = load_scenario("calm-v2", settings=[f"horizon={horizon}", "releases=[]"])
    world = Training().world(scored)
    assert (scored.start - world.start).days == 7 * weeks
