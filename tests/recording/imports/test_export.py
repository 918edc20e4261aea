"""A recording that goes out as a log and comes in again says the same of what the log holds."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from shamcrowd.recording.errors import UsageError
from shamcrowd.recording.imports.export import export_log
from shamcrowd.recording.imports.importing import import_log
from shamcrowd.recording.imports.mapping import read_mapping, shipped
from shamcrowd.recording.manifest import Manifest
from shamcrowd.recording.view import LogView, open_log

FORMATS = ["litellm-spend-logs", "otel-genai", "new-api", "kong-ai-proxy"]
Pair = tuple[Path, Path, dict[int, int]]


@pytest.fixture(scope="module", params=FORMATS)
def pair(
    request: pytest.FixtureRequest, small: Path, tmp_path_factory: pytest.TempPathFactory
) -> Pair:
    """A recording, what comes back of it, and the old account by the new one."""
    folder = tmp_path_factory.mktemp("pair")
    mapping = read_mapping(shipped()[request.param])
    many = export_log(open_log(small), mapping, folder / "log.jsonl")
    log = str(folder / "log.jsonl")
    coverage, names = import_log([log], mapping, folder / "rec", b"k" * 32, strict=True)
    assert coverage.staged.requests == many == Manifest.read(small).rows["requests"]
    held = names["account"]
    old_of = {int(i): int(n.removeprefix("user-"))
              for i, n in zip(held.id, held.name, strict=True)}  # fmt: skip
    return small, folder / "rec", old_of


def test_requests_are_the_same(pair: Pair) -> None:
    small, again, old_of = pair
    now = Manifest.read(small).end
    missing = Manifest.read(again).not_recorded["requests"]
    asked = LogView(open_log(small), now).requests()
    found = LogView(open_log(again), now).requests()
    order = ["time", "account", "input_tokens", "output_tokens"]
    asked = asked.sort_values(order)
    found = found.assign(account=found["account"].map(old_of)).sort_values(order)
    for column in [*order, "duration"]:
        if column not in missing:
            np.testing.assert_array_equal(asked[column].to_numpy(), found[column].to_numpy())
    # Who shares an address with whom is the same.
    groups = [set(map(frozenset, t.groupby("address")["account"].unique())) for t in (asked, found)]
    assert groups[0] == groups[1]


def test_what_cannot_be_written_is_refused(small: Path, tmp_path: Path) -> None:
    for name in ("nginx-combined", "openai-admin", "azure-apim", "bedrock"):
        with pytest.raises(UsageError, match=f"{name} cannot be written"):
            export_log(open_log(small), read_mapping(shipped()[name]), tmp_path / "x")
