"""`check_metric` names the rule that a metric breaks."""

from __future__ import annotations

import numpy as np
import pytest

from shamcrowd.benchmark.scoring.checks.check import check_metric
from shamcrowd.benchmark.scoring.metrics.base import Metric
from shamcrowd.recording.errors import PluginError


class Recall(Metric):
    """Share of sham accounts flagged. Source: none."""

    title, short = "recall", "recall"
    value_best, value_all_flagged, value_none_flagged = 1.0, 1.0, 0.0
    monotone = True

    def measure(self, findings):
        return [float(findings.alert[findings.truth.sham].mean())]


def _without_source():
    class Silent(Recall):
        """Share of sham accounts flagged."""

    return Silent


def _wrong_value():
    class Wrong(Recall):
        """Source: none."""

        value_all_flagged = 0.5

    return Wrong


def _out_of_range():
    class Wide(Recall):
        """Source: none."""

        high = 0.5

    return Wide


def _other_direction():
    class Less(Recall):
        """Source: none."""

        def measure(self, findings):
            return [1.0 - super().measure(findings)[0]]

    return Less


def _raises():
    class Raises(Recall):
        """Source: none."""

        def measure(self, findings):
            raise ZeroDivisionError("no accounts")

    return Raises


def _changes_its_input():
    class Changes(Recall):
        """Source: none."""

        def measure(self, findings):
            value = super().measure(findings)
            findings.score[:] = 0.0
            return value

    return Changes


def _draws():
    class Draws(Recall):
        """Source: none."""

        def measure(self, findings):
            return [super().measure(findings)[0] * float(np.random.default_rng().random())]

    return Draws


def _wrong_chance():
    class Lucky(Recall):
        """Source: none."""

        def chance(self, prevalence):
            return 0.9

    return Lucky


def test_a_good_one_is_quiet():
    check_metric(Recall)


@pytest.mark.parametrize(
    ("make", "rules"),
    [
        (_without_source, ["describes_itself"]),
        (_wrong_value, ["has_its_value_with_all_flagged"]),
        (_out_of_range, ["stays_in_its_range"]),
        (_other_direction, ["has_its_value_at_best", "never_falls_where_monotone"]),
        (_raises, ["has_its_value_at_best"]),
        (_changes_its_input, ["leaves_findings_alone"]),
        (_draws, ["is_deterministic"]),
        (_wrong_chance, ["says_what_chance_gives"]),
    ],
)
def test_names_the_rule(make, rules):
    with pytest.raises(PluginError) as error:
        check_metric(make())
    for rule in rules:
        assert rule in str(error.value)
    assert "test_check.py:" in error.value.faults[0].place
