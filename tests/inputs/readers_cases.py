"""Bad inputs over every reader of tables and results: what is changed, and who reads it then."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from shamcrowd.recording.manifest import Manifest
from tests.inputs.readers_tables import BYTES, ROWS, SHAPES, Damage, replace
from tests.inputs.readers_values import at, numbers, others, places, put, texts, without
from tests.recordings import accept, change_json

RECORDING = "recordings/seed-1"
FINDINGS = "findings/seed-1/velocity"
PER_FILE = (
    "accounts.parquet", "addresses.parquet", "mailboxes.parquet", "requests", "activity",
    "truth/accounts.parquet", "truth/campaigns.parquet", "truth/wallets.parquet", "truth/requests",
)  # fmt: skip
"""Tables whose files are damaged: of one that has a file a day one of them."""
OTHER_ROWS = ("accounts.parquet", "requests", "truth/accounts.parquet", "truth/requests")
DEPTH = 4
"""How deep a value lies that is changed in a JSON file."""
MOST_PLACES = 24
"""Places in one JSON file whose values are changed, drawn from all."""


@dataclass(frozen=True)
class Case:
    """One bad input below the folder of a run.

    Attributes:
        name: what is wrong, and where.
        file: the file or folder that is changed, from the folder of the run.
        damage: changes it.
        readers: names of `tests.inputs.test_readers.READERS` that have to refuse it.
    """

    name: str
    file: str
    damage: Callable[[Path], object]
    readers: tuple[str, ...]


def cases(run: Path, suite: Path, baseline: Path) -> Iterator[Case]:
    """All of them, in the same order each time.

    Args:
        run: the folder of a run.
        suite: ``suite.json`` of a suite that was played.
        baseline: a baseline.
    """
    yield from _tables(run / RECORDING)
    yield from _shapes(run / RECORDING)
    yield from _folders(run / RECORDING)
    yield from _findings(run / FINDINGS)
    for file, readers in (
        (f"{RECORDING}/manifest.json", ("validate", "score", "open_log")),
        ("run.json", ("score",)),
        ("scores.json", ("compare",)),
        (f"{FINDINGS}/findings.json", ("findings",)),
    ):
        yield from _json(run / file, file, readers)
    yield from _json(suite, "suite.json", ("suite",))
    yield from _committed(baseline)


def _tables(recording: Path) -> Iterator[Case]:
    """Every kind of damage to files of every kind of table, and other rows in some."""
    turns = ("score", "report", "audit", "realism")
    of_logs = ("inject", "fit-world", "detect", "explain", "export")
    number = 0
    for name in PER_FILE:
        kinds = BYTES | ROWS if name in OTHER_ROWS else BYTES
        for told, damage in kinds.items():
            file = _fullest(recording, name)
            number += 1
            readers = ["validate", turns[number % len(turns)]]
            if not name.startswith("truth/"):
                # Others do not open the truth.
                readers.append(of_logs[number % len(of_logs)])
            yield Case(f"{name}: {told}", f"{RECORDING}/{file}", _drawn(damage, number),
                       tuple(readers))  # fmt: skip


def _shapes(recording: Path) -> Iterator[Case]:
    """Tables of another shape in a recording whose manifest agrees."""
    for number, name in enumerate(PER_FILE):
        for told, damage in SHAPES.items():
            file = _fullest(recording, name)
            wrong = _agreed(_drawn(damage, number), file)
            yield Case(f"{name}: {told}, as the manifest says", f"{RECORDING}/{file}", wrong,
                       ("validate",))  # fmt: skip


def _folders(recording: Path) -> Iterator[Case]:
    """Files too many, too few, or links, in the folder of a recording."""
    day = _fullest(recording, "requests")

    def copied(target: str) -> Callable[[Path], object]:
        return lambda path: shutil.copy(path, path.parents[day.count("/")] / target)

    strange = (
        "notes.txt", "requests/notes.txt", "requests/2027-01-01-000.parquet", "truth/more.parquet",
        "more.parquet", ".hidden", "truth/requests/odd.parquet", "requests/.parquet",
    )  # fmt: skip
    for target in strange:
        yield Case(f"{target} too many", f"{RECORDING}/{day}", copied(target), ("validate",))
    for name in PER_FILE:
        file = _fullest(recording, name)
        yield Case(f"{name}: a link", f"{RECORDING}/{file}", _link_to_copy, ("validate",))


def _findings(folder: Path) -> Iterator[Case]:
    for number, file in enumerate(("rises.parquet", "accounts.parquet")):
        for told, damage in (BYTES | SHAPES | ROWS).items():
            yield Case(f"findings, {file}: {told}", f"{FINDINGS}/{file}", _drawn(damage, number),
                       ("findings",))  # fmt: skip


def _json(path: Path, file: str, readers: tuple[str, ...]) -> Iterator[Case]:
    """Other bytes, other values beside the old checksum, other types with one that fits."""
    text = path.read_text("utf-8")
    data = json.loads(text)
    for told, content in texts(text):
        yield Case(f"{file}: {told}", file, _bytes(content), readers)
    yield Case(f"{file}: a pipe", file, lambda p: BYTES["a pipe"](p, np.random.default_rng(0)),
               readers)  # fmt: skip
    yield Case(f"{file}: a folder", file, lambda p: BYTES["a folder"](p, np.random.default_rng(0)),
               readers)  # fmt: skip
    rng = np.random.default_rng(len(text))
    top = [(key,) for key in data if key != "checksum"]
    found = [place for place in places(data, DEPTH) if len(place) > 1]
    some = rng.choice(len(found), min(MOST_PLACES, len(found)), replace=False) if found else []
    for place in [*top, *(found[i] for i in sorted(some))]:
        value, where = at(data, place), ".".join(map(str, place))
        for told, other in (*others(value), *numbers(value)):
            edited = json.dumps(put(data, place, other))
            yield Case(f"{file}: {where} {told}", file, _bytes(edited.encode()), readers)
        gone = json.dumps(without(data, place))
        yield Case(f"{file}: {where} gone", file, _bytes(gone.encode()), readers)
    for place in top:
        for told, other in others(data[place[0]]):
            if not _takes_any(file, place[0], other):
                yield Case(f"{file}: {place[0]} {told}, with its checksum", file,
                           _edited({place[0]: other}), readers)  # fmt: skip
    yield Case(f"{file}: unknown, with its checksum", file, _edited({"unknown": 1}), readers)


def _takes_any(file: str, key: str, other: Any) -> bool:
    """Values within these are not the reader's to judge, as long as they are objects."""
    return isinstance(other, dict) and key in (
        "resolved", "settings", "training", "terms", "key", "used",
    )  # fmt: skip


