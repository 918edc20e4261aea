"""Files of tests that take longest, the longest first: a worker that is left with one at the end
would keep the other cores idle.

After the figures that `pytest --durations` prints; what is not here takes a few seconds a file.
"""

LONGEST = (
    "tests/benchmark/closed_loop/test_duel.py",
    "tests/simulator/campaigns/tactics/test_losses.py",
    "tests/benchmark/suites/test_bench.py",
    "tests/simulator/campaigns/tactics/test_every_tactic.py",
    "tests/scenarios/test_each_plays.py",
    "tests/benchmark/closed_loop/test_bars.py",
    "tests/architecture/test_new_plug_ins.py",
    "tests/golden/test_readme.py",
    "tests/docs/test_notebooks.py",
    "tests/benchmark/closed_loop/test_confined_reviewer.py",
    "tests/benchmark/suites/test_sweep.py",
    "tests/simulator/campaigns/test_succession.py",
    "tests/simulator/campaigns/strategies/test_pace.py",
    "tests/simulator/campaigns/strategies/test_strategies.py",
    "tests/simulator/campaigns/strategies/test_behaviour.py",
    "tests/benchmark/cli/commands/test_audit.py",
    "tests/benchmark/cli/commands/test_check.py",
    "tests/detectors/test_conformance.py",
    "tests/benchmark/gate/test_regressions.py",
    "tests/benchmark/evaluation/test_evaluate.py",
    "tests/architecture/test_packaging.py",
    "tests/scenarios/test_realism.py",
)
"""What is not here is tried afterwards, in the order in which it lies in the tree."""


def by_cost(path: str) -> int:
    """Place of a file, by its path from the top of the repository."""
    return LONGEST.index(path) if path in LONGEST else len(LONGEST)
