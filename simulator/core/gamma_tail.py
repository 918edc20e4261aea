"""Upper tail of the gamma distribution, without scipy.

Importing `scipy.stats` takes longer than a small world does. The series and the continued fraction
are those of the NIST Digital Library of Mathematical Functions, 8.11.4 and 8.9.2.
"""

from __future__ import annotations

import math

_ENOUGH = 1e-15
"""Terms of the series, and steps of the fraction, that change less than this share end it."""
_MOST = 100_000
_TINY = 1e-300


def log_gamma_tail(value: float, shape: float) -> float:
    """Return the logarithm of the probability that a gamma variable of scale 1 is larger.

    Args:
        value: at least 0.
        shape: the variable's shape, above 0.

    >>> round(log_gamma_tail(2.5, 1.0), 12)
    -2.5
    """
    if value <= 0:
        return 0.0
    density = shape * math.log(value) - value - math.lgamma(shape)
    if value < shape + 1:
        below = math.exp(density) * _series(value, shape)
        return math.log1p(-min(below, 1 - 2**-53))
    return density + math.log(_fraction(value, shape))


def _series(value: float, shape: float) -> float:
    term = total = 1 / shape
    for number in range(1, _MOST):
        term *= value / (shape + number)
        total += term
        if term < total * _ENOUGH:
            break
    return total


def _fraction(value: float, shape: float) -> float:
    """The continued fraction by Lentz's method."""
    below = value + 1 - shape
    above, ratio = 1 / _TINY, 1 / below
    result = ratio
    for number in range(1, _MOST):
        factor = -number * (number - shape)
        below += 2
        ratio = 1 / (factor * ratio + below or _TINY)
        above = below + factor / above or _TINY
        step = ratio * above
        result *= step
        if abs(step - 1) < _ENOUGH:
            break
    return result
