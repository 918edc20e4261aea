"""Bad scenarios and suites: each is refused at once, all its faults in sentences, or is valid.

`yaml_cases.py` makes them. Nothing may end in a traceback, hang, or be taken for what it is not.
"""

from __future__ import annotations

import json
import signal
from collections import Counter
from contextlib import contextmanager

import jsonschema
import pytest

from shamcrowd.benchmark.suites.suite import load_suite
from shamcrowd.recording.errors import ScenarioError
from shamcrowd.simulator.core import duration
from shamcrowd.simulator.scenario.json_schema import json_schema
from shamcrowd.simulator.scenario.load import from_resolved, load_draft, resolved
from tests.inputs.yaml_cases import cases

LONG = 20
"""Seconds after which a reader is said to hang; on a busy machine all take long."""
AT_LEAST = 500


class HangError(BaseException):
    """A reader did not come back."""


@contextmanager
def in_time():
    def late(*args):
        raise HangError

    before = signal.signal(signal.SIGALRM, late)
    signal.alarm(LONG)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def same(written, taken):
    """Is what was written what was taken?"""
    if isinstance(written, dict) and isinstance(taken, dict):
        return all(key in taken and same(value, taken[key]) for key, value in written.items())
    if isinstance(written, list) and isinstance(taken, list):
        return len(written) == len(taken) and all(map(same, written, taken))
    if isinstance(taken, list) and len(taken) == 1:
        return same(written, taken[0])  # `of: PATH` is short for `of: [PATH]`
    if isinstance(written, bool) or isinstance(taken, bool):
        return written is taken
    if isinstance(written, str) and isinstance(taken, str) and written != taken:
        try:
            return duration.parse(written) == duration.parse(taken)
        except ValueError:
            return taken in written
    return written == taken


def check_accepted(path, schema):
    """An accepted scenario fits the published schema, and holds what its file says."""
    scenario, draft = load_draft(path)
    jsonschema.validate(json.loads(json.dumps(draft.data)), schema)
    taken = resolved(scenario)
    assert from_resolved(taken) == scenario
    for key, value in draft.data.items():
        if key == "response":
            continue  # a name, or a mapping over a named policy
        assert same(value, taken[key]), key


def told(fault):
    return fault.what and fault.where and "Traceback" not in fault.what


@pytest.fixture(scope="module")
def schema():
    return json_schema()


def test_each_is_refused_or_valid(tmp_path, schema):
    wrong, seen = [], Counter()
    for number, case in enumerate(cases()):
        path = tmp_path / f"case-{number}.yaml"
        path.write_bytes(case.content)
        try:
            with in_time():
                if case.kind == "suite":
                    load_suite(str(path))
                else:
                    check_accepted(path, schema)
            seen["accepted"] += 1
        except ScenarioError as error:
            seen["refused"] += 1
            if not error.faults or not all(map(told, error.faults)):
                wrong.append(f"{case.name}: says nothing")
        except (Exception, HangError) as fault:
            wrong.append(f"{case.name}: {type(fault).__name__}: {str(fault).splitlines()[:1]}")
        path.unlink()
    assert not wrong, "\n".join(wrong)
    assert seen["refused"] >= AT_LEAST, seen
    assert seen["accepted"] < seen["refused"], seen


def test_the_check_of_what_was_accepted_can_fail(tmp_path, schema):
    assert not same({"accounts": True}, {"accounts": 1})
    assert not same({"accounts": 1, "more": 2}, {"accounts": 1})
    assert not same("6h", "7h")
    assert same({"a": "24h", "b": [1, 2.0]}, {"a": "1d", "b": [1, 2]})
