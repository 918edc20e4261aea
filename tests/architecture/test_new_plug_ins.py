"""A generated plug-in of each kind passes in a copy of the tree, and no other file is touched."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LEFT = (".git", ".venv", "build", "dist", "demo", "__pycache__", ".pytest_cache", ".ruff_cache",
        ".hypothesis", ".import_linter_cache", ".benchmarks")  # fmt: skip
NEW = {
    "detector": ("busy-hours", "detectors/rules"),
    "population": ("night-owls", "simulator/populations"),
    "tactic": ("page-farm", "simulator/campaigns/tactics"),
    "metric": ("flag-share", "benchmark/scoring/metrics"),
}
TABLES = (
    "tests/benchmark/test_plugin_tables.py::test_the_tables_agree_with_the_code",
    "tests/benchmark/scoring/test_metrics_page.py",
)
NAMES = " or ".join(
    ["test_the_tables_agree_with_the_code", "test_metrics_page",
     *(f"{name} or {name.replace('-', '_')}" for name, _ in NEW.values())]
)  # fmt: skip
MADE = {
    f"{home}/{name.replace('-', '_')}.py" for name, home in NEW.values()
} | {f"tests/{home}/test_{name.replace('-', '_')}.py" for name, home in NEW.values()}  # fmt: skip
BY_DISCOVERY = (
    "tests/architecture/test_house.py",
    "tests/benchmark/cli/commands/test_show.py",
    "tests/benchmark/scoring/metrics/test_properties.py",
    "tests/detectors/test_conformance.py",
    "tests/detectors/test_told.py",
    "tests/simulator/campaigns/tactics/test_every_tactic.py",
    "tests/simulator/test_odd_worlds.py",
)
"""Tests that are parametrised by discovery: the cases of the new ones are run."""
FEWEST_CASES = 15
"""Fewer cases would mean that they are not found."""


@pytest.fixture(scope="module")
def copy(tmp_path_factory):
    """A copy of the tree with a new plug-in of each kind."""
    tree = tmp_path_factory.mktemp("copy") / "tree"
    # With what was compiled, which is found by the time of a file's last change.
    left = [name for name in LEFT if name != "__pycache__"]
    shutil.copytree(ROOT, tree, symlinks=True, ignore=shutil.ignore_patterns(*left))
    for kind, (name, _) in NEW.items():
        run(tree, "-c", "import sys; from shamcrowd.benchmark.cli.entry import run; "
            "sys.exit(run(sys.argv[1:]))", "new", kind, name)  # fmt: skip
    return tree


def run(tree, *words):
    """A Python process in the copy, which must succeed."""
    env = {**os.environ, "PYTHONPATH": str(tree / "src"), "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(
        [sys.executable, *words], cwd=tree, env=env, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def contents(tree):
    """The digest of every file, by its path from the top."""
    paths = (Path(folder, name) for folder, _, names in os.walk(tree) for name in names)
    left = {*LEFT, ".mypy_cache"}
    return {
        path.relative_to(tree).as_posix(): sha256(path.read_bytes()).hexdigest()
        for path in paths
        if path.is_file() and not left & set(path.relative_to(tree).parts)
    }


def test_nothing_else_was_touched(copy):
    before, after = contents(ROOT), contents(copy)
    assert {path for path in after if path not in before} == MADE
    assert all(after[path] == before[path] for path in after if path not in MADE)


def test_they_are_formatted_typed_and_in_their_layer(copy):
    files = sorted(MADE)
    run(copy, "-m", "ruff", "check", "--no-cache", *files)
    run(copy, "-m", "ruff", "format", "--no-cache", "--check", *files)
    run(copy, "-m", "mypy")
    run(copy, "-c", "import sys; from importlinter.cli import lint_imports_command; "
        "sys.exit(lint_imports_command())", "--no-cache")  # fmt: skip


def test_their_own_tests_and_those_made_by_discovery_pass(copy):
    run(copy, "-m", "shamcrowd.benchmark.scoring.metrics_page", "docs/metrics.md")
    run(copy, "-m", "shamcrowd.benchmark.plugin_tables", "docs")
    own = [path for path in sorted(MADE) if path.startswith("tests/")]
    own += ["src/shamcrowd/detectors/rules/busy_hours.py", *TABLES]
    said = run(
        copy, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-k", NAMES, *own, *BY_DISCOVERY
    )
    assert int(said.rpartition(" passed")[0].split()[-1]) >= len(own) + FEWEST_CASES
