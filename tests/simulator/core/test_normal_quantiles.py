"""Normal quantiles are scipy's, but for the last bit."""

import numpy as np
from scipy.special import ndtri

from shamcrowd.simulator.core.normal_quantiles import normal_quantiles


def test_quantiles_are_those_of_scipy_in_the_centre_and_both_tails():
    edge = np.exp(-2.0)
    edges = np.array([edge, np.nextafter(edge, 0), 1 - edge, np.nextafter(1 - edge, 1)])
    far = 10.0 ** -np.arange(1, 16)
    chance = np.concatenate([edges, far, 1 - far, np.linspace(1e-6, 1 - 1e-6, 9999)])
    np.testing.assert_allclose(normal_quantiles(chance), ndtri(chance), rtol=2e-15)
    assert not len(normal_quantiles(np.empty(0)))
