"""Suites load, name scenarios that are there, and are judged one by one."""

import json

import pytest

from shamcrowd.benchmark.cli.over_suite import names_suite, over_suite
from shamcrowd.benchmark.plugin_tables import scenarios_of
from shamcrowd.benchmark.suites.suite import load_suite, suite_ids
from shamcrowd.detectors.registry import detector_names, is_control
from shamcrowd.recording.errors import RecordingError, ScenarioError
from shamcrowd.simulator.registry import tactics
from shamcrowd.simulator.scenario.load import load_scenario


@pytest.fixture
def written(tmp_path):
    def of(text):
        path = tmp_path / "mine.yaml"
        path.write_text(text)
        return str(path)

    return of


@pytest.mark.parametrize("name", suite_ids())
def test_shipped_suites_load(name):
    suite = load_suite(name)
    assert suite.scenarios
    # No row comes or goes with a file in detectors/.
    assert suite.detectors
    assert set(suite.detectors) <= {n for n in detector_names() if not is_control(n)}


def test_settings_are_terms_where_there_are_any(written):
    text = "schema: 1\ntitle: x\nseeds: 1-2\nscenarios: [calm-v2]\n"
    assert "settings" not in load_suite(written(text)).terms
    assert load_suite(written(f"{text}settings: [reviews=24h]\n")).terms["settings"] == [
        "reviews=24h"
    ]


def test_core_holds_every_tactic_and_worlds_without_any():
    scenarios = [load_scenario(name) for name in load_suite("core-v2").scenarios]
    assert len(scenarios) >= 14
    with_a_scenario = {tactic for tactic in tactics() if scenarios_of(tactic)}
    assert len(with_a_scenario) >= 14
    assert {c.tactic for s in scenarios for c in s.campaigns.values()} == with_a_scenario
    assert sum(not s.campaigns for s in scenarios) >= 2
    large = [s for s in scenarios if sum(p.accounts for p in s.populations.values()) >= 20_000]
    assert len(large) >= 14


def test_the_sweep_has_three_difficulties_that_differ_in_care_alone():
    names = set(load_suite("core-v2-sweep").scenarios)
    for name in load_suite("core-v2").scenarios:
        whole = load_scenario(name)
        if not whole.campaigns:
            continue
        stem = name.removesuffix("-v2")
        easy, hard = (load_scenario(f"{stem}-{d}-v2") for d in ("careless", "expert"))
        assert {easy.id, hard.id} <= names
        assert easy.populations == whole.populations == hard.populations
        for key, campaign in whole.campaigns.items():
            knobs = [s.campaigns[key].evasion.rotation for s in (easy, whole, hard)]
            assert knobs == sorted(knobs)
            assert knobs[0] < knobs[1] < knobs[2]
            assert campaign.accounts == hard.campaigns[key].accounts


def test_an_unknown_suite():
    with pytest.raises(ScenarioError, match='did you mean "core-v2"'):
        load_suite("core-v3")


def test_a_scenario_in_place_of_a_suite_is_told_in_one_sentence(written):
    with pytest.raises(ScenarioError, match="shamcrowd run calm-v2") as told:
        load_suite("calm-v2")
    assert "did you mean" not in str(told.value)
    path = written(
        "schema: 1\ntitle: t\nstart: 2026-03-02\npopulations:\n  casual: {accounts: 9}\n"
    )
    with pytest.raises(ScenarioError, match=r"mine.yaml:4") as told:
        load_suite(path)
    assert len(told.value.faults) == 1
    assert f"shamcrowd run {path}" in str(told.value)


def test_what_is_taken_for_a_suite(tmp_path):
    for named in ("core-v2", "core-v3", "calm-v2", "mine.yaml"):
        assert names_suite(named)
    assert not names_suite("build")
    assert not names_suite(str(tmp_path))


