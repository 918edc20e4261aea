"""Reads the runs to compare, and refuses those that cannot be compared."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from shamcrowd.benchmark.scoring.scores import DetectorScores, Scores
from shamcrowd.recording.counting import counted
from shamcrowd.recording.errors import NothingToJudgeError, UsageError

NAME = "scores.json"
MOST_NAMED = 8


@dataclass(frozen=True)
class Pair:
    """One detector of each run on one scenario, on the seeds that both scored.

    ``a_seeds`` and ``b_seeds`` are the positions of ``seeds`` among the seeds of each run.
    """

    scenario: Scores
    a: DetectorScores
    b: DetectorScores
    seeds: tuple[int, ...]
    a_seeds: tuple[int, ...]
    b_seeds: tuple[int, ...]


def read_run(folder: Path) -> list[Scores]:
    """Scores of a run, or of a suite: one ``scores.json`` in the folder or in folders below it.

    Raises:
        NothingToJudgeError: if there are none, or one is damaged.
    """
    patterns = (NAME, f"*/{NAME}", f"*/*/{NAME}")
    for pattern in patterns:
        found = sorted(folder.glob(pattern))
        if found:
            return [Scores.read(path) for path in found]
    raise NothingToJudgeError(f"{folder}: no {NAME} here or below; make one: shamcrowd run")


def named(text: str) -> tuple[Path, str]:
    """A run as the command line names it: a folder, or ``FOLDER:DETECTOR``.

    >>> named("runs/today:velocity")
    (PosixPath('runs/today'), 'velocity')
    >>> named("runs/today")
    (PosixPath('runs/today'), '')
    """
    folder, colon, detector = text.rpartition(":")
    if not colon or Path(text).exists():
        return Path(text), ""
    return Path(folder), detector


def pairs(
    a: Sequence[Scores], b: Sequence[Scores], detectors: tuple[str, str] = ("", "")
) -> tuple[dict[str, list[Pair]], list[str]]:
    """What can be compared, by name of the detector, and notes on what cannot.

    Without names every detector that both runs hold is paired with itself; with names those two
    are paired.

    Raises:
        UsageError: if the runs were made by different code, or with different recordings or
        settings. NothingToJudgeError: if they share no scenario, seed or detector.
    """
    ours, theirs = ({s.scenario: s for s in run} for run in (a, b))
    shared = [name for name in ours if name in theirs]
    if not shared:
        raise NothingToJudgeError(
            f"the runs share no scenario: {', '.join(ours)} and {', '.join(theirs)}"
        )
    faults = [f"{n}: {why}" for n in shared for why in _differences(ours[n], theirs[n])]
    if faults:
        raise UsageError("the runs cannot be compared:\n" + "\n".join(f"  {f}" for f in faults))
    notes = [
        f"{name}: only in {'A' if name in ours else 'B'}, left out"
        for name in sorted(set(ours) ^ set(theirs))
    ]
    found: dict[str, list[Pair]] = {}
    for name in shared:
        one, other = ours[name], theirs[name]
        seeds = tuple(s for s in one.seeds if s in other.seeds)
        if seeds != one.seeds or seeds != other.seeds:
            notes.append(f"{name}: only {counted(len(seeds), 'seed')} that both scored")
        if not seeds:
            continue
        positions = tuple(tuple(s.seeds.index(seed) for seed in seeds) for s in (one, other))
        for label, left, right in _matched(one, other, detectors, notes):
            pair = Pair(one, left, right, seeds, *positions)
            found.setdefault(label, []).append(pair)
    if not found:
        raise NothingToJudgeError("the runs share no detector and seed:\n" + "\n".join(notes))
    return found, list(dict.fromkeys(notes))


def _matched(
    one: Scores, other: Scores, detectors: tuple[str, str], notes: list[str]
) -> list[tuple[str, DetectorScores, DetectorScores]]:
    """Label and both sides of each detector; failures are noted and never count as zero."""
    left, right = ({d.name: d for d in s.detectors} for s in (one, other))
    first, second = detectors
    if first or second:
        wanted = [(first or second, second or first)]
    else:
        usual = [d.name for d in one.detectors if d.kind == "detector"]
        wanted = [(n, n) for n in usual]
        alone = sorted({n for n, d in right.items() if d.kind == "detector"} ^ set(usual))
        notes += [f"{n}: only in {'A' if n in left else 'B'}, left out" for n in alone]
    matched = []
    for a, b in wanted:
        missing = [f"{n} is not in {run}" for n, of, run in ((a, left, "A"), (b, right, "B"))
                   if n not in of]  # fmt: skip
        if missing:
            notes += [f"{one.scenario}: {what}" for what in missing]
            continue
        broken = [(n, d) for n, d in ((a, left[a]), (b, right[b])) if d.status != "ok"]
        if broken:
            notes += [f"{one.scenario}: {n} {d.status}, left out" for n, d in broken]
            continue
        label = a if a == b else f"{b} against {a}"
        matched.append((label, left[a], right[b]))
    return matched


def _differences(one: Scores, other: Scores) -> list[str]:
    """Why two results on one scenario cannot be compared."""
    found = []
    for key, what in (
        ("source", "the code that simulates"), ("scoring", "the code that scores"),
    ):  # fmt: skip
        mine, its = one.versions.get(key, "unknown"), other.versions.get(key, "unknown")
        if mine != its:
            mend = "score both again" if key == "scoring" else "run both again"
            found.append(f"{what} differs ({mine} and {its}); {mend} with one version")
    prints = {r.seed: r.fingerprint for r in one.recordings}
    unlike = [
        r.seed for r in other.recordings if prints.get(r.seed, r.fingerprint) != r.fingerprint
    ]
    if unlike:
        seeds = ", ".join(map(str, unlike[:MOST_NAMED])) + (
            " …" if len(unlike) > MOST_NAMED else ""
        )
        found.append(f"the recordings differ (fingerprints of seeds {seeds})")
    if one.settings != other.settings:
        keys = sorted(
            k for k in {*one.settings, *other.settings}
            if one.settings.get(k) != other.settings.get(k)
        )  # fmt: skip
        found.append(f"the scenario's settings differ ({', '.join(keys)})")
    if one.alert_rate != other.alert_rate:
        found.append(f"alert rates differ ({one.alert_rate:g} and {other.alert_rate:g})")
    if one.operating_point != other.operating_point:
        found.append(f"operating points differ ({one.rule.words}; {other.rule.words})")
    if one.calibration_seeds != other.calibration_seeds:
        found.append(
            f"calibration seeds differ ({', '.join(map(str, one.calibration_seeds))} and "
            f"{', '.join(map(str, other.calibration_seeds))})"
        )
    if one.training != other.training:
        terms = "; ".join(
            f"{key}: {_text(one.training.get(key))} and {_text(other.training.get(key))}"
            for key in dict.fromkeys([*one.training, *other.training])
            if one.training.get(key) != other.training.get(key)
        )
        found.append(
            f"supervised detectors were fitted differently ({terms}); run both again with the same "
            "training and labels"
        )
    return found


def _text(value: object) -> str:
    """A term of the training as text."""
    if isinstance(value, (list, tuple)):
        return ", ".join(map(str, value)) or "none"
    return "not given" if value is None else str(value)
