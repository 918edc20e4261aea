"""Bad files of every other kind: kits, prices, mappings, keys, names, secrets, logs, traffic.

A sound file of each kind is damaged: cut, with other bytes, with wrong values in every place, as a
folder, a pipe, a device, a link to itself, or too large. Each is refused in sentences at once, or
read as what it says.
"""

from __future__ import annotations

import json
import os
import random
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from shamcrowd.benchmark.world_checks.realism.reading import read as read_traffic
from shamcrowd.recording.errors import ShamcrowdError
from shamcrowd.recording.imports.importing import import_log
from shamcrowd.recording.imports.kept_names import read_names, write_names
from shamcrowd.recording.imports.mapping import FOLDER as FORMATS
from shamcrowd.recording.imports.mapping import read_mapping, shipped
from shamcrowd.recording.imports.pseudonyms import read_key
from shamcrowd.recording.yaml_data import plain_data
from shamcrowd.simulator.campaigns.kit import FOLDER as KITS
from shamcrowd.simulator.campaigns.kit import read_kit
from shamcrowd.simulator.core.secret import Secret
from tests.inputs.test_yaml_files import HangError, in_time
from tests.inputs.yaml_cases import TEXTS, WRONG, _places, _put, _renamed

AT_LEAST = 400
EACH = 8
"""Places of a file that are drawn for each kind of change."""


@dataclass(frozen=True)
class Kind:
    """A kind of file: one that is sound, and its reader."""

    name: str
    sound: Path
    read: Callable[[Path], object]


def _import(path: Path) -> None:
    import_log([str(path)], read_mapping(shipped()["litellm-spend-logs"]),
               path.with_name("imported"), b"k" * 32, strict=True)  # fmt: skip


@pytest.fixture(scope="module")
def kinds(tmp_path_factory: pytest.TempPathFactory) -> list[Kind]:
    folder = tmp_path_factory.mktemp("sound")
    read_key(folder / "a.key")
    Secret.draw(folder / "a.secret")
    log = [{"startTime": f"2026-03-02T{hour:02d}:00:00Z", "user": f"u{hour}", "api_key": "k",
            "prompt_tokens": 9, "completion_tokens": 9, "status": "success", "model": "m"}
           for hour in range(24)]  # fmt: skip
    (folder / "log.jsonl").write_text("\n".join(map(json.dumps, log)), "utf-8")
    traffic = pd.DataFrame({"timestamp": np.arange(50) * 1000.0, "client": "c",
                            "input_tokens": 5, "output_tokens": 6,
                            "conversation": "d"})  # fmt: skip
    traffic.to_csv(folder / "traffic.csv", index=False)
    traffic.to_parquet(folder / "traffic.parquet", index=False)
    return [
        *(Kind("kit", KITS / f"{n}.yaml", read_kit) for n in ("antidetect", "as-people")),
        *(Kind("mapping", FORMATS / f"{n}.yaml", read_mapping)
          for n in ("litellm-spend-logs", "nginx-combined")),
        Kind("key", folder / "a.key", read_key),
        Kind("secret", folder / "a.secret", Secret.read),
        Kind("log", folder / "log.jsonl", _import),
        Kind("traffic", folder / "traffic.csv", read_traffic),
        Kind("traffic", folder / "traffic.parquet", read_traffic),
    ]  # fmt: skip


def _bytes(raw: bytes, luck: random.Random) -> Iterator[tuple[str, bytes]]:
    yield "empty", b""
    yield "zeros", bytes(4096)
    yield "noise", luck.randbytes(3000)
    yield "deep", b"[" * 30_000
    yield (
        "bomb",
        b"a: &a [x,x,x,x,x,x,x,x,x]\n"
        + b"".join(
            b"%c: &%c [%s]\n" % (98 + n, 98 + n, b",".join([b"*%c" % (97 + n)] * 9))
            for n in range(9)
        ),
    )
    for _ in range(EACH):
        at = luck.randrange(1, len(raw) - 1)
        yield f"cut at {at}", raw[:at]
        yield f"bit at {at}", raw[:at] + bytes([raw[at] ^ 1 << luck.randrange(8)]) + raw[at + 1 :]
        yield f"without a byte at {at}", raw[:at] + raw[at + 1 :]
        yield f"escape at {at}", raw[:at] + b"\x1b[2J\x00" + raw[at:]
    for coding in ("utf-16", "utf-32"):
        yield f"in {coding}", raw.decode("latin-1").encode(coding)


