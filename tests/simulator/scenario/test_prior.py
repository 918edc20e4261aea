"""Priors: values drawn anew for each seed, within their ranges, and never twice."""

import numpy as np
import pytest

from shamcrowd.recording.errors import ScenarioError
from shamcrowd.simulator import simulate
from shamcrowd.simulator.scenario.load import drawn, load_scenario, resolved, scenario_ids

TOWN = """\
schema: 1
title: a town
about: people
start: 2026-03-02
horizon: 4d
populations:
  casual: {accounts: 400}
  mobile: {accounts: 60}
campaigns:
  hydra: {tactic: hydra, accounts: 10, exchanges: 300, start: 1d, duration: 2d}
prior:
  counts: {of: populations.*.accounts, times: [0.5, 2.0]}
  faults: {of: platform.server_fault_rate, between: [0.0, 0.2]}
"""


@pytest.fixture
def town(tmp_path):
    def load(text=TOWN, name="town", **options):
        path = tmp_path / f"{name}.yaml"
        path.write_text(text)
        return load_scenario(path, **options)

    return load


def test_values_differ_by_seed_and_are_the_same_for_one(town):
    values = [drawn(town(), seed)[1] for seed in range(40)]
    assert drawn(town(), 3)[1] == values[3]
    counts = np.array([v["populations.casual.accounts"] for v in values])
    assert counts.min() >= 200
    assert counts.max() <= 800
    assert len(set(counts.tolist())) > 20
    assert counts.min() < 280
    assert counts.max() > 570
    faults = np.array([v["platform.server_fault_rate"] for v in values])
    assert 0 <= faults.min() < 0.05 < 0.15 < faults.max() <= 0.2
    # Each value is drawn on its own.
    others = np.array([v["populations.mobile.accounts"] for v in values])
    assert abs(np.corrcoef(np.log(counts), np.log(others))[0, 1]) < 0.5


def test_the_drawn_scenario_has_the_values_and_nothing_else_is_changed(town):
    scenario = town()
    played, values = drawn(scenario, 5)
    assert played.populations["casual"].accounts == values["populations.casual.accounts"]
    assert played.campaigns == scenario.campaigns
    assert played.prior == scenario.prior


def test_another_prior_changes_no_value(town):
    more = TOWN + "  hydras: {of: campaigns.hydra.accounts, times: [0.5, 2]}\n"
    assert drawn(town(), 5)[1].items() <= drawn(town(more), 5)[1].items()


def test_without_a_prior_nothing_is_drawn(town):
    scenario = town(TOWN.partition("prior:")[0])
    assert drawn(scenario, 5) == (scenario, {})


def test_a_scenario_that_extends_another_removes_and_changes_its_priors(town, tmp_path):
    town()
    below = "extends: ./town.yaml\nprior:\n  faults: null\n  counts: {times: [1.0, 1.0]}\n"
    values = drawn(town(below, "village"), 5)[1]
    assert values == {"populations.casual.accounts": 400, "populations.mobile.accounts": 60}


def test_durations_are_drawn_in_minutes_and_none_of_a_missing_campaign(town):
    start = "prior.counts={of: campaigns.*.start, times: [0.5, 1.0]}"
    scenario, values = drawn(town(settings=[start]), 5)
    assert values["campaigns.hydra.start"].endswith(("m", "h"))
    assert 12 * 3_600_000 <= scenario.campaigns["hydra"].start < 24 * 3_600_000
    assert scenario.campaigns["hydra"].start % 60_000 == 0
    nobody = town(settings=[start, "campaigns={}"])
    assert set(drawn(nobody, 5)[1]) == {"platform.server_fault_rate"}


def test_a_count_of_two_stays_one(town):
    scenario = town(settings=["populations.mobile.accounts=2", "prior.counts.times=[0.1,0.1]"])
    assert drawn(scenario, 5)[1]["populations.mobile.accounts"] == 2


@pytest.mark.parametrize(
    ("setting", "said"),
    [
        ("prior.counts.of=populations.casul.accounts", "casual"),
        ("prior.counts.of=horizon", "must begin with"),
        ("prior.counts.of=populations.*.nothing", "names nothing"),
        ("prior.counts.of=populations.casual", "not a number"),
        ("prior.counts.of=platform.server_fault_rate", "drawn twice"),
        ("prior.counts.times=[2, 1]", "the smaller first"),
        ("prior.counts.times=[0.05, 1]", "between 0.1 and 10"),
        ("prior.counts.between=[1, 2]", "either"),
        ("prior.faults.between=[0, 1.5]", "does not fit"),
        ("prior.faults.of=campaigns.hydra.start", "needs `times`"),
        ("prior.counts.of=campaigns.*.nothing", "names nothing"),
    ],
)
def test_a_faulty_prior_is_said(town, setting, said):
    with pytest.raises(ScenarioError) as caught:
        town(settings=[setting])
    assert said in str(caught.value)


def test_the_manifest_holds_the_values(town, tmp_path):
    manifest = simulate(town(), 5, tmp_path / "out")
    assert manifest.drawn == drawn(town(), 5)[1]
    assert manifest.resolved == resolved(town())
    people = manifest.played["populations"]
    assert people["casual"]["accounts"] == manifest.drawn["populations.casual.accounts"]
    wanted = sum(manifest.drawn[f"populations.{name}.accounts"] for name in ("casual", "mobile"))
    assert manifest.rows["accounts"] == wanted + 10


def test_two_scenarios_share_no_people(town, tmp_path):
    text = TOWN.partition("prior:")[0]
    one = simulate(town(text), 5, tmp_path / "one")
    two = simulate(town(text, "village"), 5, tmp_path / "two")
    assert one.rows["accounts"] == two.rows["accounts"]
    assert one.fingerprints["accounts"] != two.fingerprints["accounts"]
    same = simulate(town("world: town\n" + text, "hamlet"), 5, tmp_path / "same")
    assert same.fingerprints == one.fingerprints


@pytest.mark.parametrize("name", scenario_ids())
def test_every_shipped_scenario_is_another_world_for_another_seed(name):
    scenario = load_scenario(name)
    (_, one), (_, other) = (drawn(scenario, seed) for seed in (1, 2))
    parts = {path.partition(".")[0] for path in one}
    assert {"populations", "platform", "prices"} <= parts
    # The campaign of the incident has the public figures, in every world.
    same = not scenario.campaigns or name == "incident-2026-v2"
    assert ("campaigns" in parts) != same
    assert one.keys() == other.keys()
    assert sum(one[path] != other[path] for path in one) > len(one) / 2
