"""A detector that learns is fitted on every training seed, and each fit is scored on every seed."""

from __future__ import annotations

import numpy as np
import pytest

from shamcrowd.benchmark.evaluation.evaluate import rescore
from shamcrowd.benchmark.evaluation.plan import Plan
from shamcrowd.benchmark.evaluation.training import Training, labels_of
from shamcrowd.benchmark.scoring.findings_store import SavedFindings
from shamcrowd.benchmark.scoring.truth_arrays import open_truth
from shamcrowd.recording.errors import UsageError

LEARNER = """
import numpy as np

from shamcrowd.detectors.base import Findings


class Pupil:
    def fit(self, log, labels):
        # Which world it was fitted in can be read off its scores.
        self.many = log.accounts(["account"]).shape[0]
        self.shams = int(labels.sham.sum())

    def review(self, log):
        ids = log.accounts(["account"])["account"].to_numpy()
        rng = np.random.default_rng(self.many)
        return Findings(ids, rng.random(len(ids)) + self.many + self.shams)
"""
SEEDS = (801, 802)


@pytest.fixture(scope="module")
def pupils(tmp_path_factory, small_run, again):
    """A run with two training seeds, and its scores."""
    import shutil

    code = tmp_path_factory.mktemp("code") / "pupil.py"
    code.write_text(LEARNER)
    folder = tmp_path_factory.mktemp("runs") / "run"
    shutil.copytree(small_run.folder, folder)
    scores = again(folder, [f"{code}:Pupil", "velocity"], training=Training(seeds=SEEDS))
    return folder, scores


def test_every_pair_of_seeds_has_findings(pupils):
    folder, _ = pupils
    plan = Plan.read(folder)
    assert plan.training_seeds == SEEDS
    found = [
        SavedFindings.read(plan.findings(folder, seed, "pupil", trained)).score.min() // 1
        for trained in SEEDS
        for seed in (1, *plan.calibration_seeds)
    ]
    # Each training seed is one fit, whatever it is scored on.
    assert found[0] == found[1] != found[2] == found[3]
    assert not plan.findings(folder, 1, "velocity", SEEDS[1]).exists()


def test_a_figure_is_the_mean_over_training_seeds(pupils):
    _, scores = pupils
    by_name = {d.name: d for d in scores.detectors}
    one = by_name["pupil"].metrics["average-precision"]
    assert len(one.by_training) == 2
    assert one.by_training[0] != one.by_training[1]
    assert one.value == pytest.approx(np.mean(one.by_training))
    assert one.parts[0] == pytest.approx(np.mean(one.by_training, axis=0)[0])
    assert by_name["velocity"].metrics["average-precision"].by_training == ()
    assert by_name["velocity"].fitted == ()


def test_campaigns_and_segments_have_what_each_fit_found(pupils):
    _, scores = pupils
    pupil = next(d for d in scores.detectors if d.name == "pupil")
    assert pupil.campaigns
    for outcome in pupil.campaigns:
        assert len(outcome.by_training) == 2
        assert outcome.by_training[0] == (outcome.flagged, outcome.tokens_prevented)
    for harm in pupil.segments:
        assert next(iter(harm.by_training))[0] == harm.by_seed[0][1]


def test_labels_are_counted(pupils):
    folder, scores = pupils
    pupil = next(d for d in scores.detectors if d.name == "pupil")
    assert [of.seed for of in pupil.fitted] == list(SEEDS)
    for of in pupil.fitted:
        recording = Plan.read(folder).recording(folder, of.seed)
        labels, truth = labels_of(recording, "platform"), open_truth(recording)
        named = labels.account[labels.sham]
        sham = set(truth.account[truth.sham].tolist())
        assert (of.labels, of.named) == (len(labels.account), len(named))
        assert of.right == sum(a in sham for a in named.tolist())


def test_scored_again_it_is_the_same(pupils):
    folder, scores = pupils
    assert rescore(folder).detectors == scores.detectors


def test_seeds_have_one_purpose(tmp_path, again):
    for training, named in (((1, 2), 1), ((901,), 901)):
        with pytest.raises(UsageError, match=f"seed {named} is used to"):
            again(tmp_path / "run", ["velocity"], training=Training(seeds=training))


def test_another_operating_point_is_kept_with_the_run(pupils, tmp_path, small_run, again):
    import shutil

    folder = shutil.copytree(small_run.folder, tmp_path / "run")
    scores = again(folder, ["velocity"], operating_point="alerts-a-day=2")
    assert Plan.read(folder).operating_point == scores.operating_point == "alerts-a-day=2"
    assert rescore(folder).detectors == scores.detectors
    usual = {d.name: d.threshold for d in pupils[1].detectors}
    assert any(d.threshold != usual[d.name] for d in scores.detectors)
    with pytest.raises(UsageError, match="operating point 'some'"):
        again(folder, ["velocity"], operating_point="some")
