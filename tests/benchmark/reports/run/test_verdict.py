"""The verdict says what the board shows."""

from dataclasses import replace

import pytest

from shamcrowd.benchmark.reports.run.verdict import ACCOUNTS, CAMPAIGNS, verdict, what_was_measured
from shamcrowd.benchmark.scoring.scores import Measurement


@pytest.fixture
def changed(scores):
    """The scores with one metric of one detector replaced."""

    def make(name, metric, measurement):
        return replace(
            scores,
            detectors=tuple(
                replace(d, metrics=d.metrics | {metric: measurement}) if d.name == name else d
                for d in scores.detectors
            ),
        )

    return make


def test_what_was_measured(scores, calm):
    assert what_was_measured(scores) == (
        "3 detectors and 2 controls scored 250 accounts and 12,345 requests on 1 seed; "
        "20 of the accounts are sham (prevalence 8 %)."
    )
    assert what_was_measured(calm).endswith("none of the accounts is sham.")


def test_seeds_that_differ_are_told_as_a_range(scores):
    other = replace(scores.recordings[0], accounts=1200, sham_accounts=120, prevalence=0.1)
    both = replace(scores, seeds=(1, 2), recordings=(other, *scores.recordings))
    said = what_was_measured(both)
    assert "250 to 1,200 accounts and 12,345 requests on each of 2 seeds;" in said
    assert "20 to 120 of the accounts are sham (prevalence 8 % to 10 %)" in said


def test_the_best_is_named_with_its_rival_and_its_harm(scores):
    assert verdict(scores) == [
        "Finding campaigns (campaign recall): linker leads with 0.600; the best control is "
        "volume-only with 0.050.",
        "Finding accounts (recall at 0.1 % false positives): linker leads with 0.600; the best "
        "control is volume-only with 0.050.",
        "At its operating point linker flags 3 legitimate accounts (1.3 %); the highest rate is "
        "1.5 % in the segment casual.",
    ]


def test_a_control_told_the_truth_is_no_rival(scores):
    assert "oracle" not in " ".join(verdict(scores))


def test_no_detector_beats_the_controls(changed):
    said = verdict(changed("volume-only", ACCOUNTS, Measurement(0.6)))[1]
    assert "no detector is better than the controls" in said
    assert "linker leads with 0.600; the best control is volume-only with 0.600" in said


def test_equal_ones_lead_together(changed):
    said = verdict(changed("counter", CAMPAIGNS, Measurement(0.6004)))
    assert "linker and counter lead with 0.600" in said[0]
    assert said[-1] == "At its operating point counter flags no legitimate account."


def test_overlapping_intervals_are_no_proof(changed):
    apart = changed("linker", CAMPAIGNS, Measurement(0.6, 0.2, 0.9))
    assert "due to chance" not in verdict(apart)[0]
    near = changed("volume-only", CAMPAIGNS, Measurement(0.05, 0.0, 0.3))
    linker = apart.detectors[0]
    near = replace(near, detectors=(linker, *near.detectors[1:]))
    said = verdict(near)[0]
    assert "linker leads with 0.600 (95 % interval 0.200 to 0.900)" in said
    assert said.endswith("Their intervals overlap, so the difference may be due to chance.")


def test_controls_at_nothing_are_not_listed(changed):
    said = verdict(changed("volume-only", CAMPAIGNS, Measurement(0.0004)))[0]
    assert said.endswith(
        "linker leads with 0.600; the controls that do not read the truth find none."
    )


def test_without_controls(scores):
    alone = replace(scores, detectors=scores.detectors[:1])
    assert "no control to compare with was measured" in verdict(alone)[0]


def test_without_abuse_only_harm_is_told(calm):
    said = verdict(calm)
    assert said[0].startswith("There is no abuse")
    assert len(said) == 3
    assert "linker flags 3 legitimate accounts" in said[1]


def test_nobody_finished(scores):
    broken = tuple(d for d in scores.detectors if d.status != "ok")
    assert verdict(replace(scores, detectors=broken)) == [
        "No detector finished, so there is nothing to compare."
    ]
