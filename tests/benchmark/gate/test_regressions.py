"""The gate tells a detector made worse on purpose from one that is only left to luck."""

from __future__ import annotations

from dataclasses import replace

import pytest

from shamcrowd.benchmark.evaluation.evaluate import rescore
from shamcrowd.benchmark.evaluation.plan import Plan, board_name
from shamcrowd.benchmark.gate.baseline import Baseline
from shamcrowd.benchmark.gate.compare import compare
from shamcrowd.benchmark.scoring.findings_store import FindingsWriter
from shamcrowd.recording.manifest import Manifest
from shamcrowd.recording.units import EARLIEST
from shamcrowd.recording.view import LogView, open_log
from tests.benchmark.gate import lab
from tests.recordings import lay

WORSE = ("ThresholdMoved", "FeatureDropped", "LookBackCut")
TIMES = 10


def review(kind, recording, folder):
    """Write what a detector finds. In this process: the gate asks for no other."""
    source, since = open_log(recording), EARLIEST
    moments = Manifest.read(recording).reviews
    opened = [
        source.rows("accounts", EARLIEST, now, ["account"]).column(0).to_numpy() for now in moments
    ]
    detector, writer = kind(), FindingsWriter(folder, opened[-1])
    for number, (now, known) in enumerate(zip(moments, opened, strict=True)):
        found = detector.review(LogView(source, now, since)).checked(known)
        writer.add(number, found)
        since = now
    writer.finish(kind.__name__, {}, 0.0, 0.0)
    writer.partial.rename(folder)


@pytest.fixture(scope="module")
def reached(tmp_path_factory):
    """What each variant reaches: as it is, and with ten lots of luck."""
    variants = {}
    for name in ("SharedThings", *WORSE):
        kind = getattr(lab, name)
        variants[name] = kind
        for seed in range(TIMES if name == "SharedThings" else 3):
            body = {"LOST": 0.05, "SEED": seed, "__module__": "lab"}
            variants[f"{name}{seed}"] = type(f"{name}{seed}", (kind,), body)
    # On seed 1 luck decides whether it flags any honest account at all, and so whether the ratio of
    # segments can be measured.
    seeds, calibration = (2, 3, 4), (901,)
    # As `smoke-v2` does it.
    # Careless campaigns: where about half are flagged, luck decides whether the time to detect can
    # be measured.
    careless = [f"campaigns.{name}.evasion.rotation=0" for name in ("hydra", "credit-farm")]
    world = {"settings": ["reviews=12h", *careless], "scale": 0.3}
    boards = {name: board_name(kind) for name, kind in variants.items()}
    plan = Plan("quickstart-v2", "", "", {}, seeds, calibration, 0.01, tuple(boards.values()))
    folder = tmp_path_factory.mktemp("variants") / "run"
    lay(folder, "quickstart-v2", (*seeds, *calibration), **world)
    plan.write(folder)
    for seed in (*seeds, *calibration):
        for name, kind in variants.items():
            review(kind, plan.recording(folder, seed), plan.findings(folder, seed, boards[name]))
    scores = rescore(folder)
    every = Baseline.of("suite", {}, {"quickstart-v2": scores})
    held = every.scenarios["quickstart-v2"]

    def alone(variant):
        """As if this had been the team's only detector, under its one name."""
        figures = {"mine": held.figures[boards[variant]]}
        return replace(every, scenarios={"quickstart-v2": replace(held, figures=figures)})

    return alone


@pytest.mark.parametrize("worse", WORSE)
def test_a_detector_made_worse_on_purpose_turns_it_red(reached, worse):
    assert compare(reached("SharedThings"), reached("SharedThings"), {}).exit_code == 0
    verdict = compare(reached("SharedThings"), reached(worse), {})
    assert verdict.exit_code == 1
    assert verdict.line.startswith("RED: ")


def test_the_same_detector_ten_times_over_stays_green(reached):
    """Every pair: the one is the baseline, the other today's run."""
    verdicts = [
        compare(reached(f"SharedThings{a}"), reached(f"SharedThings{b}"), {})
        for a in range(TIMES)
        for b in range(TIMES)
        if a != b
    ]
    red = [v.line for v in verdicts if v.exit_code]
    assert len(red) <= 0.05 * len(verdicts), red
    # They did differ, so that there was something to tell.
    assert sum(e.kind in ("within", "improved") for v in verdicts for e in v.entries) > 100


@pytest.mark.parametrize("worse", WORSE)
def test_luck_hides_no_loss(reached, worse):
    missed = [
        (a, b)
        for a in range(TIMES)
        for b in range(3)
        if not compare(reached(f"SharedThings{a}"), reached(f"{worse}{b}"), {}).exit_code
    ]
    assert len(missed) <= 0.1 * TIMES * 3, missed
