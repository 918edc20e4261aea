"""Detectors that fail through ``evaluate``: each is told so, and all others are judged."""

from __future__ import annotations

import re
import shutil
import textwrap

import pytest

from shamcrowd.recording.errors import UsageError

BROKEN = '''
import sys
import time

import numpy as np

from shamcrowd.detectors.base import Findings
from shamcrowd.recording.errors import MissingExtraError


def accounts(log):
    return log.accounts(["account"])["account"].to_numpy()


class Raises:
    def review(self, log):
        return self.deeper(log)

    def deeper(self, log):
        raise LookupError("no such thing")  # here


class Nan:
    def review(self, log):
        ids = accounts(log)
        return Findings(ids, np.where(ids == ids.min(), np.nan, 0.0))


class Unknown:
    def review(self, log):
        ids = accounts(log)
        ids = np.append(ids, [(set(range(len(ids) + 1)) - set(ids.tolist())).pop()])
        return Findings(ids, np.zeros(len(ids)))


class TooFew:
    def review(self, log):
        ids = accounts(log)[1:]
        return Findings(ids, np.zeros(len(ids)))


class Twice:
    def review(self, log):
        ids = accounts(log)
        ids = np.append(ids, ids[:1])
        return Findings(ids, np.zeros(len(ids)))


class OtherLengths:
    def review(self, log):
        ids = accounts(log)
        return Findings(ids, np.zeros(len(ids) + 2))


class Exits:
    def review(self, log):
        sys.exit(0)


class Late:
    """Fails at the third review only."""

    def __init__(self):
        self.reviews = 0

    def review(self, log):
        self.reviews += 1
        ids = accounts(log)
        if self.reviews == 3:
            raise LookupError("at the third review")
        return Findings(ids, np.zeros(len(ids)))


class Never:
    def review(self, log):
        time.sleep(60)


class ExtraInReview:
    def review(self, log):
        raise MissingExtraError("pip install 'shamcrowd[sql]'")


class NeedsArguments:
    def __init__(self, sauce):
        self.sauce = sauce

    def review(self, log):
        return Findings(accounts(log), np.zeros(len(accounts(log))))


class Scores2d:
    def review(self, log):
        ids = accounts(log)
        return Findings(ids, np.zeros((len(ids), 1)))


class Oracle(TooFew):
    pass


class Odd(Exception):
    pass


def make_odd():
    raise Odd("in its maker")
'''
FILES = {
    "broken": BROKEN,
    "bad_import": "import a_package_that_nobody_has\n",
    "bad_syntax": "class Half:\n    def review(self, log) return 1\n",
    "needs_extra": (
        "from shamcrowd.recording.errors import MissingExtraError\n"
        "raise MissingExtraError(\"needs x: pip install 'shamcrowd[x]'\")\n"
    ),
}
BOARD = {
    "Raises", "Nan", "Unknown", "TooFew", "Twice", "OtherLengths", "Exits", "Late",
    "NeedsArguments",
}  # fmt: skip


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    folder = tmp_path_factory.mktemp("files")
    for name, text in FILES.items():
        (folder / f"{name}.py").write_text(textwrap.dedent(text), "utf-8")
    return folder


@pytest.fixture(scope="module")
def judged(small_run, files, tmp_path_factory, again):
    """The small run with all the broken ones beside velocity, by name on the board."""
    folder = shutil.copytree(small_run.folder, tmp_path_factory.mktemp("broken") / "run")
    names = [f"{files}/broken.py:{name}" for name in sorted(BOARD)]
    names += [f"{files}/bad_import.py:Import", f"{files}/bad_syntax.py:Half"]
    names += [f"{files}/needs_extra.py:Extra", "a_module_that_nobody_has:Gone", "velocity"]
    return {d.name: d for d in again(folder, names).detectors}


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("nan", r"1 score is NaN or infinite"),
        ("unknown", r"1 unknown account, for example \d+"),
        ("too-few", r"no score for 1 of \d+ accounts, for example \d+"),
        ("twice", r"1 account is scored twice"),
        ("other-lengths", r"\d+ values in score for \d+ accounts"),
        ("exits", r"process ended"),
        ("late", r"at the third review"),
        ("needs-arguments", r"TypeError.*missing 1 required positional argument: 'sauce'"),
        ("import", r"bad_import.py cannot be loaded: ModuleNotFoundError: .*a_package_that_nobody"),
        ("half", r"bad_syntax.py cannot be loaded: SyntaxError: .*line 2"),
        ("gone", r"a_module_that_nobody_has cannot be loaded: ModuleNotFoundError"),
    ],
)
def test_failed_with_the_reason(judged, name, told):
    failed = judged[name]
    assert failed.status == "failed"
    assert re.search(told, failed.error), failed.error
    # Failed is not zero: there is nothing that could be averaged or ranked.
    assert failed.metrics == {}
    assert failed.campaigns == failed.segments == ()
    assert failed.threshold is None


