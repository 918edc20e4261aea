"""Names and phrases that the glossary replaced are not used again."""

import ast
import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
FOLDERS = ("recording", "simulator", "detectors", "benchmark")
MODULES = sorted(p for folder in FOLDERS for p in (ROOT / folder).rglob("*.py"))
REPLACED = {
    "Anchors": "reference scores",
    "Books": "activity counts",
    "Commons": "shared infrastructure",
    "Conduct": "tradecraft",
    "Confines": "sandbox",
    "Crew": "shard pool",
    "Crowd": "account batch",
    "Desk": "triage queue",
    "Dossiers": "account records",
    "Duties": "workloads",
    "Duty": "workload",
    "Facts": "static attributes",
    "Grip": "compromised accounts",
    "Guise": "mimicry",
    "Habit": "usage profile",
    "Hands": "campaign actions",
    "Heard": "alert buffer",
    "KnowingReviewer": "oracle reviewer",
    "Ledger": "account tables",
    "Meetings": "shared pairs",
    "Met": "shared pairs",
    "News": "what it is",
    "Purse": "wallet",
    "Purses": "wallets",
    "Reckoning": "campaign costs",
    "Stride": "pacing",
    "Taught": "fitted",
    "Telling": "console",
    "ToldControl": "control that reads the truth",
    "Workshop": "run context",
    "run_apart": "run_isolated",
    "told_controls": "truth_controls",
}
"""Identifiers of classes and functions; attributes are looked for in small letters as well."""
ATTRIBUTES = {
    "conduct", "crew", "desk", "dossiers", "duties", "grip", "guise", "habits", "hands",
    "meetings", "reckoning", "stride", "workshop",
}  # fmt: skip
PHRASES = re.compile(
    r"\b(hangs? on|whoever|lotter(y|ies)|for want of|the dearest|wind tunnel"
    r"|(is|are|be|was|were) told\b|as ever\b|comes? to nothing)",
    re.IGNORECASE,
)
PROSE = sorted(
    p
    for pattern in ("README.md", "CONTRIBUTING.md", "docs/*.md", "docs/notebooks/*",
                    "benchmark/reports/**/*.j2", "scenarios/**/*.yaml")
    for p in ROOT.glob(pattern)
)  # fmt: skip


def named(path):
    return path.relative_to(ROOT).as_posix()


def identifiers(path):
    """Every name that a module defines or uses."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ClassDef | ast.FunctionDef):
            yield node.name
        elif isinstance(node, ast.Name):
            yield node.id
        elif isinstance(node, ast.Attribute):
            yield node.attr
        elif isinstance(node, ast.arg):
            yield node.arg


def test_names_are_those_of_the_glossary():
    used = {named(path): set(identifiers(path)) for path in MODULES}
    assert len(used) > 400
    assert not {
        (path, name): REPLACED.get(name, "another word")
        for path, names in used.items()
        for name in names & (REPLACED.keys() | ATTRIBUTES)
    }


def test_sentences_are_plain():
    found = {named(path): PHRASES.search(path.read_text("utf-8")) for path in [*MODULES, *PROSE]}
    assert len(found) > 450
    assert not {path: phrase[0] for path, phrase in found.items() if phrase}


def test_a_class_name_means_one_thing():
    where: dict[str, list[str]] = {}
    for path in MODULES:
        for node in ast.parse(path.read_text("utf-8")).body:
            if isinstance(node, ast.ClassDef):
                where.setdefault(node.name, []).append(named(path))
    assert not {name: paths for name, paths in where.items() if len(paths) > 1}
