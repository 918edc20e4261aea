"""``shamcrowd validate``, and checks over suites."""

import json
import shutil

import pytest

from tests.recordings import change_json, recorded

LONG = "a-campaign-with-a-name-that-is-quite-long"
SETTINGS = (f"campaigns.{LONG}={{tactic: credit-farm, accounts: 20, start: 1d, duration: 3d}}",)


@pytest.fixture(scope="module")
def folder():
    return recorded("quickstart-v2", 2, scale=0.1, settings=SETTINGS)


@pytest.fixture
def short(folder, tmp_path):
    """The same recording, of a scenario that asked for twice as much of everything."""
    copy = shutil.copytree(folder, tmp_path / "short")

    def twice(about):
        for part in ("populations", "campaigns"):
            for actor in about["resolved"][part].values():
                actor["accounts"] *= 2
        about["drawn"] = {p: v for p, v in about["drawn"].items() if not p.endswith(".accounts")}

    change_json(copy / "manifest.json", twice)
    return copy


@pytest.fixture
def suite(tmp_path):
    path = tmp_path / "mine.yaml"
    path.write_text("schema: 1\ntitle: t\nseeds: [4, 7]\nscenarios: [calm-v2]\n")
    return path


def narrow(said):
    return max(len(line) for line in said.out.splitlines() if not line.startswith("Next: ")) <= 80


def test_passed(call, folder):
    said = call("validate", folder)
    assert (said.code, said.err) == (0, "")
    lines = said.out.splitlines()
    assert narrow(said)
    assert sum("checks hold" in line for line in lines) == 1
    assert "✗" not in said.out
    assert lines[-1].startswith("Next: shamcrowd audit ")


def test_failed(call, short):
    said = call("validate", short)
    assert said.code == 1
    assert narrow(said)
    assert "✗ casual: accounts" in said.out
    assert f"✗ {LONG}: accounts" in said.out
    assert "checks fail: agentic: accounts, aggregator:" in said.out
    assert said.out.splitlines()[-1].startswith("Next: make it again")


def test_damaged_files(call, folder, tmp_path):
    copy = shutil.copytree(folder, tmp_path / "copy")
    path = max((copy / "requests").glob("*.parquet"))
    path.rename(path.with_name("odd.parquet"))
    said = call("validate", copy)
    assert said.code == 1
    assert narrow(said)
    assert said.out.splitlines()[-1].startswith("Next: mend the files")


def test_json_and_quiet(call, short):
    said = call("validate", short, "--json")
    assert said.code == 1
    about = json.loads(said.out)
    assert about["passed"] is False
    assert set(about["checks"][0]) == {"name", "holds", "said", "applies"}
    assert call("validate", short, "-q") == type(said)(1, "", "")


def test_no_recording(call, tmp_path):
    for what in (tmp_path, tmp_path / "none"):
        said = call("validate", what)
        assert (said.code, said.out) == (2, "")
        assert "not a recording" in said.err


@pytest.mark.parametrize("command", ["validate", "audit", "realism"])
def test_a_suite_that_was_misspelt(call, command):
    said = call(command, "core-v3")
    assert said.code == 2
    assert 'did you mean "core-v2"' in said.err


def test_a_suite(call, suite, tmp_path):
    said = call("validate", suite, "--seeds", 2, "--out", tmp_path / "kept")
    assert (said.code, said.err) == (0, "")
    assert narrow(said)
    assert "✓ calm-v2, seed 7: valid: " in said.out
    assert "2 of 2 recordings pass" in said.out
    assert {p.name for p in (tmp_path / "kept").iterdir()} == {"calm-v2-4", "calm-v2-7"}
    assert call("validate", tmp_path / "kept" / "calm-v2-7", "-q").code == 0
    assert call("validate", suite, "-q") == type(said)(0, "", "")


def test_a_suite_audited_and_held_against_real_traces(call, suite):
    said = call("audit", suite, "--json")
    assert said.code == 0
    assert json.loads(said.out)["scenario"] == "calm-v2"
    said = call("realism", suite, "--at-least", 99)
    assert said.code == 1
    assert "✗ calm-v2, seed 4: " in said.out
    assert call("realism", suite, "--out", "card.svg").code == 2
