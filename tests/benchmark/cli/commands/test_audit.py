"""``shamcrowd audit``."""

import json
import re

import pytest

from shamcrowd.benchmark.cli.audit_table import BEGIN, END
from tests.recordings import recorded

SETTINGS = ["campaigns.credit-farm=null", "audit={difficulty: careful, paired: {hydra: corporate}}"]
FREE = "audit={difficulty: careless, rule_recall: 1, because: a test}"


@pytest.fixture(scope="module")
def folders():
    return [recorded("quickstart-v2", s, scale=0.3, settings=SETTINGS) for s in (5, 6)]


@pytest.fixture(scope="module")
def free():
    settings = ["campaigns.credit-farm=null", FREE]
    return recorded("quickstart-v2", 5, scale=0.3, settings=settings)


def test_passed(call, free):
    said = call("audit", free, "--families", "presence")
    assert (said.code, said.err) == (0, "")
    lines = said.out.splitlines()
    assert max(map(len, lines)) <= 80
    assert lines[0].startswith("quickstart-v2, seed 5: ")
    assert any(line.startswith("audit passed: worst is ") for line in lines)
    assert lines[-1].startswith("Next: ")


def test_failed_with_a_red_team(call, folders):
    """No small world is asked to pass; two seeds and the model are shown in 80 columns."""
    said = call("audit", *folders, "--families", "presence,delays", "--red-team", "--set", "x=1")
    assert said.code in (0, 1)
    lines = said.out.splitlines()
    assert max(map(len, lines)) <= 80
    assert lines[0].startswith("quickstart-v2, seeds 5, 6: ")
    assert any(line.startswith("hydra (") and "corporate" in line for line in lines)
    assert any(line.startswith("The red team, ") for line in lines)
    assert any(line.startswith("hydra against corporate, gain: ") for line in lines)


def test_json_and_quiet(call, free):
    said = call("audit", free, "--families", "presence", "--json")
    about = json.loads(said.out)
    assert about["passed"] is True
    assert about["bounds"] == {"hydra": {"rule_recall": 1.0, "look_alike_auc": None}}
    assert about["rows"][0]["against"] == "everyone"
    said = call("audit", free, "--families", "presence", "-q")
    assert (said.code, said.out, said.err) == (0, "", "")


def test_a_scenario_is_played_at_each_seed(call, tmp_path):
    settings = ["campaigns.credit-farm=null", "audit={paired: {}}"]
    options = [part for s in settings for part in ("--set", s)]
    said = call("audit", "quickstart-v2", "--seeds", "5-6", "--scale", "0.2", "--families",
                "presence", "--out", tmp_path, *options)  # fmt: skip
    assert said.code == 1
    assert "no bound stated" in said.out
    assert {p.name for p in tmp_path.iterdir()} == {"quickstart-v2-5", "quickstart-v2-6"}


def test_the_table_goes_between_the_marks_of_a_page(call, folders, tmp_path):
    page = tmp_path / "page.md"
    page.write_text(f"Before\n{BEGIN}\nold\n{END}\nafter\n")
    for _ in range(2):
        call("audit", *folders, "--families", "presence", "--markdown", page, "-q")
    lines = page.read_text().splitlines()
    assert (lines[0], lines[1], lines[-2], lines[-1]) == ("Before", BEGIN, END, "after")
    assert len(lines) == 7
    assert re.match(r"\| quickstart-v2 \| [\d, ]+ \| presence \| hydra \| ", lines[4])
    assert {line.count("|") for line in lines[2:5]} == {lines[2].count("|")}
    page.write_text("no marks")
    assert call("audit", *folders, "--families", "presence", "--markdown", page).code == 2
    assert page.read_text() == "no marks"


def test_nothing_to_audit(call):
    said = call("audit", "calm-v2")
    assert (said.code, said.err) == (0, "")
    assert "nothing to audit" in said.out
    calm = recorded("calm-v2", 1, scale=0.02)
    said = call("audit", calm)
    assert (said.code, said.out) == (4, "")
    assert "no sham account" in said.err


def test_too_few_to_judge_is_no_pass(call, folders):
    """Alone it is exit code 4, among others the whole fails."""
    few = ["--seeds", "5", "--scale", "0.1", "--families", "presence", "-q", "--set", FREE]
    said = call("audit", "quickstart-v2", *few)
    assert said.code == 4
    assert "needs 20 sham accounts" in said.err
    assert call("audit", "calm-v2", "quickstart-v2", *few).code == 1


def test_a_scenario_that_fails_takes_none_down(call, tmp_path):
    bad = tmp_path / "bad-v1.yaml"
    bad.write_text("extends: calm-v2\ntitle: 3\nhorizon: never\n")
    assert call("audit", bad).code == 2
    said = call("audit", "calm-v2", bad, "--json")
    assert said.code == 1
    assert [run["passed"] for run in json.loads(said.out)] == [True, False]


def test_wrong_use(call, tmp_path, free):
    assert call("audit", tmp_path).code == 2
    assert call("audit", tmp_path / "none").code == 2
    assert call("audit").code == 2
    assert call("audit", "quickstart-v2", free).code == 2
    assert call("audit", free, "--red-team", "--families", "presence").code == 2
    assert call("audit", free, "--families", "presense").code == 2
