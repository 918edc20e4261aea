"""What goes out as another platform's log and comes in again is judged the same."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from shamcrowd.benchmark.own_logs.untaught import untaught
from shamcrowd.detectors.base import Findings
from shamcrowd.detectors.registry import load_detector
from shamcrowd.detectors.signals import NotingSource, Signals, blind_to
from shamcrowd.recording.imports.export import export_log
from shamcrowd.recording.imports.importing import import_log
from shamcrowd.recording.imports.mapping import read_mapping, shipped
from shamcrowd.recording.manifest import Manifest
from shamcrowd.recording.view import LogView, open_log
from tests.recordings import recorded

FORMATS = ("litellm-spend-logs", "otel-genai", "new-api")
EVERYBODY = (*untaught(), "volume-only")
ALMOST = ("midas-f", "prada")
"""One counts in a sketch, whose collisions are others where ids are. The other sees a prompt of its
own in each request where none is recorded, which is made from its id: of two requests with the same
one, another gets the next."""


def reviewed(name: str, folder: Path) -> tuple[Findings, Signals]:
    """What a detector says at the end of a recording, and the columns that it looked at."""
    noting = NotingSource(open_log(folder))
    found = load_detector(name)().review(LogView(noting, Manifest.read(folder).end))
    return found, noting.signals


def again(folder: Path, name: str, out: Path, key: bytes) -> dict[int, int]:
    """Export a recording and import it into ``out``: the old account by the new one."""
    mapping = read_mapping(shipped()[name])
    log = out.with_name(out.name + ".jsonl")
    export_log(open_log(folder), mapping, log)
    held = import_log([str(log)], mapping, out, key, strict=True)[1]["account"]
    return {int(i): int(n.removeprefix("user-")) for i, n in zip(held.id, held.name, strict=True)}


def both(name: str, one: Findings, other: Findings, old_of: dict[int, int]) -> None:
    """Compare scores of the same accounts."""
    told = dict(zip(one.account.tolist(), one.score.tolist(), strict=True))
    before = np.array([told[old_of[int(account)]] for account in other.account])
    same = np.isclose(other.score, before)
    assert same.mean() >= (0.95 if name in ALMOST else 1.0), name


@pytest.fixture(scope="module")
def world() -> Path:
    return recorded("quickstart-v2", 1, scale=0.1)


@pytest.fixture(scope="module")
def whole(world: Path) -> dict[str, tuple[Findings, Signals]]:
    return {name: reviewed(name, world) for name in EVERYBODY}


@pytest.mark.parametrize("kind", FORMATS)
def test_detectors_that_need_no_more_than_the_format_has_say_the_same(
    kind: str, world: Path, whole: dict[str, tuple[Findings, Signals]], tmp_path: Path
) -> None:
    """Which these are is observed while they read. Then all of them, once nothing more is there."""
    old_of = again(world, kind, tmp_path / "one", b"k" * 32)
    lacking = Manifest.read(tmp_path / "one").not_recorded
    able = [name for name, (_, signals) in whole.items() if not blind_to(signals, lacking)]
    assert {"timing-entropy", "volume-only"} <= set(able)
    assert ("concurrency" in able) == (kind == "litellm-spend-logs")
    for name in able:
        both(name, whole[name][0], reviewed(name, tmp_path / "one")[0], old_of)
    old_of = again(tmp_path / "one", kind, tmp_path / "two", b"q" * 32)
    assert Manifest.read(tmp_path / "two").not_recorded == lacking
    for name in EVERYBODY:
        first, second = (reviewed(name, tmp_path / n)[0] for n in ("one", "two"))
        both(name, first, second, old_of)
