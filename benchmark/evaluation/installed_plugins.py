"""Which plug-ins of installed packages recordings and scores were made with."""

from __future__ import annotations

import hashlib
from typing import Any

from shamcrowd.benchmark.scoring.metrics.registry import metrics
from shamcrowd.recording.origin import source_digest
from shamcrowd.recording.plugins.catalogue import Catalogue
from shamcrowd.recording.plugins.finding import Entry
from shamcrowd.recording.plugins.source import folders
from shamcrowd.simulator.registry import populations, strategies, tactics


def installed_plugins(resolved: dict[str, Any]) -> dict[str, str]:
    """Digest of the code of each plug-in that a scenario uses and that is not in our tree.

    Args:
        resolved: the scenario, as `shamcrowd.simulator.scenario.load.resolved` gives it.

    Returns:
        By kind and name, such as ``tactic page-farm``; empty if all are ours. Of a plug-in in a
        package the whole top-level package counts, of one in a single file that file.
    """
    used: list[tuple[Catalogue[Any], dict[str, Any], str]] = [
        (populations(), resolved["populations"], "population"),
        (tactics(), resolved["campaigns"], "tactic"),
        (strategies(), resolved["campaigns"], "strategy"),
    ]
    found = {}
    for catalogue, actors, key in used:
        entries = catalogue.entries()
        for name in sorted({actor[key] for actor in actors.values()}):
            entry = entries.get(name)
            if entry is None or not entry.package:
                continue
            found[f"{key} {name}"] = _digest(entry)
    return found


def installed_metrics() -> dict[str, str]:
    """Digest of the code of each metric that is not in our tree, by name, likewise."""
    found = metrics().entries().items()
    return {name: _digest(entry) for name, entry in found if entry.package}


def _digest(entry: Entry) -> str:
    top = entry.source.module.partition(".")[0]
    text = entry.source.text.encode()
    return source_digest(top) if folders(top) else hashlib.sha256(text).hexdigest()[:16]