def test_an_exception_comes_with_the_detectors_own_frames_only(judged, files):
    error = judged["raises"].error
    line = 1 + BROKEN.splitlines().index('        raise LookupError("no such thing")  # here')
    assert "on seed 1: LookupError: no such thing" in error
    assert f'File "{files}/broken.py", line {line}, in deeper' in error
    assert "return self.deeper(log)" in error
    assert "replay.py" not in error
    assert "apart.py" not in error


def test_a_missing_extra_is_unavailable_and_not_failed(judged):
    extra = judged["extra"]
    assert (extra.status, extra.metrics) == ("unavailable", {})
    assert extra.error.endswith("needs x: pip install 'shamcrowd[x]'")


def test_all_others_are_judged_as_before(judged, small_run):
    assert judged["velocity"].status == "ok"
    before = next(d for d in small_run.scores.detectors if d.name == "velocity")
    one = judged["velocity"].metrics["average-precision"].by_seed
    assert one == before.metrics["average-precision"].by_seed[:1]
    assert all(d.status == "ok" for d in judged.values() if d.kind == "control")


def test_failed_ones_stand_below_those_that_ran(judged):
    names = [n for n, d in judged.items() if d.kind == "detector"]
    assert names[0] == "velocity"
    assert names[1:] == sorted(names[1:])


def test_one_that_never_returns_is_ended(run_copy, files, again):
    scores = again(run_copy, [f"{files}/broken.py:Never", "velocity"], time_limit=1.5)
    status = {d.name: (d.status, d.error) for d in scores.detectors}
    assert status["velocity"] == ("ok", "")
    assert status["never"][0] == "failed"
    assert "1.5 s, the time limit" in status["never"][1]


def test_a_failure_is_tried_again(run_copy, tmp_path, again):
    switch = tmp_path / "broken"
    path = tmp_path / "fickle.py"
    fails_if = f"if __import__('os').path.exists({str(switch)!r}):"
    path.write_text(BROKEN.replace("if self.reviews == 3:", fails_if), "utf-8")
    for there, status in ((True, "failed"), (False, "ok")):
        switch.touch() if there else switch.unlink()
        scores = again(run_copy, [f"{path}:Late"])
        assert {d.name: d.status for d in scores.detectors}["late"] == status


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("velocty", "did you mean 'velocity'"),
        ("qqq", "There are: "),
        ("nowhere.py:Thing", "there is no file nowhere.py"),
    ],
)
def test_unknown_detector(tmp_path, again, name, told):
    with pytest.raises(UsageError, match=told) as caught:
        again(tmp_path / "run", [name])
    assert caught.value.exit_code == 2
    assert not (tmp_path / "run").exists()


def test_two_of_one_name(tmp_path, again, files):
    with pytest.raises(UsageError, match="two detectors are called 'velocity'"):
        again(tmp_path / "run", ["velocity", f"{files}/broken.py:Velocity"])


def test_a_missing_extra_found_at_review(run_copy, files, again):
    scores = again(run_copy, [f"{files}/broken.py:ExtraInReview"])
    assert {d.name: d.status for d in scores.detectors}["extra-in-review"] == "unavailable"


def test_a_maker_that_raises_its_own_exception(run_copy, files, again):
    scores = again(run_copy, [f"{files}/broken.py:make_odd"])
    assert {d.name: d.status for d in scores.detectors}["make-odd"] == "failed"


def test_scores_of_another_shape_break_the_contract(run_copy, files, again):
    scores = again(run_copy, [f"{files}/broken.py:Scores2d"])
    told = {d.name: d.error for d in scores.detectors}["scores2d"]
    assert "findings break the contract" in told


def test_a_detector_called_as_a_control(run_copy, files, again):
    with pytest.raises(UsageError, match="two detectors are called 'oracle'"):
        again(run_copy, [f"{files}/broken.py:Oracle"])
