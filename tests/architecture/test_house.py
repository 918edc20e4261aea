"""The house is as the design says."""

import ast
import importlib
import subprocess
import sys
from pathlib import Path

import pytest

from shamcrowd.detectors.registry import detectors as catalogue
from tests.modules import TOGETHER, find_tests, modules, own_tests

ROOT = Path(__file__).parents[2]
PACKAGES = ("recording", "simulator", "detectors", "benchmark")
MODULES = sorted(p for package in PACKAGES for p in (ROOT / package).rglob("*.py"))
LONGEST = 300


def named(path):
    return path.relative_to(ROOT).as_posix()


def imported(path):
    """Names of all modules that a file imports, wherever in it."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def test_the_top_level_is_the_data_flow():
    for name in ("pyproject.toml", "README.md", "scenarios", "tests", *PACKAGES):
        assert (ROOT / name).exists()


@pytest.mark.parametrize("path", MODULES, ids=named)
def test_one_idea_a_file(path):
    text = path.read_text("utf-8")
    assert len(text.splitlines()) <= LONGEST
    assert ast.get_docstring(ast.parse(text)), "says what it is for"


def test_import_contracts_hold():
    done = subprocess.run([Path(sys.executable).with_name("lint-imports")], cwd=ROOT,
                          capture_output=True, text=True, check=False)  # fmt: skip
    assert done.returncode == 0, done.stdout


def test_detectors_know_nothing_of_each_other():
    """What they share lies in modules that are no detector; fusion asks others by name."""
    detectors = {entry.source.module for entry in catalogue().entries().values()}
    assert {"shamcrowd.detectors.rules.velocity", "shamcrowd.detectors.graph.fraudar"} <= detectors
    for path in MODULES:
        here = "shamcrowd." + named(path).removesuffix(".py").replace("/", ".")
        if here in detectors:
            assert not (set(imported(path)) & detectors) - {here}, here


def test_simpy_stays_in_the_simulator():
    using = {named(p).split("/")[0] for p in MODULES if "simpy" in set(imported(p))}
    assert using == {"simulator"}


@pytest.mark.parametrize(
    "module",
    [
        "shamcrowd.recording.view",
        "shamcrowd.detectors.registry",
        "shamcrowd.detectors",
        "shamcrowd.recording",
    ],
)
def test_the_truth_is_not_loaded_by_accident(module):
    code = f"import sys, {module}; sys.exit('shamcrowd.recording.truth' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_a_world_is_played_without_what_takes_long_to_load(tmp_path):
    """Pandas, scipy or Arrow's functions take as long to load as a small world takes to play."""
    code = (
        "import sys; from shamcrowd.simulator import simulate; "
        f"simulate('quickstart-v2', 1, {str(tmp_path / 'r')!r}, scale=0.01); "
        "print([m for m in ('pandas', 'scipy', 'pyarrow.compute') if m in sys.modules])"
    )
    said = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert said.stdout.strip() == "[]"


def test_randomness_comes_from_named_streams():
    """Only the streams make generators in the simulator."""
    making = ("default_rng", "RandomState", "random.seed", "np.random.Philox", "np.random.PCG64")
    for path in (ROOT / "simulator").rglob("*.py"):
        if path.name == "streams.py":
            continue
        text = path.read_text("utf-8")
        assert not [m for m in making if m in text], named(path)


@pytest.mark.parametrize(
    ("registry", "call", "folder"),
    [
        ("shamcrowd.simulator.registry", "populations", "simulator/populations"),
        ("shamcrowd.simulator.registry", "tactics", "simulator/campaigns/tactics"),
        ("shamcrowd.benchmark.scoring.metrics.registry", "metrics", "benchmark/scoring/metrics"),
    ],
)
def test_every_file_is_found(registry, call, folder):
    found = getattr(importlib.import_module(registry), call)()
    files = {p.stem.replace("_", "-") for p in (ROOT / folder).glob("[a-z]*.py")}
    assert set(found) == files - {"base", "registry"}


def test_tests_mirror_the_tree():
    for folder in (ROOT / "tests").rglob("*"):
        inside = folder.relative_to(ROOT / "tests").parts
        if not folder.is_dir() or inside[0] not in PACKAGES or "__" in folder.name:
            continue
        assert (ROOT / Path(*inside)).is_dir(), f"{folder} mirrors nothing"


def test_tests_of_every_module_are_found_by_its_name():
    every = modules()
    assert not [m.as_posix() for m in every if not find_tests(m)]
    own = sum(own_tests(module).is_file() for module in every)
    assert own >= 0.3 * len(every), "new modules have a file of tests of their own"


def test_what_is_tested_together_is_there():
    """No folder is named that has moved, and none whose modules all have tests of their own."""
    left = {m.parent.as_posix() for m in modules() if not own_tests(m).is_file()}
    assert set(TOGETHER) == left
