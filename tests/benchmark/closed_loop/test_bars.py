"""What must hold of any closed loop: the ceiling holds the damage, a lottery does not deter."""

from __future__ import annotations

import json
import shutil

import pytest

from shamcrowd.benchmark.closed_loop.run import evaluate_in_the_loop
from shamcrowd.benchmark.evaluation.experiment import Experiment
from shamcrowd.recording.errors import UsageError
from tests.benchmark.conftest import SCALE, SCENARIO


def test_the_oracle_without_delay_holds_most_of_the_damage(instant):
    oracle = next(d for d in instant[1].detectors if d.name == "oracle")
    # What is left is done before the first review of an account, much of it by a few busy ones.
    assert min(oracle.figures["damage-held"].by_seed) > 0.7
    assert oracle.figures["wrong-bans"].by_seed == (0.0, 0.0)


def test_a_lottery_does_not_deter(instant):
    lottery = next(d for d in instant[1].detectors if d.name == "random")
    assert max(lottery.figures["damage-held"].by_seed) < 0.15


def test_nobody_defends_the_open_loop(instant):
    bare = instant[1].bare
    assert bare["damage-held"].by_seed == (0.0, 0.0)
    assert bare["accounts-burned"].value == 0
    assert bare["wrong-bans"].value == bare["revenue-lost"].value == 0


def test_the_gap_is_the_loop_less_the_open_loop_seed_by_seed(instant):
    for detector in instant[1].detectors:
        beside = detector.metrics["damage-held"]
        for before, after, gap in zip(
            beside.open.by_seed, beside.closed.by_seed, beside.gap.by_seed, strict=True
        ):
            assert gap == pytest.approx(after - before)


def test_no_interval_below_five_seeds(instant):
    text = json.loads((instant[0] / "loop.json").read_text("utf-8"))

    def bounds(node):
        if isinstance(node, dict):
            if "low" in node and "by_seed" in node:
                yield node["low"], node["high"]
            for value in node.values():
                yield from bounds(value)
        elif isinstance(node, list):
            for value in node:
                yield from bounds(value)

    found = list(bounds(text))
    assert len(found) > 50
    assert set(found) == {(None, None)}


def test_same_results_from_one_worker_and_another_folder(instant, small_run, tmp_path):
    """Cells side by side or one after the other: the same recordings and the same figures."""
    folder = shutil.copytree(small_run.folder, tmp_path / "run")
    evaluate_in_the_loop(
        Experiment(SCENARIO, scale=SCALE, workers=1),
        ["shared-resources"],
        out=folder,
        response="instant",
    )
    for name in (d.name for d in instant[1].detectors):
        one, two = (
            json.loads((f / f"loop/instant/{name}/seed-1.json").read_text("utf-8"))
            for f in (instant[0], folder)
        )
        for part in ("fingerprint", "metrics", "figures", "campaigns", "timeline", "banned"):
            assert one[part] == two[part], (name, part)


def test_finished_loops_are_used_again_and_damaged_ones_are_not(instant, tmp_path, heard):
    folder = shutil.copytree(instant[0], tmp_path / "run")
    (folder / "loop/instant/oracle/seed-2.json").write_text("{", "utf-8")
    evaluate_in_the_loop(
        Experiment(SCENARIO, seeds=(1, 2), scale=SCALE, workers=2), ["shared-resources"],
        out=folder, response="instant", listener=heard,
    )  # fmt: skip
    assert heard.stages["in the loop"] == 1
    assert (folder / "loop.json").read_bytes() == (instant[0] / "loop.json").read_bytes()


def test_a_policy_that_asks_nobody_is_no_loop(looped):
    with pytest.raises(UsageError, match="that is the open loop"):
        looped(["velocity"], response="none")
    with pytest.raises(UsageError, match="no response 'standrad'; there are: "):
        looped(["velocity"], response="standrad")
