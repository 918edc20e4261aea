"""What is loaded once for all processes is what the detectors of a run import, and no more."""

import pytest

from shamcrowd.benchmark.evaluation.evaluate import candidates_of
from shamcrowd.benchmark.evaluation.replay import Candidate
from shamcrowd.benchmark.evaluation.slow_libraries import LIBRARIES, libraries_of

SCIPY = ["scipy.sparse.csgraph", "scipy.special"]
EVERY = [module for modules in LIBRARIES.values() for module in modules]


def test_all_detectors_need_all_of_them():
    assert libraries_of(candidates_of(None)) == EVERY


def test_the_controls_need_none():
    assert libraries_of(candidates_of([])) == []


@pytest.mark.parametrize(
    ("name", "modules"),
    [
        ("velocity", []),
        ("prada", [*SCIPY, "scipy.stats"]),
        ("boosted-trees", ["lightgbm"]),
        ("isolation-forest", ["sklearn.ensemble"]),
        ("ecod", ["pyod.models.ecod", "numba"]),
        ("half-space-trees", ["river.anomaly"]),
        # By way of a module that several detectors share.
        ("co-action", [*SCIPY, "sknetwork.clustering"]),
    ],
)
def test_what_a_shipped_detector_imports_is_found(name, modules):
    assert libraries_of([Candidate(name, name)]) == modules


@pytest.mark.parametrize(
    ("text", "modules"),
    [
        ("import lightgbm as lgb\n", ["lightgbm"]),
        ("from sklearn.svm import SVC\n", ["sklearn.ensemble"]),
        ("def review(self, log):\n    from river import tree\n", ["river.anomaly"]),
        ("from scipy import sparse\nimport sklearnex\n", SCIPY),
        ("import scipyx\nimport sklearnex\n", []),
        ("# import lightgbm\nname = 'import river'\n", []),
    ],
)
def test_of_a_file_of_ones_own_the_imports_count(tmp_path, text, modules):
    file = tmp_path / "mine.py"
    file.write_text(text)
    assert libraries_of([Candidate("mine", f"{file}:Mine")]) == modules


def test_a_class_counts_by_its_file_and_what_has_none_by_nothing(tmp_path):
    class Here:
        pass

    assert libraries_of([Candidate("here", Here)]) == []
    assert libraries_of([Candidate("bytes", b"packed"), Candidate("len", len)]) == []
    assert libraries_of([Candidate("gone", str(tmp_path / "gone.py:Gone"))]) == []
