"""`run --response`, `duel` and `sweep` as people run them."""

import json
import shutil

import pytest

from shamcrowd.benchmark.evaluation.plan import CALIBRATION_SEEDS
from tests.benchmark.conftest import SCALE, SCENARIO
from tests.recordings import lay

USUAL = ("--scale", SCALE, "--workers", "2")


def no_wider_than_80(out):
    told = [line for line in out.splitlines() if not line.startswith("Next: ")]
    assert max(map(len, told)) <= 80, [line for line in told if len(line) > 80]


@pytest.fixture
def run_folder(small_run, tmp_path):
    return shutil.copytree(small_run.folder, tmp_path / "run")


def test_run_with_a_response(call, run_folder):
    said = call("run", SCENARIO, "--detector", "velocity", "--seeds", "1", "--response",
                "standard", *USUAL, "--out", run_folder)  # fmt: skip
    assert said.code == 0, said.err
    no_wider_than_80(said.out)
    rows = {line.split()[0]: line for line in said.out.splitlines() if line.strip()}
    assert {"undefended", "velocity", "oracle", "random"} <= set(rows)
    assert "damage" in said.out
    assert "Fewer than 5 seeds: no intervals" in said.out
    assert said.out.splitlines()[-1].startswith("Next: open ")
    for name in ("arms-race.html", "report.html", "loop.json", "scores.json"):
        assert (run_folder / name).is_file()
    assert json.loads((run_folder / "loop.json").read_text("utf-8"))["response"] == "standard"


def test_response_none_is_the_open_loop(call, run_folder):
    said = call("run", SCENARIO, "--detector", "velocity", "--detector", "shared-resources",
                "--seeds", "1,2", "--response", "none", *USUAL, "--out", run_folder)  # fmt: skip
    assert said.code == 0, said.err
    assert "4 of 4 recordings exist and are used again" in said.err
    assert not (run_folder / "loop.json").exists()
    assert not (run_folder / "loop").exists()


def test_a_response_that_is_not_there(call, tmp_path):
    said = call("run", SCENARIO, "--detector", "velocity", "--response", "standrad",
                "--out", tmp_path / "x")  # fmt: skip
    assert said.code == 2
    assert "no response 'standrad'; there are: " in said.err
    assert not (tmp_path / "x").exists()


def test_a_detector_that_fails_inside_the_run(call, run_folder, tmp_path):
    path = tmp_path / "mine.py"
    path.write_text(
        "import numpy as np\n"
        "from shamcrowd.detectors.base import Findings\n\n\n"
        "class Mine:\n"
        "    def review(self, log):\n"
        "        ids = log.accounts(['account'])['account'].to_numpy()\n"
        "        if log._source.live:\n"
        "            raise LookupError('not here')\n"
        "        return Findings(ids, np.zeros(len(ids)))\n",
        "utf-8",
    )
    said = call("run", SCENARIO, "--detector", f"{path}:Mine", "--seeds", "1", "--response",
                "standard", *USUAL, "--out", run_folder)  # fmt: skip
    assert said.code == 3
    assert "mine failed: in the loop, on seed 1: LookupError: not here" in said.out
    assert f'File "{path}", line 9, in review' in said.out


def test_duel(call, tmp_path):
    lay(tmp_path / "duel", SCENARIO, (1, *CALIBRATION_SEEDS), scale=SCALE)
    said = call("duel", SCENARIO, "--detectors", "velocity,oracle", "--strategies",
                "naive,learning", "--seeds", "1", "--responses", "instant", *USUAL,
                "--out", tmp_path / "duel")  # fmt: skip
    assert said.code == 0, said.err
    no_wider_than_80(said.out)
    assert all(word in said.out for word in ("velocity", "oracle", "naive", "learning"))
    cells = json.loads((tmp_path / "duel" / "duel.json").read_text("utf-8"))["cells"]
    assert {(c["detector"], c["strategy"], c["status"]) for c in cells} == {
        (d, s, "ok") for d in ("velocity", "oracle") for s in ("naive", "learning")
    }
    page = (tmp_path / "duel" / "duel.html").read_text("utf-8")
    assert "<svg" in page or "<table" in page
    assert page.count("velocity") >= 1
    again = call("duel", SCENARIO, "--detectors", "velocity,oracle", "--strategies",
                 "naive,learning", "--seeds", "1", "--responses", "instant", *USUAL,
                 "--json", "--out", tmp_path / "duel")  # fmt: skip
    assert json.loads(again.out)["cells"] == cells


def test_sweep(call, tmp_path):
    said = call("sweep", SCENARIO, "--knob", "campaigns.hydra.evasion.rotation", "--steps", "2",
                "--detector", "velocity", "--seeds", "1", *USUAL, "--out",
                tmp_path / "out")  # fmt: skip
    assert said.code == 0, said.err
    no_wider_than_80(said.out)
    assert "area" in said.out
    assert "-0.000" not in said.out
    assert (tmp_path / "out" / "sweep.html").is_file()
    assert json.loads((tmp_path / "out" / "sweep.json").read_text("utf-8"))["values"] == [0, 1]


def test_sweep_of_an_unknown_knob(call, tmp_path):
    said = call("sweep", SCENARIO, "--knob", "campaigns.hydra.evasion.rotatoin", "--detector",
                "velocity", "--out", tmp_path / "out")  # fmt: skip
    assert said.code == 2
    assert "rotation" in said.err


def test_names_with_a_hole(call, tmp_path):
    said = call("duel", SCENARIO, "--detectors", "velocity,,random", "--strategies", "naive",
                "--out", tmp_path / "out")  # fmt: skip
    assert said.code == 2
    assert "empty name" in said.err
