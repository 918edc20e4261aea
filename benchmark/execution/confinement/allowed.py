"""What the process of a plug-in may read: the interpreter, its packages, and the plug-in's folder.

Of this package it may read the recording format without the truth, and detectors. Folders that
hold recordings, runs or a cache are left out wherever they lie, so that no truth is reached.
"""

from __future__ import annotations

import os
import re
import sys
import sysconfig
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

PARTS = ("bin", "sbin", "lib", "lib32", "lib64", "libexec", "share", "include")
"""Folders with programs, libraries and their data below ``/usr`` and ``/usr/local``. Others, such
as ``/usr/src`` and those of ``/opt``, may hold somebody's runs."""
SHARED = (Path("/usr"), Path("/usr/local"))
"""Where an interpreter of the system has its files among those of others."""
SYSTEM = (
    "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/nix/store",
    *(f"{place}/{part}" for place in ("/usr", "/usr/local") for part in PARTS),
)  # fmt: skip
BESIDE_PROGRAMS = ("lib", "lib64", "libexec", "conf")
"""Folders beside a ``bin`` of the caller's ``PATH`` that its programs need."""
CONFIGURATION = tuple(
    f"/etc/{name}"
    for name in (
        "ld.so.cache", "ld.so.conf", "ld.so.conf.d", "ld.so.preload", "localtime", "timezone",
        "alternatives", "passwd", "group", "nsswitch.conf", "os-release", "locale.alias",
        "locale.conf", "mime.types", "fonts", "R", "java", "java-17-openjdk", "ssl/openssl.cnf",
    )
)  # fmt: skip
KERNEL = (
    "/sys/devices/system/cpu", "/sys/devices/system/node", "/sys/kernel/mm/transparent_hugepage",
)  # fmt: skip
PROCESSES = ("/proc",)
"""Where ``/proc`` shows only processes of the confinement."""
OWN_PROCESS = (
    "/proc/self", "/proc/cpuinfo", "/proc/meminfo", "/proc/stat", "/proc/loadavg",
    "/proc/sys/vm/overcommit_memory", "/proc/sys/kernel/osrelease",
)  # fmt: skip
DEVICES = ("/dev/null", "/dev/zero", "/dev/full", "/dev/random", "/dev/urandom")
SECRET = ("simulator", "scenarios", "benchmark")
"""Parts of this package that no plug-in may read."""
TRUTH = ("truth.py", "truth_schema.py")
MARKS = (
    "run.json", "suite.json", "sweep.json", "duel.json", "loop.json", "transfer.json",
    "shamcrowd-cache", "truth",
)  # fmt: skip
"""A folder that holds one of these is a run or several, a cache or a recording."""
KEPT_AWAY = (".secret", ".key", ".names.parquet")
"""Endings of a judge's secret, and of the key and the names that an import keeps."""
SMALL = 1000
_SECRET = re.compile(rb"(shamcrowdsecret1)?[0-9a-fA-F]{64}")
"""A secret or a key without blanks, whatever its file is called."""
WORLDS = (".yaml", ".yml", ".json")
WORLD_BYTES = 1 << 16
_TOP = rb"(extends|populations|campaigns|scenarios|calibration_seeds)"
_SCHEMA = (re.compile(rb"(?m)^[\"']?schema[\"']?\s*:"), re.compile(rb'"(schema|fingerprints)"\s*:'))
_WORLD = (re.compile(rb"(?m)^[\"']?" + _TOP + rb"[\"']?\s*:"), re.compile(b'"' + _TOP + rb'"\s*:'))
"""What a scenario, suite or baseline has, in YAML and in JSON: it tells what may be played."""
MOST_FOLDERS = 1000
"""Folders of a plug-in that are looked at; one with more is granted its top level only."""


def own_package() -> list[Path]:
    """The folders of this package; a link in a checkout's leads to each of its parts."""
    return [Path(where) for where in sys.modules["shamcrowd"].__path__]


@cache
def secret() -> tuple[Path, ...]:
    """Files and folders of this package that no plug-in may read, by their real paths."""
    parts = own_package()
    found = [part / name for part in parts for name in SECRET]
    recording = [part / "recording" for part in parts]
    found += [folder / name for folder in recording for name in TRUTH]
    for folder in recording:
        found += [p for n in TRUTH for p in folder.glob(f"__pycache__/{n[:-3]}.*")]
    return tuple({path.resolve() for path in found if path.exists()})


@cache
def interpreter(own_processes: bool) -> tuple[Path, ...]:
    """What every plug-in may read.

    Args:
        own_processes: ``/proc`` shows only processes of the confinement.
    """
    fixed = (*CONFIGURATION, *KERNEL, *(PROCESSES if own_processes else OWN_PROCESS))
    granted = [p for root in roots() for p in without(root, secret())]
    return (*granted, *map(Path, fixed))


