"""Recordings and runs that tests look at: each is made once, and kept between runs of the tests.

Everything lies below `build/test-recordings`, which git ignores. An entry's name is a digest of all
that its content depends on: what was asked for, the source files that make it, and the versions of
the packages that they use. So an entry never needs to be made again unless one of these has
changed, and it can be thrown away at any time. Workers of one run share the entries; a lock keeps
two of them from making the same one.

Entries are read only. A test that changes a recording or a run changes a copy of it.
"""

from __future__ import annotations

import fcntl
import hashlib
import importlib.util
import inspect
import json
import os
import platform
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from shamcrowd.benchmark.evaluation import plan
from shamcrowd.benchmark.execution.cache import Cache
from shamcrowd.benchmark.execution.library_versions import packages
from shamcrowd.recording import manifest
from shamcrowd.recording.json_file import CHECKSUM, write_checked
from shamcrowd.recording.origin import source_digest
from shamcrowd.recording.whole import file_digest
from shamcrowd.recording.writing import digest
from shamcrowd.simulator import simulate
from shamcrowd.simulator.response.reviewer import Reviewer
from shamcrowd.simulator.scenario.load import load_scenario, resolved
from shamcrowd.simulator.scenario.model import Scenario

STORE = Path(__file__).parents[1] / "build" / "test-recordings"
MAKES_RECORDINGS = ("shamcrowd.simulator", "shamcrowd.recording")
EVERYTHING = (
    *MAKES_RECORDINGS, "shamcrowd.scenarios", "shamcrowd.detectors", "shamcrowd.benchmark",
)  # fmt: skip
KEPT_DAYS = 3.0
"""Entries that no test has asked for in so many days are removed."""
KEPT_MIB = 2000
"""Above this the entries are removed that have not been asked for the longest."""
_CONTENT, _FILES = "content", "files.json"

_asked: dict[Path, dict[str, list[int]]] = {}
"""Entries that this process has given to tests, with their files as they were then."""


def recorded(
    scenario: str | Path | Scenario,
    seed: int,
    *,
    settings: Sequence[str] = (),
    scale: float = 1.0,
    reviewer: Reviewer | None = None,
) -> Path:
    """The folder of a recording, as `simulate` with these arguments makes it.

    ``reviewer`` is known by its class and its attributes, and by the file that defines it: one that
    depends on anything else must not be given here.
    """
    if not isinstance(scenario, Scenario):
        scenario = load_scenario(scenario, settings=settings, scale=scale)
    world = scenario
    return kept(
        "recordings",
        {"scenario": resolved(world), "seed": seed, "reviewer": _reviewer_key(reviewer)},
        lambda folder: simulate(world, seed, folder, reviewer=reviewer),
        MAKES_RECORDINGS,
    )


def kept(
    kind: str,
    key: Mapping[str, Any],
    make: Callable[[Path], object],
    sources: Sequence[str] = EVERYTHING,
) -> Path:
    """The folder that ``make`` fills, made only if there is none of this key yet.

    Args:
        kind: the kind of thing, which is the name of a folder of the store.
        key: all that the content depends on besides code; JSON data.
        make: fills the folder that it is given, which does not exist yet.
        sources: packages of which any changed file gives another entry, as does a change of the
            file that defines ``make``.
    """
    code = [source_files(*sources), _digest(Path(inspect.getfile(make)))]
    text = json.dumps([key, code, _versions()], sort_keys=True, default=str)
    entry = STORE / kind / hashlib.sha256(text.encode()).hexdigest()[:32]
    if entry not in _asked:
        with _lock(entry):
            found = _noted(entry)
            if found is None or found != _files(entry / _CONTENT):
                shutil.rmtree(entry, ignore_errors=True)
                entry.mkdir(parents=True)
                make(entry / _CONTENT)
                found = _files(entry / _CONTENT)
                aside = entry / f"{_FILES}.aside"
                aside.write_text(json.dumps(found), "utf-8")
                aside.replace(entry / _FILES)
            os.utime(entry)
        _asked[entry] = found
    return entry / _CONTENT


def lay(
    run: Path,
    scenario: str | Path | Scenario,
    seeds: Sequence[int],
    *,
    settings: Sequence[str] = (),
    scale: float = 1.0,
) -> Path:
    """Put recordings into the folder of a run, so that `evaluate` finds them made."""
    for seed in seeds:
        made = recorded(scenario, seed, settings=settings, scale=scale)
        _linked(made, run / "recordings" / f"seed-{seed}")
    # By this file a run knows a folder of its own.
    (run / plan.NAME).write_text("{}", "utf-8")
    return run


