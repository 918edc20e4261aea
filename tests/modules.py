"""Where the tests of a module are: `python -m tests.modules simulator/traffic/quota.py`.

A module's tests are in `tests/FOLDER/test_MODULE.py`. A module that has no such file is tested
through what it is a part of: a scenario that is played, a command, a page. Those tests are named
here by the module's folder.
"""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
PACKAGES = ("recording", "simulator", "detectors", "benchmark")
TOGETHER = {
    "recording": "recording/test_*.py",
    "recording/plugins": "detectors/test_plug_ins.py",
    "simulator": "simulator/test_*.py",
    "simulator/core": "simulator/test_determinism.py",
    "simulator/campaigns": "simulator/campaigns/*/test_*.py",
    "simulator/campaigns/economics": "simulator/campaigns/tactics/test_wallets.py",
    "simulator/campaigns/strategies": "simulator/campaigns/strategies/test_strategies.py",
    "simulator/campaigns/tactics": "simulator/campaigns/tactics/test_*.py",
    "simulator/platform": "simulator/test_shut_out.py",
    "simulator/lifecycle": "simulator/lifecycle/test_*.py",
    "simulator/populations": "simulator/populations/test_look_alikes.py",
    "simulator/populations/common": "simulator/populations/test_look_alikes.py",
    "simulator/response": "simulator/response/test_*.py",
    "simulator/scenario": "simulator/scenario/test_*.py",
    "simulator/supply": "simulator/supply/test_nothing_real.py",
    "simulator/shards": "simulator/test_determinism.py",
    "simulator/traffic": "simulator/test_contract.py",
    "recording/imports": "recording/imports/test_*.py",
    "benchmark/reports/transfer": "benchmark/transfer/test_transfer.py",
    "benchmark/transfer": "benchmark/transfer/test_*.py",
    "benchmark/transfer/sets": "benchmark/transfer/test_sets.py",
    "detectors/checks": "detectors/checks/test_check.py",
    "detectors/content": "detectors/content/test_*.py",
    "detectors/controls": "detectors/controls/test_controls.py",
    "detectors/features": "detectors/features/test_*.py",
    "detectors/graph": "detectors/graph/test_*.py",
    "detectors/learned": "detectors/learned/test_*.py",
    "detectors/linking": "detectors/linking/test_*.py",
    "detectors/temporal": "detectors/temporal/test_*.py",
    "benchmark": "benchmark/test_*.py",
    "benchmark/world_checks": "benchmark/own_logs/inject/test_*.py",
    "benchmark/world_checks/fit_world": "benchmark/world_checks/fit_world/test_*.py",
    "benchmark/own_logs": "benchmark/own_logs/test_*.py",
    "benchmark/own_logs/explain": "benchmark/own_logs/explain/test_*.py",
    "benchmark/own_logs/inject": "benchmark/own_logs/inject/test_*.py",
    "benchmark/own_logs/explain/explanations": "benchmark/own_logs/explain/explanations/test_*.py",
    "benchmark/charts": "benchmark/charts/test_charts.py",
    "benchmark/cli": "benchmark/cli/commands/test_*.py",
    "benchmark/cli/commands": "benchmark/cli/*/test_*.py",
    "benchmark/cli/scaffold": "benchmark/cli/commands/test_new.py",
    "benchmark/classroom": "benchmark/classroom/test_*.py",
    "benchmark/classroom/exercises": "benchmark/classroom/test_book.py",
    "benchmark/classroom/packs": "benchmark/classroom/test_scoring.py",
    "benchmark/closed_loop": "benchmark/closed_loop/test_*.py",
    "benchmark/closed_loop/figures": "benchmark/closed_loop/figures/test_figures.py",
    "benchmark/comparison": "benchmark/comparison/test_compare.py",
    "benchmark/evaluation": "benchmark/evaluation/test_*.py",
    "benchmark/evaluation/controls": "benchmark/evaluation/controls/test_*.py",
    "benchmark/evaluation/labels": "benchmark/evaluation/test_evaluate.py",
    "benchmark/execution": "benchmark/execution/test_*.py",
    "benchmark/execution/confinement": "benchmark/execution/confinement/test_*.py",
    "benchmark/execution/engines": "benchmark/execution/engines/test_dask_engine.py",
    "benchmark/gate": "benchmark/gate/test_*.py",
    "benchmark/gate/reports": "benchmark/gate/test_compare.py",
    "benchmark/reports": "benchmark/reports/*/test_*.py",
    "benchmark/reports/comparison": "benchmark/reports/comparison/test_*.py",
    "benchmark/reports/dossier": "benchmark/reports/dossier/test_*.py",
    "benchmark/reports/explorer": "benchmark/reports/explorer/test_*.py",
    "benchmark/reports/recording": "benchmark/reports/recording/test_*.py",
    "benchmark/reports/suite": "benchmark/reports/suite/test_*.py",
    "benchmark/scoring": "benchmark/scoring/*/test_*.py",
    "benchmark/scoring/checks": "benchmark/scoring/checks/test_*.py",
    "benchmark/scoring/metrics": "benchmark/scoring/metrics/test_*.py",
    "benchmark/suites": "benchmark/suites/test_*.py",
    "benchmark/world_checks/audit": "benchmark/world_checks/audit/test_judge.py",
    "benchmark/world_checks/audit/families": "benchmark/world_checks/audit/test_families.py",
    "benchmark/world_checks/red_team": "benchmark/world_checks/red_team/test_attack.py",
    "benchmark/world_checks/conformance": "benchmark/world_checks/conformance/test_*.py",
    "benchmark/world_checks/realism": "benchmark/world_checks/realism/test_*.py",
    "benchmark/world_checks/validate": "benchmark/world_checks/validate/test_validate.py",
    "benchmark/world_checks/validate/checks": "benchmark/world_checks/validate/test_validate.py",
}
"""The tests of a folder's modules that have no file of their own, as a pattern below `tests/`."""


def modules() -> list[Path]:
    """Every module with logic, from the root of the repository."""
    found = (p for name in PACKAGES for p in (ROOT / name).rglob("*.py"))
    return sorted(p.relative_to(ROOT) for p in found if p.name != "__init__.py")


def own_tests(module: Path) -> Path:
    """Where the tests of this module alone would be."""
    return ROOT / "tests" / module.with_name(f"test_{module.name}")


def find_tests(module: Path) -> list[Path]:
    """The files with tests of a module; none for one that nothing is known of."""
    own = own_tests(module)
    if own.is_file():
        return [own]
    pattern = TOGETHER.get(module.parent.as_posix())
    return sorted((ROOT / "tests").glob(pattern)) if pattern else []


if __name__ == "__main__":
    for name in sys.argv[1:]:
        for path in find_tests(Path(name).resolve().relative_to(ROOT)):
            print(path.relative_to(ROOT).as_posix())
