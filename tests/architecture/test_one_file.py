"""A tactic, population, detector or metric is one new file and nothing edited elsewhere."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
NEW = {
    "simulator/tactics/slow_hydra.py": (
        "from simulator.tactics.hydra import Hydra\n\n\n"
        "class SlowHydra(Hydra):\n    '''Slower.'''\n",
        "from simulator.registry import tactics; assert 'slow-hydra' in tactics()",
    ),
    "simulator/populations/retired.py": (
        "from simulator.populations.casual import Casual\n\n\n"
        "class Retired(Casual):\n    '''Older.'''\n",
        "from simulator.registry import populations; assert 'retired' in populations()",
    ),
    "detectors/rules/busy_nights.py": (
        "from detectors.rules.velocity import Velocity\n\n\nclass BusyNights(Velocity):\n"
        "    '''Nights.'''\n\n    def review(self, log):\n        return super().review(log)\n",
        "from detectors.registry import *; assert 'busy-nights' in detector_names(); "
        "load_detector('busy-nights')()",
    ),
    "benchmark/metrics/half_recall.py": (
        "from benchmark.metrics.base import Metric\n\n\nclass HalfRecall(Metric):\n"
        "    '''Half.'''\n\n    title = 'half'\n    short = 'half'\n\n"
        "    def measure(self, judged):\n        return [0.5]\n",
        "from benchmark.metrics.registry import metrics; assert 'half-recall' in metrics()",
    ),
}


@pytest.mark.parametrize("place", NEW)
def test_is_found(tmp_path, place):
    code, check = NEW[place]
    for package in ("recording", "simulator", "detectors", "benchmark", "scenarios"):
        shutil.copytree(ROOT / package, tmp_path / package,
                        ignore=shutil.ignore_patterns("__pycache__"))  # fmt: skip
    (tmp_path / place).write_text(code)
    env = {**os.environ, "PYTHONPATH": str(tmp_path)}
    subprocess.run([sys.executable, "-c", check], cwd=tmp_path, env=env, check=True)