@cache
def roots() -> tuple[Path, ...]:
    """Folders of programs and packages, as real paths."""
    found = [Path(p) for p in SYSTEM]
    for place in map(Path, (sys.prefix, sys.base_prefix, sys.exec_prefix)):
        found += [place / part for part in PARTS] if _real(place) in SHARED else [place]
    found += [Path(sys.executable).resolve().parent]
    found += packages()
    found += [*own_package(), *(p for where in own_package() for p in _inside(where))]
    for entry in map(Path, os.environ.get("PATH", "").split(os.pathsep)):
        if entry.name in ("bin", "sbin", "Scripts") and entry.is_absolute():
            found += [entry, *(entry.parent / name for name in BESIDE_PROGRAMS)]
    libraries = map(Path, os.environ.get("LD_LIBRARY_PATH", "").split(os.pathsep))
    found += [p for p in libraries if p.name.startswith("lib") and p.is_absolute()]
    return tuple(dict.fromkeys(map(_real, found)))


def may_be_read(path: Path) -> bool:
    """Whether every plug-in may read a file, as it lies among programs or packages."""
    real = _real(path)
    granted = any(real.is_relative_to(root) for root in roots())
    return granted and not any(real.is_relative_to(hidden) for hidden in secret())


def among_programs(hidden: Iterable[Path]) -> list[Path]:
    """Of what is hidden, that which lies where every plug-in may read, as real paths."""
    return [_real(path) for path in hidden if may_be_read(path)]


def packages() -> list[Path]:
    """Folders of installed packages: of this interpreter, and those that others are linked from."""
    named = [sysconfig.get_path(name) for name in ("purelib", "platlib", "stdlib", "platstdlib")]
    linked = [p for p in sys.path if Path(p).name in ("site-packages", "dist-packages")]
    return [Path(p) for p in dict.fromkeys([*named, *linked]) if p]


def without(root: Path, hidden: Sequence[Path]) -> Iterator[Path]:
    """Paths that cover ``root`` but nothing that is hidden; all are real paths."""
    if any(root == path or root.is_relative_to(path) for path in hidden):
        return
    if not any(path.is_relative_to(root) for path in hidden):
        yield root
        return
    for path in _inside(root):
        # What a link points to is granted where it lies, if it is.
        if not path.is_symlink():
            yield from without(path, hidden)


@dataclass
class OwnFiles:
    """What a plug-in may reach of the folder that it lies in, as real paths.

    Attributes:
        read: files and folders that it may read.
        listed: folders of which it may see the names inside, as an import needs.
        covered: folders below that it must not see: runs, recordings and caches.
    """

    read: list[Path] = field(default_factory=list)
    listed: list[Path] = field(default_factory=list)
    covered: list[Path] = field(default_factory=list)


def own_files(folder: Path, hidden: Sequence[Path]) -> OwnFiles:
    """What a plug-in may reach of the folder that it lies in.

    Files, and folders as far as they hold no recording, run or cache; nothing hidden, none of the
    files and folders whose names begin with a dot, no secret of a judge, no key or names of an
    import, no scenario, suite or baseline, and nothing that links lead to. Of a folder with more
    than `MOST_FOLDERS` folders below it, only its own files.
    """
    folder = _real(folder)
    own, kept_away = OwnFiles(), (*secret(), *(_real(path) for path in hidden))
    looked = _own(folder, kept_away, own, MOST_FOLDERS)
    if looked > MOST_FOLDERS:
        inside = (p for p in _inside(folder) if p not in kept_away)
        plain = [p for p in inside if p.is_file() and _is_own(p)]
        own = OwnFiles(plain, [], own.covered)
    if own.read != [folder]:
        own.listed.append(folder)
    return own


def _own(folder: Path, kept_away: Sequence[Path], own: OwnFiles, left: int) -> int:
    """Add what may be reached of a folder; the number of folders that were looked at."""
    inside = _inside(folder)
    hidden = any(folder.is_relative_to(path) for path in kept_away)
    if hidden or any(path.name in MARKS for path in inside):
        own.covered.append(folder)
        return 1
    below, looked, whole = OwnFiles(), 1, True
    for path in inside:
        if not _is_own(path) or (path in kept_away and not path.is_dir()):
            whole = False
        elif path.is_dir():
            looked += _own(path, kept_away, below, left - looked)
            if looked > left:
                break
        else:
            below.read.append(path)
    whole = whole and set(below.read) == set(inside) and looked <= left
    own.read += [folder] if whole else below.read
    own.covered += below.covered
    return looked


def _is_own(path: Path) -> bool:
    named = path.name.startswith(".") or path.name.endswith(KEPT_AWAY)
    return not (named or path.is_symlink() or _holds_secret(path) or _tells_of_world(path))


def _holds_secret(path: Path) -> bool:
    try:
        if not path.is_file() or path.stat().st_size > SMALL:
            return False
        return _SECRET.fullmatch(b"".join(path.read_bytes().split())) is not None
    except OSError:
        return False


def _tells_of_world(path: Path) -> bool:
    if path.suffix.lower() not in WORLDS:
        return False
    try:
        if not path.is_file():
            return False
        with path.open("rb") as file:
            text = file.read(WORLD_BYTES)
    except OSError:
        return False
    in_json = text.lstrip().startswith(b"{")
    return all(one[in_json].search(text) is not None for one in (_SCHEMA, _WORLD))


def _inside(folder: Path) -> list[Path]:
    try:
        return sorted(folder.iterdir())
    except OSError:
        return []


def _real(path: Path) -> Path:
    return Path(os.path.realpath(path))
