"""A recording that goes out as a log and comes in again says the same of what the log holds."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from shamcrowd.detectors.registry import load_detector
from shamcrowd.recording.imports.export import export_log
from shamcrowd.recording.imports.importing import import_log
from shamcrowd.recording.imports.mapping import read_mapping, shipped
from shamcrowd.recording.manifest import Manifest
from shamcrowd.recording.view import LogView, open_log


@pytest.mark.parametrize("name", ["litellm-spend-logs", "new-api", "kong-ai-proxy"])
def test_requests_and_findings_are_the_same(name: str, small: Path, tmp_path: Path) -> None:
    mapping, now = read_mapping(shipped()[name]), Manifest.read(small).end
    before = LogView(open_log(small), now)
    asked = before.requests()
    assert export_log(open_log(small), mapping, tmp_path / "log.jsonl") == len(asked)
    log = str(tmp_path / "log.jsonl")
    coverage, names = import_log([log], mapping, tmp_path / "rec", b"k" * 32)
    assert coverage.staged.requests == len(asked)
    after = LogView(open_log(tmp_path / "rec"), now)
    held = names["account"]
    old_of = {int(i): int(n.removeprefix("user-"))
              for i, n in zip(held.id, held.name, strict=True)}  # fmt: skip
    again = after.requests()
    order = ["time", "account", "input_tokens", "output_tokens"]
    asked = asked.sort_values(order)
    again = again.assign(account=again["account"].map(old_of)).sort_values(order)
    for column in [*order, "duration"]:
        np.testing.assert_array_equal(asked[column].to_numpy(), again[column].to_numpy())
    # Who shares an address with whom is the same.
    for column in ("address",):
        groups = [
            set(map(frozenset, t.groupby(column)["account"].unique())) for t in (asked, again)
        ]
        assert groups[0] == groups[1]
    # A detector that needs moments alone says the same of every account that sent a request.
    whole = load_detector("timing-entropy")().review(before)
    found = dict(zip(whole.account.tolist(), whole.score, strict=True))
    now_found = load_detector("timing-entropy")().review(after)
    scores = np.array([found[old_of[int(a)]] for a in now_found.account])
    np.testing.assert_allclose(now_found.score, scores)