def _committed(path: Path) -> Iterator[Case]:
    """A baseline, which has no checksum: people edit it."""
    text = path.read_text("utf-8")
    data = json.loads(text)
    readers = ("baseline",)
    for told, content in texts(text):
        yield Case(f"baseline: {told}", "baseline.json", _bytes(content), readers)
    scenario = next(iter(data["scenarios"]))
    detector = next(iter(data["scenarios"][scenario]["detectors"]))
    inside: tuple[tuple[str | int, ...], ...] = (
        ("scenarios", scenario), ("scenarios", scenario, "seeds"),
        ("scenarios", scenario, "seeds", 0), ("scenarios", scenario, "fingerprints"),
        ("scenarios", scenario, "fingerprints", 0), ("scenarios", scenario, "detectors"),
        ("scenarios", scenario, "detectors", detector),
    )  # fmt: skip
    metrics = data["scenarios"][scenario]["detectors"][detector]
    for place in [*((key,) for key in data), *inside]:
        where, value = ".".join(map(str, place)), at(data, place)
        for told, other in others(value):
            if place == ("terms",) and isinstance(other, dict):
                continue
            yield Case(f"baseline: {where} {told}", "baseline.json",
                       _bytes(json.dumps(put(data, place, other)).encode()), readers)  # fmt: skip
        if len(place) == 1 or place[-1] in ("seeds", "fingerprints", "detectors"):
            yield Case(f"baseline: {where} gone", "baseline.json",
                       _bytes(json.dumps(without(data, place)).encode()), readers)  # fmt: skip
    for metric, values in metrics.items():
        place = ("scenarios", scenario, "detectors", detector, metric)
        for told, other in (
            ("text", ["x", *values[1:]]), ("true", [True, *values[1:]]),
            ("a value less", values[1:]),
            ("huge", [1e300, *values[1:]]), ("nested", [[values]]), ("an object", {"a": 1}),
            ("far below zero", [-5.0, *values[1:]]), ("a value more", [*values, 0.5]),
        ):  # fmt: skip
            yield Case(f"baseline: {metric} {told}", "baseline.json",
                       _bytes(json.dumps(put(data, place, other)).encode()), readers)  # fmt: skip


@contextmanager
def damaged(run: Path, case: Case) -> Iterator[None]:
    """The folder of a run with one input damaged; as it was before, when the block ends."""
    path = run / case.file
    recording = run / RECORDING
    manifest, held = recording / "manifest.json", path.read_bytes()
    noted, before = manifest.read_bytes(), set(_below(recording))
    try:
        case.damage(path)
        yield
    finally:
        for extra in set(_below(recording)) - before:
            extra.unlink()
        if path.is_symlink() or path.exists():
            path.rmdir() if path.is_dir() and not path.is_symlink() else path.unlink()
        path.write_bytes(held)
        replace(manifest, noted)


def _below(folder: Path) -> list[Path]:
    return [Path(home) / name for home, _, names in os.walk(folder) for name in names]


def _fullest(recording: Path, name: str) -> str:
    """A file of a table: the largest, by its path in the recording."""
    if name.endswith(".parquet"):
        return name
    files = sorted((recording / name).glob("*.parquet"))
    return f"{name}/{max(files, key=lambda p: p.stat().st_size).name}"


def _drawn(damage: Damage, number: int) -> Callable[[Path], object]:
    return lambda path: damage(path, np.random.default_rng(number))


def _bytes(content: bytes) -> Callable[[Path], object]:
    return lambda path: replace(path, content)


def _edited(values: dict[str, Any]) -> Callable[[Path], object]:
    return lambda path: change_json(path, lambda data: data.update(values))


def _link_to_copy(path: Path) -> None:
    """The same bytes, but elsewhere."""
    copy = next(p for p in path.parents if p.name == "recordings") / "elsewhere"
    shutil.copy(path, copy)
    path.unlink()
    path.symlink_to(copy)


def _agreed(damage: Callable[[Path], object], file: str) -> Callable[[Path], object]:
    def changed(path: Path) -> None:
        damage(path)
        recording = path.parents[file.count("/")]
        try:
            accept(recording)
        except Exception:
            # The content has no fingerprint; its bytes have a digest.
            note_bytes(recording, file)

    return changed


def note_bytes(recording: Path, file: str) -> None:
    """Have the manifest hold the digest of a file's bytes, and no more."""
    from shamcrowd.recording.whole import file_digest

    files = {**Manifest.read(recording).files, file: file_digest(recording / file)}
    change_json(recording / "manifest.json", lambda data: data.update(files=files))
