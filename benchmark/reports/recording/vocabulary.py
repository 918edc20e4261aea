"""Words on the page of a recording that need explaining."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from shamcrowd.benchmark.reports.recording.account_groups import NamedGroup
from shamcrowd.recording.manifest import Manifest
from shamcrowd.simulator.core.duration import parse

PHASES = {
    "recruit": "opens accounts",
    "age": "lets the accounts age",
    "work": "starts to use them",
    "pivot": "moves to a new model",
    "replace": "replaces lost accounts",
    "wind-down": "stops",
}
TERMS = (
    ("population", "", "A kind of legitimate user."),
    ("campaign", "", "An operation that abuses the platform with many accounts under one control."),
    ("tactic", "", "The kind of abuse. Two campaigns may use the same tactic."),
    (
        "sham account",
        "",
        "An account that a campaign operates. The platform cannot tell it from other accounts.",
    ),
    (
        "distillation",
        "distil",
        "Collecting very many answers of a model to train another model on them.",
    ),
    ("trial credit", "trial", "Free credit of a few dollars that every new account receives."),
)
"""Word, the stem that a description must contain for the word to be explained, and its meaning."""


def explained(groups: Sequence[NamedGroup]) -> list[tuple[str, str]]:
    """The words that the descriptions of ``groups`` use, with their meanings."""
    text = " ".join(f"{g.about} {g.longer}" for g in groups).lower()
    sham = any(g.sham for g in groups)
    return [
        (word, meaning)
        for word, stem, meaning in TERMS
        if stem in text and (sham or word in ("population", "trial credit"))
    ]


def releases(manifest: Manifest) -> list[tuple[str, int]]:
    """Model releases with their times (ms since 1970), in order of time."""
    held: Any = manifest.resolved.get("releases") or ()
    came = [(str(r["model"]), manifest.start + parse(r["at"])) for r in held]
    return sorted(came, key=lambda release: (release[1], release[0]))
