"""Under which conditions detectors were judged, in sentences: the seal and the secret."""

from __future__ import annotations

from collections.abc import Iterable

from shamcrowd.benchmark.execution.seal import seal_of
from shamcrowd.simulator.core.secret import shown

UNLABELLED_NOTE = (
    "Only injected accounts are labelled. Precision and false-positive rates take every account of "
    "the background to be legitimate: a campaign that the background holds counts as false alarms."
)
"""What is to be known of scores on a recording with injected campaigns."""


def conditions(seal: str, secret: str = "") -> list[str]:
    """Sentences for a board or a page; none of what is not known.

    Args:
        seal: how detectors were sealed off, as ``versions.seal`` of ``scores.json`` says it.
        secret: SHA-256 of the judge's secret; "" if the recordings were made without one.

    >>> conditions("sealed by Landlock 7, seccomp", "0123456789abcdef" * 4)
    ['Detectors were sealed by Landlock 7, seccomp.', 'Made with the secret 0123456789ab….']
    >>> conditions("not sealed (files: this system has no Landlock)")
    ['Detectors were not sealed (files: this system has no Landlock).']
    """
    notes = [f"Detectors were {seal}."] if seal else []
    return notes + ([f"Made with the secret {shown(secret)}…."] if secret else [])


def common(versions: Iterable[dict[str, str]]) -> tuple[str, str]:
    """Seal and secret of several results together, from their ``versions``.

    >>> common([{"seal": "sealed by A"}, {"seal": "not sealed (files)"}])
    ('not sealed (files)', '')
    """
    held = list(versions)
    secrets = sorted({one["secret"] for one in held if one.get("secret")})
    return seal_of(one.get("seal", "") for one in held), ", ".join(secrets)
