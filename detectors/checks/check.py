"""``check_detector``: the conformance checks, for authors of detectors."""

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
    """Try a detector on a small log; quiet if all is well.

    Args:
        make: what makes a detector when called without arguments: its class.
        expected: rules that it is known to break, by name, each with the reason.

    Raises:
        DetectorError: naming every rule of ``shamcrowd.detectors.checks.rules.MUST`` that it
        breaks, and
            every expected failure that did not happen. A broken rule of ``SHOULD`` only warns.

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
    except Exception as fault:  # whatever a stranger's code may raise
        return f"{type(fault).__name__}: {fault}"
