"""Quantiles of the standard normal distribution, without scipy.

Importing scipy's takes as long as a small world does. This is the same method, the rational
approximations of Moshier's Cephes (`ndtri`, 1989), whose relative error is below 1e-15.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

_TAIL = 0.13533528323661269189
"""exp(-2): below it, and above 1 less it, one of the tails' approximations is used."""
_FAR = 8.0
_ROOT_OF_2_PI = 2.50662827463100050242
_CENTRE = (
    (-5.99633501014107895267e1, 9.80010754185999661536e1, -5.66762857469070293439e1,
     1.39312609387279679503e1, -1.23916583867381258016),
    (1.0, 1.95448858338141759834, 4.67627912898881538453, 8.63602421390890590575e1,
     -2.25462687854119370527e2, 2.00260212380060660359e2, -8.20372256168333339912e1,
     1.59056225126211695515e1, -1.18331621121330003142),
)  # fmt: skip
_NEAR_TAIL = (
    (4.05544892305962419923, 3.15251094599893866154e1, 5.71628192246421288162e1,
     4.40805073893200834700e1, 1.46849561928858024014e1, 2.18663306850790267539,
     -1.40256079171354495875e-1, -3.50424626827848203418e-2, -8.57456785154685413611e-4),
    (1.0, 1.57799883256466749731e1, 4.53907635128879210584e1, 4.13172038254672030440e1,
     1.50425385692907503408e1, 2.50464946208309415979, -1.42182922854787788574e-1,
     -3.80806407691578277194e-2, -9.33259480895457427372e-4),
)  # fmt: skip
_FAR_TAIL = (
    (3.23774891776946035970, 6.91522889068984211695, 3.93881025292474443415,
     1.33303460815807542389, 2.01485389549179081538e-1, 1.23716634817820021358e-2,
     3.01581553508235416007e-4, 2.65806974686737550832e-6, 6.23974539184983293730e-9),
    (1.0, 6.02427039364742014255, 3.67983563856160859403, 1.37702099489081330271,
     2.16236993594496635890e-1, 1.34204006088543189037e-2, 3.28014464682127739104e-4,
     2.89247864745380683936e-6, 6.79019408009981274425e-9),
)  # fmt: skip


def normal_quantiles(chance: Floats) -> Floats:
    """Return the values below which a standard normal number lies with some probabilities.

    Args:
        chance: shape (n,), probabilities in (0, 1).

    >>> normal_quantiles(np.array([0.025, 0.5, 0.975])).round(3).tolist()
    [-1.96, 0.0, 1.96]
    """
    upper = chance > 1 - _TAIL
    lower = np.where(upper, 1 - chance, chance)
    values = np.empty(len(chance))
    central = lower > _TAIL
    off = lower[central] - 0.5
    square = off * off
    values[central] = (off + off * (square * _ratio(square, _CENTRE))) * _ROOT_OF_2_PI
    root = np.sqrt(-2 * np.log(lower[~central]))
    first, inverse = root - np.log(root) / root, 1 / root
    near, far = (inverse * _ratio(inverse, tail) for tail in (_NEAR_TAIL, _FAR_TAIL))
    tail = first - np.where(root < _FAR, near, far)
    values[~central] = np.where(upper[~central], tail, -tail)
    return values


def _ratio(x: Floats, polynomials: tuple[tuple[float, ...], tuple[float, ...]]) -> Floats:
    """A quotient of two polynomials, coefficients of the highest powers first."""
    above, below = (_polynomial(x, each) for each in polynomials)
    return above / below


def _polynomial(x: Floats, coefficients: tuple[float, ...]) -> Floats:
    value = np.full(len(x), coefficients[0])
    for each in coefficients[1:]:
        value = value * x + each
    return value
