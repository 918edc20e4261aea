"""Detectors are found by file, by path, by module; and names that are wrong are said to be."""

import pytest

from shamcrowd.detectors.adapters.function import FunctionDetector
from shamcrowd.detectors.registry import detector_about, detector_names, is_control, load_detector
from shamcrowd.recording.errors import DetectorError, UsageError

CODE = """
from shamcrowd.detectors.adapters.estimator import estimator
from shamcrowd.detectors.rules.velocity import Velocity

class Mine(Velocity):
    "Mine."

def scores(log):
    return log.accounts(["account"]).assign(score=1.0).set_index("account")["score"]

def maker():
    return Mine()

thing = Mine()
number = 3
"""


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "mine.py"
    path.write_text(CODE)
    return path


@pytest.mark.parametrize("name", detector_names())
def test_every_one_loads_and_says_what_it_is(name):
    assert hasattr(load_detector(name)(), "review")
    assert len(detector_about(name)) > 10


def test_controls_are_told_apart():
    assert [n for n in detector_names() if is_control(n)] == ["age-only", "random", "volume-only"]


def test_a_class_a_function_and_a_maker_in_a_file(path):
    assert type(load_detector(f"{path}:Mine")()).__name__ == "Mine"
    assert isinstance(load_detector(f"{path}:scores")(), FunctionDetector)
    assert type(load_detector(f"{path}:maker")()).__name__ == "Mine"
    assert load_detector("shamcrowd.detectors.rules.velocity:Velocity")().review


@pytest.mark.parametrize(
    ("what", "said"),
    [("Mein", "Mine"), ("thing", "class"), ("number", "review")],
)
def test_what_is_no_detector_in_a_file(path, what, said):
    with pytest.raises(UsageError, match=said):
        load_detector(f"{path}:{what}")


def test_unknown_names():
    with pytest.raises(UsageError, match="did you mean 'velocity'"):
        load_detector("velocty")
    with pytest.raises(UsageError, match="no file"):
        load_detector("nowhere.py:X")


@pytest.mark.parametrize("code", ["import no_such_module_here", "def f(:", "1 / 0"])
def test_a_file_that_cannot_be_loaded(tmp_path, code):
    path = tmp_path / "broken.py"
    path.write_text(code)
    with pytest.raises(DetectorError, match=r"broken\.py"):
        load_detector(f"{path}:X")
