"""Kills commands at random moments, and looks at what is left of their work.

`python -m tests.kills 50` kills fifty times; the tests do it a few times. Each trial begins in an
empty folder, kills the command (the process alone, so that what it started is orphaned) at a moment
drawn from its usual duration, runs it again, and compares with a run that nobody disturbed. After
the kill, no orphan may stay, and nothing that has its final name may be half-written.
"""

from __future__ import annotations

import atexit
import ctypes
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from shamcrowd.benchmark.execution.confinement import process_tree
from shamcrowd.benchmark.scoring.findings_store import SavedFindings, read_metadata
from shamcrowd.recording.imports.importing import import_log
from shamcrowd.recording.imports.mapping import read_mapping, shipped
from shamcrowd.recording.json_file import read_json
from shamcrowd.recording.manifest import Manifest
from shamcrowd.recording.whole import verify

SCRIPT = str(Path(sys.executable).with_name("shamcrowd"))
WORLD = "schema: 1\nextends: quickstart-v2\nreviews: 7d\nshards: 2\n"
SUITE = (
    "schema: 1\ntitle: one\nseeds: [1]\ncalibration_seeds: [901]\nscale: 0.03\n"
    "scenarios: [tiny.yaml]\n"
)
ACCOUNT = "3986247"
"""One of the log: ids are a hash of names with `KEY`."""
DOSSIER = ("html", "json", "md")
COMMANDS = {
    "simulate": ("simulate", "tiny.yaml", "--seed", "1", "--scale", "0.03", "--workers", "2",
                 "--out", "out"),
    "run": ("run", "tiny.yaml", "--seeds", "1", "--scale", "0.03", "--detector", "velocity",
            "--out", "out"),
    "import": ("import", "log.jsonl", "--format", "litellm-spend-logs", "--key", "a.key",
               "--out", "out"),
    "detect": ("detect", "rec", "--detector", "shared-resources", "--out", "ranked.csv"),
    "follow": ("detect", "rec", "--detector", "shared-resources", "--follow", "--every", "0.2",
               "--looks", "3", "--out", "ranked.csv"),
    "inject": ("inject", "tiny.yaml", "--into", "rec", "--scale", "0.1", "--out", "out"),
    "explain": ("explain", "rec", ACCOUNT, "--detector", "shared-resources", "--out", "out"),
    "bench": ("bench", "suite.yaml", "--detector", "velocity", "--out", "out", "--cache", "cache"),
    "check": ("check", "--suite", "suite.yaml", "--detector", "velocity", "--update-baseline",
              "--baseline", "baseline.json", "--out", "out", "--cache", "cache"),
}  # fmt: skip
LOG_ROWS = 40_000
DAYS = 14
KEY = "5ea1" * 16
UNSETTLED = (".partial", ".attempt")
"""Endings of names of what is not complete yet."""
MACHINE = ("seconds", "peak_mib", "checksum")
"""What a machine takes, and checksums over it, may differ."""
GONE_WITHIN = 30.0
"""Seconds in which orphans have to be gone; a busy machine takes long to end a process."""
_SUBREAPER = 36


@dataclass(frozen=True)
class Trial:
    """One kill: after what share of the usual duration, how many orphans there were, and faults.

    ``orphans`` counts what the killed process left at work; ``seconds`` is how long they stayed.
    """

    command: str
    share: float
    killed: bool
    orphans: int
    seconds: float
    faults: tuple[str, ...]


