"""No detector imports another: each can be changed or removed alone."""

from __future__ import annotations

import ast
from pathlib import Path

from shamcrowd.detectors.registry import DETECTORS, detectors, is_shipped

ROOT = Path(__file__).parents[2]


def imported(module: str) -> set[str]:
    """Names of modules that a module imports, for typing and inside functions too."""
    path = ROOT.joinpath(*module.split(".")[1:]).with_suffix(".py")
    nodes = list(ast.walk(ast.parse(path.read_text("utf-8"))))
    names = {node.module or "" for node in nodes if isinstance(node, ast.ImportFrom)}
    return names | {a.name for node in nodes if isinstance(node, ast.Import) for a in node.names}


def test_no_detector_imports_another():
    files = dict(DETECTORS.files())
    shipped = {name.replace("-", "_") for name in detectors() if is_shipped(name)}
    modules = {module for module in files if module.rpartition(".")[2] in shipped}
    assert "shamcrowd.detectors.graph.evil_cohort" in modules
    assert {m: imported(m) & modules for m in modules if imported(m) & modules} == {}
