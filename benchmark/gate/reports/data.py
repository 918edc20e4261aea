"""The verdict as JSON."""

from __future__ import annotations

import json
from dataclasses import asdict

from shamcrowd.benchmark.gate.verdict import Verdict


def data(verdict: Verdict) -> str:
    """Verdict, exit code and every figure: those that decide first, the rest in their order."""
    worst = {id(entry): place for place, entry in enumerate(verdict.bad)}
    ordered = sorted(verdict.entries, key=lambda e: worst.get(id(e), len(worst)))
    report = {
        "suite": verdict.suite,
        "verdict": verdict.line,
        "exit_code": verdict.exit_code,
        "counts": verdict.counts,
        "failed": [
            {"scenario": scenario, "detector": detector or None, "error": error}
            for scenario, detector, error in verdict.failed
        ],
        "refused": [{"scenario": scenario, "reason": why} for scenario, why in verdict.refused],
        "conditions": list(verdict.conditions),
        "figures": [asdict(entry) for entry in ordered],
    }
    return json.dumps(report, indent=1) + "\n"
