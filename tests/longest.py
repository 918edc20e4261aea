"""Files of tests that take longest, the longest first: a worker that is left with one at the end
would keep the other cores idle.

After the figures that `pytest --durations` prints; what is not here takes a few seconds a file.
"""

LONGEST = (
    "tests/simulator/campaigns/tactics/test_every_tactic.py",
    "tests/scenarios/test_each_plays.py",
    "tests/benchmark/cli/test_kills.py",
    "tests/simulator/campaigns/tactics/test_losses.py",
    "tests/architecture/test_new_plug_ins.py",
    "tests/benchmark/closed_loop/test_duel.py",
    "tests/benchmark/closed_loop/test_confined_reviewer.py",
    "tests/benchmark/evaluation/test_feature_stores.py",
    "tests/benchmark/cli/test_arms_race.py",
    "tests/benchmark/test_pytest_plugin.py",
    "tests/benchmark/suites/test_bench.py",
    "tests/benchmark/gate/test_planted.py",
    "tests/benchmark/execution/engines/test_dask_engine.py",
    "tests/scenarios/test_what_loads_plays.py",
    "tests/benchmark/closed_loop/test_bars.py",
    "tests/benchmark/suites/test_suite.py",
    "tests/golden/test_readme.py",
    "tests/inputs/test_yaml_files.py",
    "tests/benchmark/evaluation/test_fitting_stage.py",
    "tests/docs/test_notebooks.py",
    "tests/inputs/test_readers.py",
    "tests/simulator/campaigns/strategies/test_pace.py",
    "tests/benchmark/cli/test_interrupt.py",
    "tests/benchmark/evaluation/test_stale.py",
    "tests/benchmark/gate/test_regressions.py",
    "tests/benchmark/transfer/test_transfer.py",
    "tests/detectors/test_conformance.py",
    "tests/benchmark/evaluation/test_evaluate.py",
    "tests/benchmark/own_logs/explain/test_dossier.py",
    "tests/simulator/campaigns/test_succession.py",
    "tests/simulator/campaigns/strategies/test_strategies.py",
    "tests/simulator/campaigns/strategies/test_behaviour.py",
    "tests/benchmark/cli/commands/test_audit.py",
    "tests/benchmark/cli/commands/test_check.py",
    "tests/benchmark/suites/test_sweep.py",
    "tests/architecture/test_packaging.py",
    "tests/scenarios/test_realism.py",
    "tests/speed/test_everybody.py",
)
"""What is not here is tried afterwards, in the order in which it lies in the tree."""


def by_cost(path: str) -> int:
    """Place of a file, by its path from the top of the repository."""
    return LONGEST.index(path) if path in LONGEST else len(LONGEST)
