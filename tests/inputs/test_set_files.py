"""Bad files of labelled sets: each is refused in a sentence at once, or read as what it says."""

from __future__ import annotations

import random
from collections import Counter
from pathlib import Path

import pytest

from shamcrowd.benchmark.transfer.registry import labelled_sets
from tests.benchmark.transfer.test_sets import FORMS
from tests.inputs import test_data_files
from tests.inputs.test_data_files import Kind, _bytes, _gone, _refuses, _strange

AT_LEAST = 300


def test_each_file_of_each_set(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(test_data_files, "EACH", 2)
    wrong, seen, luck = [], Counter[str](), random.Random(3)
    for number, (name, write) in enumerate(FORMS):
        folder = tmp_path / str(number)
        folder.mkdir()
        write(folder)
        kind = Kind(name, folder, labelled_sets().load(name).read)
        for path in sorted(p for p in folder.rglob("*") if p.is_file()):
            raw = path.read_bytes()

            def judge(told: str, path: Path = path, kind: Kind = kind) -> None:
                found = _refuses(kind, kind.sound)
                seen[found] += 1
                if found not in ("refused", "taken"):
                    wrong.append(f"{kind.name} {path.name}, {told}: {found}")

            for told, content in _bytes(raw, luck):
                path.write_bytes(content)
                judge(told)
            path.unlink()
            judge("gone")
            for told, make in _strange(path):
                make()
                judge(told)
                _gone(path)
            path.write_bytes(raw)
        assert _refuses(kind, folder) == "taken", name
    assert not wrong, f"{len(wrong)} of {seen.total()}:\n" + "\n".join(wrong)
    assert seen["refused"] >= AT_LEAST, seen
