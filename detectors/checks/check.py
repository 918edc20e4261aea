"""``check_detector``: conformance checks for authors of detectors."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Mapping
from types import MappingProxyType

from shamcrowd.detectors.base import Detector
from shamcrowd.detectors.checks.rules import MUST, SHOULD, Rule
from shamcrowd.detectors.checks.trial import Trial
from shamcrowd.recording.errors import DetectorError

NOTHING: Mapping[str, str] = MappingProxyType({})


def check_detector(make: Callable[[], Detector], expected: Mapping[str, str] = NOTHING) -> None:
    """Check a detector on a small log against all rules; return silently if it keeps them.

    The rules of `shamcrowd.detectors.checks.rules.MUST` are required. A broken rule of ``SHOULD``
    only gives a warning.

    Args:
        make: the detector's class, or another callable without arguments that returns a detector.
        expected: names of rules that the detector is known to break, each with the reason.

    Raises:
        DetectorError: with every required rule that the detector breaks, and every expected
            failure that did not happen.

    >>> from shamcrowd.detectors.rules.velocity import Velocity
    >>> check_detector(Velocity)
    """
    breaches = []
    trial = Trial(make)
    for rule in (*MUST, *SHOULD):
        name = rule.__name__
        said = _tried(rule, trial)
        if name in expected:
            if not said:
                breaches.append(f"{name}: was expected to fail ({expected[name]}) and did not")
        elif said and rule in MUST:
            breaches.append(f"{name}: {said}")
        elif said:
            warnings.warn(f"{name}: {said}", stacklevel=2)
    if breaches:
        raise DetectorError("the detector breaks the rules:\n  " + "\n  ".join(breaches))


def _tried(rule: Rule, trial: Trial) -> str:
    try:
        return rule(trial)
    except Exception as fault:  # a detector may raise anything
        return f"{type(fault).__name__}: {fault}"
