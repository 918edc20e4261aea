"""A tactic, population, detector or metric is one new file and nothing edited elsewhere."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
NEW = {
    "simulator/campaigns/tactics/slow_hydra.py": (
        "from shamcrowd.simulator.campaigns.tactics.hydra import Hydra\n\n\n"
        "class SlowHydra(Hydra):\n    '''Slower.'''\n",
        "from shamcrowd.simulator.registry import tactics; assert 'slow-hydra' in tactics()",
    ),
    "simulator/populations/retired.py": (
        "from shamcrowd.simulator.populations.casual import Casual\n\n\n"
        "class Retired(Casual):\n    '''Older.'''\n",
        "from shamcrowd.simulator.registry import populations; assert 'retired' in populations()",
    ),
    "detectors/rules/busy_nights.py": (
        "from shamcrowd.detectors.rules.velocity import Velocity\n\n\nclass BusyNights(Velocity):\n"
        "    '''Nights.'''\n\n    def review(self, log):\n        return super().review(log)\n",
        "from shamcrowd.detectors.registry import *; assert 'busy-nights' in detector_names(); "
        "load_detector('busy-nights')()",
    ),
    "benchmark/scoring/metrics/half_recall.py": (
        "from shamcrowd.benchmark.scoring.metrics.base import Metric\n\n\n"
        "class HalfRecall(Metric):\n"
        "    '''Half.'''\n\n    title = 'half'\n    short = 'half'\n\n"
        "    def measure(self, judged):\n        return [0.5]\n",
        "from shamcrowd.benchmark.scoring.metrics.registry import metrics; "
        "assert 'half-recall' in metrics()",
    ),
}


@pytest.mark.parametrize("place", NEW)
def test_is_found(tmp_path, place):
    code, check = NEW[place]
    home = tmp_path / "shamcrowd"
    # Links are followed: the copy has the shape of an installed package.
    shutil.copytree(ROOT / "src/shamcrowd", home, ignore=shutil.ignore_patterns("__pycache__"))
    (home / place).write_text(code)
    env = {**os.environ, "PYTHONPATH": str(tmp_path)}
    subprocess.run([sys.executable, "-c", check], cwd=tmp_path, env=env, check=True)
