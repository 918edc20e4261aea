"""Bad logs: each is refused in a sentence at once, or its rows that cannot be used are counted.

`log_cases.py` makes them, of every format.
"""

from __future__ import annotations

import shutil
import time
from collections import Counter
from pathlib import Path

import pytest

from shamcrowd.recording.errors import ShamcrowdError
from shamcrowd.recording.imports.importing import import_log
from shamcrowd.recording.imports.mapping import read_mapping, shipped
from tests.inputs.log_cases import LogCase, cases
from tests.inputs.test_yaml_files import HangError, in_time
from tests.recording.imports.test_formats import JOINED, KEY

AT_LEAST = 550


def _fault(case: LogCase, path: Path, seen: Counter[str]) -> str:
    """What is wrong with how a log was taken; "" if nothing is."""
    mapping = read_mapping(shipped()[case.format])
    joined = [str(JOINED[case.format])] if case.format in JOINED else []
    sampling = 1.0 if mapping.sampled else None
    try:
        with in_time():
            coverage, _ = import_log(
                [str(path)], mapping, path.with_name("out"), KEY, joined=joined, sampling=sampling
            )
    except ShamcrowdError as refused:
        seen["refused"] += 1
        said = str(refused)
        return "" if path.name in said and "Traceback" not in said else f"says {said[:90]!r}"
    except (Exception, HangError) as fault:
        return f"{type(fault).__name__}: {str(fault)[:120]}"
    seen["taken"] += 1
    staged = coverage.staged
    if case.lost is None:
        return f"taken: {staged.requests} requests of {staged.read} rows"
    return "" if staged.unusable >= case.lost else "taken, and nothing is said"


def test_each_is_refused_or_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    wrong, seen, begun = [], Counter[str](), time.process_time()
    for case in cases():
        path = tmp_path / case.file
        path.write_bytes(case.content)
        if fault := _fault(case, path, seen):
            wrong.append(f"{case.format}, {case.name}: {fault}")
        path.unlink()
        shutil.rmtree(tmp_path / "out", ignore_errors=True)
    with capsys.disabled():
        print(f"\n{seen.total()} bad logs, {time.process_time() - begun:.1f} CPU s, {dict(seen)}")
    assert not wrong, f"{len(wrong)} of {seen.total()}:\n" + "\n".join(wrong)
    assert seen.total() >= AT_LEAST, seen