def fill(
    cache: Cache,
    scenario: str | Path | Scenario,
    seeds: Sequence[int],
    *,
    settings: Sequence[str] = (),
    scale: float = 1.0,
) -> None:
    """Put recordings into a cache of the benchmark, so that a run finds them made."""
    if not isinstance(scenario, Scenario):
        scenario = load_scenario(scenario, settings=settings, scale=scale)
    for seed in seeds:
        key = {
            "scenario": resolved(scenario),
            "seed": seed,
            "source": source_digest(*MAKES_RECORDINGS),
        }
        with tempfile.TemporaryDirectory(dir=cache.root.parent) as aside:
            folder = _linked(recorded(scenario, seed), Path(aside) / "recording")
            cache.keep("recordings", key, folder)


def change_json(path: Path, change: Callable[[dict[str, Any]], object]) -> None:
    """Change the content of a JSON file that has a checksum, which fits again afterwards."""
    data = json.loads(path.read_text("utf-8"))
    data.pop(CHECKSUM, None)
    change(data)
    write_checked(path, data)


def accept(recording: Path) -> None:
    """Have the manifest of a recording say what the files hold now, as if it were written so.

    For tests of what is wrong with the content, where the changed bytes are not the point.
    """
    rows: dict[str, int] = {}
    files, prints = {}, {}
    for table in manifest.Manifest.read(recording, partial=True).rows:
        single = recording / f"{table}.parquet"
        paths = [single] if single.exists() else sorted((recording / table).glob("*.parquet"))
        lines = []
        for path in paths:
            held = pq.read_table(path, partitioning=None)
            rows[table] = rows.get(table, 0) + held.num_rows
            files[path.relative_to(recording).as_posix()] = file_digest(path)
            lines.append(f"{path.name} {digest(held)}")
        prints[table] = hashlib.sha256("\n".join(lines).encode()).hexdigest()
    change_json(
        recording / manifest.NAME,
        lambda data: data.update(rows=rows, files=files, fingerprints=prints),
    )


def changed() -> list[Path]:
    """Entries that are not any more as they were when this process asked for them."""
    return [entry for entry, files in _asked.items() if _files(entry / _CONTENT) != files]


def prune() -> None:
    """Remove entries that have not been asked for in `KEPT_DAYS`, and those beyond `KEPT_MIB`."""
    oldest, left = time.time() - KEPT_DAYS * 86_400, KEPT_MIB * 2**20
    found = [(entry.stat().st_mtime, entry) for entry in STORE.glob("*/*") if entry.exists()]
    for last, entry in sorted(found, reverse=True):
        left -= sum(size for size, _ in (_noted(entry) or {}).values())
        if last < oldest or (left < 0 and entry not in _asked):
            # Another run of the tests may be quicker.
            if entry.is_dir():
                shutil.rmtree(entry, ignore_errors=True)
            else:
                entry.unlink(missing_ok=True)


@cache
def source_files(*sources: str) -> str:
    """A digest of every file of these packages, whatever its kind."""
    sha = hashlib.sha256()
    for package in sources:
        spec = importlib.util.find_spec(package)
        assert spec is not None
        for root in map(Path, spec.submodule_search_locations or ()):
            for path in sorted(root.rglob("*")):
                if path.is_file() and "__pycache__" not in path.parts:
                    sha.update(f"{package} {path.relative_to(root).as_posix()}\n".encode())
                    sha.update(path.read_bytes())
    return sha.hexdigest()


def _reviewer_key(reviewer: Reviewer | None) -> list[str] | None:
    if reviewer is None:
        return None
    what = reviewer if inspect.isfunction(reviewer) else type(reviewer)
    state = json.dumps(getattr(reviewer, "__dict__", {}), sort_keys=True)
    return [what.__qualname__, _digest(Path(inspect.getfile(what))), state]


@cache
def _digest(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


def _linked(folder: Path, copy: Path) -> Path:
    """A copy of a folder whose files are the same ones where the file system can have that."""

    def link(source: str, target: str) -> None:
        try:
            os.link(source, target)
        except OSError:
            shutil.copy2(source, target)

    return Path(shutil.copytree(folder, copy, copy_function=link))


@cache
def _versions() -> dict[str, str]:
    return {**packages(), "python": platform.python_version()}


@contextmanager
def _lock(entry: Path) -> Iterator[None]:
    """Held while an entry is looked at or made; it goes with the process that holds it."""
    entry.parent.mkdir(parents=True, exist_ok=True)
    with entry.with_suffix(".lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _noted(entry: Path) -> dict[str, list[int]] | None:
    try:
        found: dict[str, list[int]] = json.loads((entry / _FILES).read_text("utf-8"))
    except (OSError, ValueError):
        return None
    return found


def _files(folder: Path) -> dict[str, list[int]]:
    """Size and time of the last change of every file below a folder."""
    found = {}
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            about = path.stat()
            found[path.relative_to(folder).as_posix()] = [about.st_size, about.st_mtime_ns]
    return found
