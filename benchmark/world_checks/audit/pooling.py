"""Puts the rules of several recordings side by side, one unit of a family at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import numpy as np

from shamcrowd.benchmark.world_checks.audit.families import families
from shamcrowd.benchmark.world_checks.audit.recordings import AuditedRecording
from shamcrowd.benchmark.world_checks.audit.rule import Rule
from shamcrowd.recording.errors import UsageError


def pooled_rules(
    recordings: Sequence[AuditedRecording],
    only: Sequence[str] = (),
    progress: Callable[[float], None] | None = None,
) -> Iterator[tuple[str, Rule]]:
    """Yield the name of a family and one of its rules over all recordings.

    A rule that only one of several recordings has (such as the share of a country that is common
    there alone) is left out: it cannot be fitted on one and judged on another.

    Args:
        recordings: the recordings.
        only: names of families; all if empty.
        progress: called with the share done, 0 to 1.

    Raises:
        UsageError: if there is no family of a name.
    """
    unknown = set(only) - set(families())
    if unknown:
        raise UsageError(
            f"no family of rules {', '.join(sorted(unknown))}; there are: {', '.join(families())}"
        )
    chosen = {name: f for name, f in families().items() if not only or name in only}
    total, done = sum(len(f.units()) for f in chosen.values()), 0
    for name, family in chosen.items():
        for unit in family.units():
            found: dict[str, dict[int, Rule]] = {}
            for place, recording in enumerate(recordings):
                for rule in family.rules(recording, unit):
                    found.setdefault(rule.name, {})[place] = rule
            for held in found.values():
                if len(held) > 1 or len(recordings) == 1:
                    yield name, _joined(held, recordings)
            done += 1
            if progress is not None:
                progress(done / total)


def _joined(held: dict[int, Rule], recordings: Sequence[AuditedRecording]) -> Rule:
    first = next(iter(held.values()))
    levels = tuple(dict.fromkeys(level for rule in held.values() for level in rule.levels))
    place = {level: float(number) for number, level in enumerate(levels)}
    parts = []
    for number, recording in enumerate(recordings):
        rule = held.get(number)
        if rule is None:
            parts.append(np.full(recording.many, np.nan))
        elif rule.levels:
            codes = np.nan_to_num(rule.values, nan=-1).astype(np.int64)
            parts.append(np.array([*(place[level] for level in rule.levels), np.nan])[codes])
        else:
            parts.append(rule.values)
    return Rule(first.name, np.concatenate(parts), levels)
