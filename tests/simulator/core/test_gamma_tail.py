"""The upper tail of the gamma distribution is scipy's."""

import numpy as np
import pytest
from scipy.stats import gamma

from shamcrowd.simulator.core.gamma_tail import log_gamma_tail


@pytest.mark.parametrize("shape", [0.01, 0.5, 1.0, 3.7, 40.0, 2_000.0])
def test_tails_are_those_of_scipy_on_both_sides_of_the_switch(shape):
    for value in (shape + 1) * np.array([1e-3, 0.5, 1 - 1e-9, 1.0, 1.5, 4.0]):
        expected = gamma.logsf(value, shape)
        if expected > -600:
            assert log_gamma_tail(value, shape) == pytest.approx(expected, rel=1e-10, abs=1e-12)


def test_beyond_the_smallest_number_there_is_still_a_logarithm():
    assert log_gamma_tail(0.0, 2.0) == 0.0
    assert log_gamma_tail(5_000.0, 2.0) == pytest.approx(-5_000 + np.log(5_001), rel=1e-12)