def _values(text: str, luck: random.Random) -> Iterator[tuple[str, bytes]]:
    data = plain_data(text).data
    places = list(_places(data))
    for place in luck.sample(places, min(EACH, len(places))):
        yield f"without {place}", json.dumps(_put(data, place)).encode()
        yield f"{place} under another name", json.dumps(_renamed(data, place)).encode()
    for wrong in WRONG:
        place = luck.choice(places)
        yield f"{place} is {str(wrong)[:20]!r}", json.dumps(_put(data, place, wrong)).encode()
    for line in TEXTS:
        key = luck.choice([key for key in data if isinstance(key, str)])
        lines = [f"{json.dumps(k)}: {json.dumps(v)}" for k, v in data.items() if k != key]
        added = line.format(key=key, deep="[" * 60 + "]" * 60, digits="9" * 6000)
        yield line, "\n".join([*lines, added, ""]).encode()


def _strange(path: Path) -> Iterator[tuple[str, Callable[[], Any]]]:
    """What is no file at all."""
    yield "a folder", path.mkdir
    yield "a pipe", lambda: os.mkfifo(path, 0o600)
    yield "a device without an end", lambda: path.symlink_to("/dev/zero")
    yield "a link to itself", lambda: path.symlink_to(path)
    yield "a large file", lambda: os.truncate(os.open(path, os.O_CREAT | os.O_RDWR, 0o600), 1 << 33)
    yield "a file that may not be read", lambda: path.symlink_to("/proc/1/mem")


def _gone(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        path.rmdir()
    else:
        path.unlink(missing_ok=True)


def _refuses(kind: Kind, path: Path) -> str:
    """``refused`` or ``taken``; anything else is a fault of ours."""
    try:
        with in_time():
            kind.read(path)
    except ShamcrowdError as fault:
        said = str(fault)
        return "refused" if said and "Traceback" not in said else "says nothing"
    except (Exception, HangError) as fault:
        return f"{type(fault).__name__}: {str(fault)[:90]}"
    return "taken"


def test_each_is_refused_or_sound(kinds: list[Kind], tmp_path: Path) -> None:
    wrong, seen, luck = [], Counter[str](), random.Random(1)
    for number, kind in enumerate(kinds):
        raw = kind.sound.read_bytes()
        assert _refuses(kind, kind.sound) == "taken", kind.name
        cases = list(_bytes(raw, luck))
        if kind.sound.suffix == ".yaml":
            cases += _values(raw.decode(), luck)
        for told, content in cases:
            path = tmp_path / f"{number}{kind.sound.suffix}"
            path.write_bytes(content)
            path.chmod(0o600)
            found = _refuses(kind, path)
            seen[found] += 1
            # Other bytes may be a sound file again: another number, another key.
            if found not in ("refused", "taken"):
                wrong.append(f"{kind.name} {kind.sound.name}, {told}: {found}")
            _gone(path)
        for told, make in _strange(path := tmp_path / f"strange-{number}{kind.sound.suffix}"):
            make()
            found = _refuses(kind, path)
            seen[found] += 1
            if found != "refused":
                wrong.append(f"{kind.name} {kind.sound.name}, {told}: {found}")
            _gone(path)
    assert not wrong, f"{len(wrong)} of {seen.total()}:\n" + "\n".join(wrong)
    assert seen["refused"] >= AT_LEAST, seen


def test_names_of_an_import(tmp_path: Path) -> None:
    """Kept by an import in a table of three columns, which no other table is taken for."""
    path = tmp_path / "a.names.parquet"
    write_names({}, path)
    assert read_names(path, "account") == {}
    pd.DataFrame({"kind": ["account"], "id": ["x"], "name": [1]}).to_parquet(path)
    with pytest.raises(ShamcrowdError, match="names"):
        read_names(path, "account")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("  accounts: 2.2", "  accounts: 0.5"), "device.accounts"),
        (("care:", "caring:"), "care: Field required"),
        (("kind: residential", "kind: moon"), "network.kind"),
        (("batch_size:", "batches:"), "batches: Extra inputs"),
    ],
)
def test_a_fault_of_a_kit_has_its_place(change: tuple[str, str], said: str, tmp_path: Path) -> None:
    text = (KITS / "antidetect.yaml").read_text("utf-8")
    assert change[0] in text
    path = tmp_path / "mine.yaml"
    path.write_text(text.replace(*change), "utf-8")
    with pytest.raises(ShamcrowdError, match=said) as found:
        read_kit(path)
    assert all(fault.line for fault in found.value.faults)  # type: ignore[attr-defined]
