"""Words of a recording in plain English."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from shamcrowd.benchmark.reports.recording.account_groups import AccountGroup
from shamcrowd.recording.manifest import Manifest
from shamcrowd.simulator.core.duration import parse

PHASES = {
    "recruit": "opens accounts",
    "age": "lets them rest",
    "work": "puts them to work",
    "pivot": "moves to a new model",
    "replace": "opens accounts for those it lost",
    "wind-down": "stops",
}
TERMS = (
    ("population", "", "One kind of honest user."),
    ("campaign", "", "One hand that drives many accounts to abuse the platform."),
    ("tactic", "", "The kind of abuse; two campaigns may use the same."),
    (
        "sham account",
        "",
        "An account that a campaign drives. To the platform it looks like any customer's.",
    ),
    (
        "distillation",
        "distil",
        "Asking a model very many questions to train another model on its answers.",
    ),
    ("trial credit", "trial", "Use worth a few dollars that every new account gets for nothing."),
)
"""Word, the stem that must stand in a description for the word to need explaining, meaning."""


def explained(groups: Sequence[AccountGroup]) -> list[tuple[str, str]]:
    """Words and meanings that the descriptions of ``groups`` call for."""
    told = " ".join(f"{g.about} {g.longer}" for g in groups).lower()
    sham = any(g.sham for g in groups)
    return [
        (word, meaning)
        for word, stem, meaning in TERMS
        if stem in told and (sham or word in ("population", "trial credit"))
    ]


def releases(manifest: Manifest) -> list[tuple[str, int]]:
    """Models that came out, with the moment (ms since 1970), in the order of time."""
    held: Any = manifest.resolved.get("releases") or ()
    came = [(str(r["model"]), manifest.start + parse(r["at"])) for r in held]
    return sorted(came, key=lambda release: (release[1], release[0]))
