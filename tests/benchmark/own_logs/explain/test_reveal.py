"""Names behind ids, for those who have the key."""

from __future__ import annotations

from pathlib import Path

import pytest

from shamcrowd.benchmark.own_logs.explain.reveal import reveal
from shamcrowd.recording.errors import UnreadableError, UsageError

Gateway = tuple[Path, dict[str, int]]


def test_the_key_reveals_the_names(gateway_log: Gateway) -> None:
    folder, ids = gateway_log
    names = reveal(folder, folder.with_name("rec.key"))
    assert names["account"][ids["crowd-0"]] == "crowd-0"
    assert "203.0.113.7" in names["address"].values()


def test_another_key_does_not(gateway_log: Gateway, tmp_path: Path) -> None:
    (tmp_path / "other.key").write_text("ab" * 32)
    with pytest.raises(UsageError, match="not the key that made the ids"):
        reveal(gateway_log[0], tmp_path / "other.key")


def test_a_key_or_names_that_are_not_there(gateway_log: Gateway, tmp_path: Path) -> None:
    folder, _ = gateway_log
    with pytest.raises(UsageError, match="holds no key"):
        reveal(folder, tmp_path / "none.key")
    assert not (tmp_path / "none.key").exists()
    with pytest.raises(UnreadableError):
        reveal(folder, folder.with_name("rec.key"), tmp_path / "none.parquet")
