"""Every detector that is found keeps the rules, or its failure is expected and says why."""

import warnings

import pytest

from shamcrowd.detectors import check_detector
from shamcrowd.detectors.registry import detector_names, load_detector

EXPECTED = {
    "random": {"is_blind_to_the_calendar": "its lot is a hash of the moment of sign-up"},
}


@pytest.mark.parametrize("name", detector_names())
def test_keeps_the_rules(name):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        check_detector(load_detector(name), EXPECTED.get(name, {}))
