"""Which detectors use the shared features, as far as their code says so."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Any

from shamcrowd.detectors.features.accounts import AccountFeatures


def names_features(maker: Callable[[], Any]) -> bool:
    """Does the code of a detector, or of the adapter it is made with, name `AccountFeatures`?

    >>> from shamcrowd.detectors.adapters.estimator import estimator
    >>> names_features(estimator(lambda: None)), names_features(str)
    (True, False)
    """
    code = getattr(maker, "review", maker)
    known = {**getattr(inspect.unwrap(code), "__globals__", {}), **getattr(code, "__globals__", {})}
    return AccountFeatures.__name__ in known