def settle(folder: Path) -> Path:
    """A folder with the world and the suite of the trials."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "tiny.yaml").write_text(WORLD, "utf-8")
    (folder / "suite.yaml").write_text(SUITE, "utf-8")
    (folder / "a.key").write_text(KEY + "\n", "utf-8")
    (folder / "log.jsonl").write_text("".join(_log()), "utf-8")
    if not (folder / "rec").exists():
        shutil.copytree(_imported(), folder / "rec")
    return folder


def _log() -> Iterator[str]:
    """Lines of a log, the same each time."""
    for number in range(LOG_ROWS):
        day, second = 2 + number * DAYS // LOG_ROWS, number * 15 % 86_400
        moment = f"2026-03-{day:02d}T{second // 3600:02d}:{second // 60 % 60:02d}:00Z"
        who = f"user-{number * 7 % 300}"
        said = {"startTime": moment, "user": who, "api_key": who, "prompt_tokens": 9,
                "completion_tokens": 9, "status": "success", "model": "m",
                "requester_ip_address": f"198.51.100.{number % 97}"}  # fmt: skip
        yield json.dumps(said) + "\n"


@cache
def _imported() -> Path:
    """A recording of the log, for `detect`; its folder is gone when this process ends."""
    folder = Path(tempfile.mkdtemp())
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    (folder / "log.jsonl").write_text("".join(_log()), "utf-8")
    mapping = read_mapping(shipped()["litellm-spend-logs"])
    import_log([str(folder / "log.jsonl")], mapping, folder / "rec", bytes.fromhex(KEY))
    return folder / "rec"


def start(command: str, folder: Path) -> subprocess.Popen[bytes]:
    """Start a command in a folder."""
    with (folder / "said").open("wb") as said:
        return subprocess.Popen([SCRIPT, *COMMANDS[command], "-q"], cwd=folder, stdout=said,
                                stderr=subprocess.STDOUT, start_new_session=True)  # fmt: skip


def undisturbed(command: str, folder: Path) -> tuple[dict[str, Any], float]:
    """What a command leaves, and the seconds that it takes."""
    begun = time.monotonic()
    code = start(command, settle(folder)).wait()
    assert code == 0, (folder / "said").read_text("utf-8", "replace")
    return left(folder), time.monotonic() - begun


def killed(command: str, folder: Path, share: float, usual: tuple[dict[str, Any], float]) -> Trial:
    """Kill a command after a share of its usual duration, run it again, and compare."""
    expected, duration = usual
    # This process may have others below it, such as the servers of earlier tests.
    others = frozenset(process_tree.below(os.getpid()))
    with _reaping():
        process = start(command, settle(folder))
        with suppress(subprocess.TimeoutExpired):
            process.wait(share * duration)
        alive = process.poll() is None
        process.kill()
        process.wait()
        orphans, seconds = _orphans(others)
    faults = half_written(folder)
    faults += [f"{orphans} orphans stay"] if seconds >= GONE_WITHIN else []
    if start(command, folder).wait():
        faults.append(f"fails afterwards: {(folder / 'said').read_text('utf-8', 'replace')[-500:]}")
    elif left(folder) != expected:
        faults.append("leaves something else than without the kill")
    return Trial(command, share, alive, orphans, seconds, tuple(faults))


def left(folder: Path) -> dict[str, Any]:
    """The result in a folder: fingerprints and bytes of recordings, scores, suite and baseline.

    Not what is in the cache, where the names of scores depend on how long detectors took.
    """
    found: dict[str, Any] = {}
    for path in _settled(folder / "out", "manifest.json"):
        manifest = Manifest.read(path.parent)
        verify(path.parent, manifest)
        found[_named(path, folder)] = (manifest.fingerprints, manifest.files)
    for name in ("ranked.csv", "out.names.parquet", *(f"out/dossier.{e}" for e in DOSSIER)):
        if (folder / name).exists():
            found[name] = (folder / name).read_bytes()
    for name in ("scores.json", "suite.json"):
        for path in _settled(folder / "out", name):
            found[_named(path, folder)] = _plain(read_json(path, ""))
    if (folder / "baseline.json").exists():
        found["baseline.json"] = read_json(folder / "baseline.json", "")
    return found


def half_written(folder: Path) -> list[str]:
    """What has its final name and is not whole."""
    wrong = []
    for path in _settled(folder, "*.json"):
        try:
            read_json(path, "")
            if path.name == "manifest.json":
                verify(path.parent, Manifest.read(path.parent))
            if path.name == "findings.json" and not read_metadata(path.parent).error:
                SavedFindings.read(path.parent)
        except Exception as fault:
            wrong.append(f"half-written: {fault}")
    wrong += [
        f"half-written: {path} has no manifest"
        for path in (folder / "out" / "recordings").glob("*")
        if path.suffix not in UNSETTLED and not (path / "manifest.json").is_file()
    ]
    return wrong


def _settled(folder: Path, pattern: str) -> Iterator[Path]:
    # Links into the cache are followed once, where they are named.
    for home, folders, names in os.walk(folder, followlinks=True):
        folders[:] = sorted(n for n in folders if not n.endswith(UNSETTLED) and n != "live")
        for name in sorted(names):
            if Path(name).match(pattern) and not name.endswith(UNSETTLED):
                yield Path(home) / name


def _named(path: Path, folder: Path) -> str:
    return path.relative_to(folder).as_posix()


def _plain(data: Any) -> Any:
    if isinstance(data, dict):
        return {k: _plain(v) for k, v in data.items() if k not in MACHINE}
    return [_plain(v) for v in data] if isinstance(data, list) else data


@contextmanager
def _reaping() -> Iterator[None]:
    """Orphans become children of this process (Linux), which can see then how long they stay."""
    libc = ctypes.CDLL(None)
    libc.prctl(_SUBREAPER, 1, 0, 0, 0)
    try:
        yield
    finally:
        libc.prctl(_SUBREAPER, 0, 0, 0, 0)


def _orphans(others: frozenset[int]) -> tuple[int, float]:
    """How many orphans there were besides ``others``, and when (s) the last was gone."""
    begun, most = time.monotonic(), 0
    while time.monotonic() - begun < GONE_WITHIN:
        now = set(process_tree.below(os.getpid())) - others
        there = [pid for pid in now if not _reaped(pid)]
        most = max(most, len(there))
        if not there:
            break
        time.sleep(0.05)
    return most, time.monotonic() - begun


def _reaped(pid: int) -> bool:
    """Whether a process has ended; it is taken off the list of processes then."""
    try:
        return os.waitpid(pid, os.WNOHANG)[0] == pid
    except ChildProcessError:
        return not Path(f"/proc/{pid}").exists()


def main(count: int, seed: int = 0, only: str = "") -> int:
    """Kill ``count`` times, all commands in turn; gives the number of faults."""
    rng = np.random.default_rng(seed)
    names = [only] if only else list(COMMANDS)
    faults = 0
    with tempfile.TemporaryDirectory() as aside:
        usual = {name: undisturbed(name, Path(aside) / name) for name in names}
        for number in range(count):
            name = names[number % len(names)]
            folder = Path(aside) / f"{number}"
            trial = killed(name, folder, float(rng.random()), usual[name])
            faults += len(trial.faults)
            print(json.dumps(vars(trial)), flush=True)
            subprocess.run(["rm", "-rf", str(folder)], check=True)
    print(f"{count} kills, {faults} faults")
    return faults


if __name__ == "__main__":
    sys.exit(min(main(int(sys.argv[1]), *map(int, sys.argv[2:3]), *sys.argv[3:4]), 1))