def test_faults_have_their_place(written):
    text = "schema: 1\ntitle: t\nseeds: 1-2\nscenarios:\n  - quickstart-v2\n  - quickstart-v3\n"
    with pytest.raises(ScenarioError, match=r"mine.yaml:6.*quickstart-v3") as fault:
        load_suite(written(text))
    assert "quickstart-v2" in str(fault.value)
    with pytest.raises(ScenarioError, match="seeds"):
        load_suite(written("schema: 1\ntitle: t\nseeds: all\nscenarios: [calm-v2]\n"))
    with pytest.raises(ScenarioError, match=r"mine.yaml:3:1: unknown key .*did you mean .seeds"):
        load_suite(written("schema: 1\ntitle: t\nseed: 1-2\nscenarios: [calm-v2]\n"))


@pytest.mark.parametrize(
    ("seeds", "all_of_them"),
    [("4-6", (4, 5, 6)), ('"4-6"', (4, 5, 6)), ("[9, 2]", (9, 2)), ("7-7", (7,))],
)
def test_seeds(written, seeds, all_of_them):
    text = f"schema: 1\ntitle: t\nabout: words\nseeds: {seeds}\nscenarios: [calm-v2]\n"
    assert load_suite(written(text)).seeds == all_of_them


@pytest.mark.parametrize("seeds", ["5-2", "[]", "1-99999999", "2026-01-02", "x", "null"])
def test_no_seeds(written, seeds):
    """Never green on nothing."""
    with pytest.raises(ScenarioError, match="seeds"):
        load_suite(written(f"schema: 1\ntitle: t\nseeds: {seeds}\nscenarios: [calm-v2]\n"))


def test_one_fault_takes_no_other_down(written, capsys):
    text = "schema: 1\ntitle: t\nseeds: 4-5\nscale: 0.05\nscenarios: [calm-v2, quickstart-v2]\n"
    judged = []

    def judge(folder):
        judged.append(folder)
        if len(judged) == 2:
            raise RecordingError("here", "broken on purpose", "mend it")
        return True, "fine"

    assert over_suite(written(text), 2, judge, "validate") == 1
    said = capsys.readouterr().out
    assert len(judged) == 4
    assert "3 of 4 recordings pass" in said
    assert "broken on purpose" in said
    assert "seed 5: fine" in said
    assert not any(folder.exists() for folder in judged)


def test_a_fault_of_ours_takes_no_other_down_either(written, capsys):
    text = "schema: 1\ntitle: t\nseeds: 1-2\nscale: 0.05\nscenarios: [calm-v2]\n"
    judged = []

    def judge(folder):
        judged.append(folder)
        if len(judged) == 1:
            raise ZeroDivisionError("on purpose")
        return True, "fine"

    assert over_suite(written(text), 2, judge, "validate", as_json=True) == 1
    said = capsys.readouterr()
    assert "Traceback" in said.err
    about = json.loads(said.out)
    assert [row["passed"] for row in about["recordings"]] == [False, True]
    assert "ZeroDivisionError" in about["recordings"][0]["said"]


def test_detectors_are_found_from_the_suite_whatever_the_board_calls_them(written, tmp_path):
    text = (
        "schema: 1\ntitle: t\nseeds: 1-2\nscenarios: [calm-v2]\n"
        "detectors: [velocity, mine.py:Mine, old=mine.py:Mine, new=velocity]\n"
    )
    written(text)
    place = tmp_path
    assert load_suite(written(text)).detectors == (
        "velocity", f"{place}/mine.py:Mine", f"old={place}/mine.py:Mine", "new=velocity",
    )  # fmt: skip


def test_an_operating_point_is_a_rule(written):
    text = "schema: 1\ntitle: t\nseeds: 1-2\nscenarios: [calm-v2]\noperating_point: "
    suite = load_suite(written(text + "precision=0.5\n"))
    assert suite.operating_point == suite.terms["operating_point"] == "precision=0.5"
    with pytest.raises(ScenarioError, match=r"mine.yaml:5.*operating point 'precision=5'"):
        load_suite(written(text + "precision=5\n"))
