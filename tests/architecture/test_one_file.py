"""A plug-in is one new file, in real processes: good ones are used, wrong ones are told."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
RUN = "import sys; from shamcrowd.benchmark.cli.entry import run; sys.exit(run(sys.argv[1:]))"
NEW = {
    "simulator/campaigns/tactics/slow_hydra.py": (
        "from shamcrowd.simulator.campaigns.tactics.hydra import Hydra\n\n\n"
        "class SlowHydra(Hydra):\n    '''Slower.'''\n"
    ),
    "simulator/populations/retired.py": (
        "from shamcrowd.simulator.populations.casual import Casual\n\n\n"
        "class Retired(Casual):\n    '''Older.'''\n"
    ),
    "simulator/populations/broken.py": "class Broken(:\n",
    "simulator/populations/half.py": (
        "from shamcrowd.simulator.populations.base import Population\n\n\n"
        "class Half(Population):\n    '''Half.'''\n"
    ),
    "detectors/rules/busy_nights.py": (
        "from shamcrowd.detectors.rules.velocity import Velocity\n\n\n"
        "class BusyNights(Velocity):\n    '''Nights.'''\n"
    ),
    "detectors/outliers/velocity.py": (
        "class Velocity:\n    '''Again.'''\n    def review(self, log): ...\n"
    ),
    "detectors/rules/bad_import.py": (
        "import nothing_here\n\n\nclass A:\n    '''A.'''\n    def review(self, log): ...\n"
    ),
    "benchmark/scoring/metrics/half.py": (
        "from shamcrowd.benchmark.scoring.metrics.base import Metric\n\n\n"
        "class Half(Metric):\n    '''Half.'''\n"
    ),
}
WORLD = """\
extends: quickstart-v2
horizon: 2d
releases: []
populations: {retired: {accounts: 20}}
campaigns:
  hydra: {tactic: slow-hydra, accounts: 80, exchanges: 900, start: 0d, duration: 2d}
  credit-farm: null
"""


@pytest.fixture(scope="module")
def shamcrowd(tmp_path_factory):
    """Runs a command of a copy of the package with new files in it."""
    folder = tmp_path_factory.mktemp("copy")
    # Links are followed: the copy has the shape of an installed package.
    shutil.copytree(
        ROOT / "src/shamcrowd", folder / "shamcrowd", ignore=shutil.ignore_patterns("__pycache__")
    )
    for place, text in NEW.items():
        (folder / "shamcrowd" / place).write_text(text)
    (folder / "mine-v1.yaml").write_text(WORLD)
    (folder / "half-v1.yaml").write_text(
        "extends: quickstart-v2\npopulations: {half: {accounts: 5}}\n"
    )

    def of(*words):
        return subprocess.run(
            [sys.executable, "-c", RUN, *words], cwd=folder, text=True, capture_output=True,
            env={**os.environ, "PYTHONPATH": str(folder), "COLUMNS": "200"}, check=False,
        )  # fmt: skip

    return of


@pytest.mark.parametrize(
    ("kind", "good", "faults"),
    [
        (
            "populations",
            ["casual", "retired"],
            ["populations/broken.py:1", "populations/half.py:4", "no method `set_up`"],
        ),
        (
            "detectors",
            ["fraudar", "busy-nights", "oracle"],
            ["bad_import.py:1", "outliers/velocity.py:1", "rules/velocity.py", "rename one"],
        ),
        ("metrics", ["average-precision"], ["metrics/half.py:4", "no class attribute `title`"]),
    ],
)
def test_lists_show_the_good_ones_and_tell_the_others(shamcrowd, kind, good, faults):
    done = shamcrowd("list", kind)
    assert done.returncode == 2
    assert set(good) <= {line.split()[0] for line in done.stdout.splitlines() if line.strip()}
    for fault in faults:
        assert fault in done.stderr
    assert "Traceback" not in done.stderr


def test_worlds_of_new_ones_are_played_beside_wrong_ones(shamcrowd):
    done = shamcrowd("simulate", "mine-v1.yaml", "--seed", "1", "--scale", "0.5", "--out", "r")
    assert done.returncode == 0, done.stderr
    done = shamcrowd("validate", "r")
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("simulate", "half-v1.yaml", "--seed", "1", "--out", "x"), "Half has no method"),
        (("run", "quickstart-v2", "--detector", "bad-import", "--out", "y"), "nothing_here"),
    ],
)
def test_asked_for_by_its_name_a_wrong_one_is_told(shamcrowd, words, said):
    done = shamcrowd(*words)
    assert done.returncode == 2, done.stderr
    assert said in done.stderr
    assert "Traceback" not in done.stderr
