"""Makes wheels of what is installed here, so that others can install it without a network.

An installed distribution lists its files; packed together they are its wheel again. Wheels of this
machine fit machines of the same system and Python; for others pip fetches them (`fetched`).
"""

from __future__ import annotations

import base64
import csv
import hashlib
import io
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterable
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

from shamcrowd.recording.atomic import make_folder, new_file
from shamcrowd.recording.errors import MissingExtraError, UsageError

OURS = "shamcrowd"
ONLY_THERE = ("INSTALLER", "direct_url.json", "REQUESTED", "RECORD")
"""Files of a distribution that an installer wrote."""
STAMP = (2020, 1, 1, 0, 0, 0)
"""Time of all members: the same content gives the same wheel."""


def plain(name: str) -> str:
    """A distribution's name as it is compared.

    >>> plain("Scikit_Learn")
    'scikit-learn'
    """
    return re.sub(r"[-_.]+", "-", name).lower()


def needed(names: Iterable[str]) -> list[Distribution]:
    """Installed distributions of these names, and all that they need here, by name.

    Raises:
        UsageError: if one is not installed.
    """
    try:
        from packaging.requirements import Requirement
    except ImportError:
        raise MissingExtraError(
            "wheels are made with packaging: pip install 'shamcrowd[class]', or leave the wheels "
            "out with --no-wheels"
        ) from None

    found: dict[str, Distribution] = {}
    waiting = [Requirement(name) for name in names]
    seen: set[tuple[str, str]] = set()
    while waiting:
        wanted = waiting.pop()
        name, extras = plain(wanted.name), sorted(wanted.extras)
        try:
            held = found.setdefault(name, distribution(name))
        except PackageNotFoundError:
            raise UsageError(
                f"{wanted.name}: is not installed here, so that no wheel of it can be made; "
                f"install it, or leave the wheels out with --no-wheels"
            ) from None
        for extra in ["", *extras]:
            if (name, extra) in seen:
                continue
            seen.add((name, extra))
            for line in held.requires or ():
                more = Requirement(line)
                if more.marker is None or more.marker.evaluate({"extra": extra}):
                    waiting.append(more)
    return [found[name] for name in sorted(found)]


def write_wheelhouse(folder: Path, names: Iterable[str]) -> list[Path]:
    """Write a wheel of each of these distributions and of all that they need.

    Raises:
        UsageError: if one is not installed, or its files are not listed.
    """
    make_folder(folder)
    return [write_wheel(held, folder) for held in needed(names)]


def fetched(folder: Path, names: Iterable[str], platforms: Iterable[str]) -> None:
    """Have pip fetch wheels for other platforms, such as ``win_amd64``; needs a network.

    Raises:
        UsageError: with what pip said.
    """
    version = f"{sys.version_info[0]}.{sys.version_info[1]}"
    pinned = [f"{d.name}=={d.version}" for d in needed(names) if plain(d.name) != OURS]
    for platform in platforms:
        order = [
            sys.executable, "-m", "pip", "download", "--quiet", "--dest", str(folder),
            "--only-binary=:all:", "--no-deps", "--platform", platform, "--python-version", version,
            *pinned,
        ]  # fmt: skip
        said = subprocess.run(order, capture_output=True, text=True, check=False)
        if said.returncode:
            last = (said.stderr.strip().splitlines() or ["pip failed"])[-1]
            raise UsageError(f"wheels for {platform} could not be fetched: {last}")


def write_wheel(held: Distribution, folder: Path) -> Path:
    """Write the wheel of one installed distribution into a folder that is there."""
    name = re.sub(r"[-.]+", "_", held.name)
    members = _of_source(held) if plain(held.name) == OURS else _of_installed(held)
    info = f"{name}-{held.version}.dist-info"
    wheel = next((m for n, m in members.items() if n.endswith(".dist-info/WHEEL")), None)
    tag = _tag(wheel.decode()) if wheel is not None else "py3-none-any"
    path = folder / f"{name}-{held.version}-{tag}.whl"
    old = next((n.split("/")[0] for n in members if ".dist-info/" in n), info)
    rows = io.StringIO()
    writer = csv.writer(rows, lineterminator="\n")
    with (
        new_file(path) as aside,
        zipfile.ZipFile(aside, "w", zipfile.ZIP_DEFLATED, True, 1) as file,
    ):
        for member in sorted(members):
            content = members[member]
            sha = base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode()
            writer.writerow([member, f"sha256={sha}", len(content)])
            file.writestr(_member(member), content)
        writer.writerow([f"{old}/RECORD", "", ""])
        file.writestr(_member(f"{old}/RECORD"), rows.getvalue())
    return path


def _member(name: str) -> zipfile.ZipInfo:
    member = zipfile.ZipInfo(name, STAMP)
    member.compress_type = zipfile.ZIP_DEFLATED
    member.external_attr = 0o644 << 16
    return member


def _tag(wheel: str) -> str:
    r"""The tag in a wheel's name, of all that its WHEEL file lists.

    >>> _tag("Tag: cp311-cp311-manylinux_2_17_x86_64\nTag: cp311-cp311-manylinux2014_x86_64\n")
    'cp311-cp311-manylinux2014_x86_64.manylinux_2_17_x86_64'
    """
    tags = [line[5:].strip().split("-") for line in wheel.splitlines() if line.startswith("Tag: ")]
    return "-".join(".".join(sorted({tag[part] for tag in tags})) for part in range(3))


def _of_installed(held: Distribution) -> dict[str, bytes]:
    files = held.files
    if not files:
        raise UsageError(f"{held.name}: its installation lists no files; install it with pip")
    data = f"{re.sub(r'[-.]+', '_', held.name)}-{held.version}.data"
    members = {}
    for file in files:
        path, name = Path(str(file.locate())), file.as_posix()
        if name.endswith(".pyc") or path.name in ONLY_THERE or not path.is_file():
            continue
        if name.startswith(".."):
            parts = [part for part in file.parts if part != ".."]
            if parts[0] in {"bin", "Scripts"}:
                # An installer makes these anew, for its own interpreter.
                continue
            name = f"{data}/data/{'/'.join(parts)}"
        members[name] = path.read_bytes()
    return members


def _of_source(held: Distribution) -> dict[str, bytes]:
    """Our own package as it is now, also where it is installed from a checkout."""
    import shamcrowd

    info = f"{OURS}-{held.version}.dist-info"
    members = {}
    for top in shamcrowd.__path__:
        for path in sorted(_all_files(Path(top))):
            members[f"{OURS}/{path.relative_to(top).as_posix()}"] = path.read_bytes()
    for name in ("METADATA", "entry_points.txt"):
        text = held.read_text(name)
        if text:
            members[f"{info}/{name}"] = text.encode()
    members[f"{info}/WHEEL"] = (
        b"Wheel-Version: 1.0\nGenerator: shamcrowd\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
    )
    return members


def _all_files(folder: Path) -> Iterable[Path]:
    # In a checkout the package's folders are links, which `rglob` does not follow.
    for path in folder.iterdir():
        if path.name in {"__pycache__", "node_modules"}:
            continue
        if path.is_dir():
            yield from _all_files(path)
        elif path.suffix != ".pyc":
            yield path
