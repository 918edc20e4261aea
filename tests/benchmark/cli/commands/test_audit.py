"""``shamcrowd audit``."""

import json
import shutil

import pytest

from tests.recordings import recorded

SETTINGS = ["campaigns.credit-farm=null", "audit={paired: {hydra: corporate}}"]


@pytest.fixture(scope="module")
def folder():
    return recorded("quickstart-v2", 5, scale=0.35, settings=SETTINGS)


@pytest.fixture
def strict(folder, tmp_path):
    """The same recording, of a scenario that promises more."""
    copy = tmp_path / "strict"
    shutil.copytree(folder, copy)
    about = json.loads((copy / "manifest.json").read_text())
    about["resolved"]["audit"] = {
        "bound": 0.8, "paired": {"hydra": "corporate"}, "paired_bound": 0.75
    }  # fmt: skip
    (copy / "manifest.json").write_text(json.dumps(about))
    return copy


def test_passed(call, folder):
    said = call("audit", folder)
    assert (said.code, said.err) == (0, "")
    lines = said.out.splitlines()
    assert max(map(len, lines)) <= 80
    assert "hydra against corporate, its look-alike:" in lines
    assert any(line.startswith("audit passed: largest is ") for line in lines)
    assert any(line.startswith("Too few accounts") for line in lines)
    assert lines[-1].startswith("Next: ")


def test_failed(call, strict):
    said = call("audit", strict)
    assert said.code == 1
    lines = said.out.splitlines()
    assert max(len(line) for line in lines if str(strict) not in line) <= 80
    assert "Over the bound, each column by its strongest aggregate:" in lines
    assert "(hydra worker)" in said.out
    assert any(line.startswith("audit failed: ") for line in lines)
    assert lines[-1].startswith("Next: ")


def test_json_and_quiet(call, strict):
    said = call("audit", strict, "--json")
    assert said.code == 1
    about = json.loads(said.out)
    assert about["passed"] is False
    assert set(about["failures"][0]) == {
        "probe", "family", "campaign", "against", "auc", "low", "high", "bound", "lowest",
        "highest",
    }  # fmt: skip
    said = call("audit", strict, "-q")
    assert (said.code, said.out, said.err) == (1, "", "")


def test_nothing_to_judge(call):
    calm = recorded("calm-v2", 1, scale=0.02)
    said = call("audit", calm)
    assert (said.code, said.out) == (4, "")
    assert "no sham account" in said.err


def test_no_recording(call, tmp_path):
    assert call("audit", tmp_path).code == 2
    assert call("audit", tmp_path / "none").code == 2
    assert call("audit").code == 2
