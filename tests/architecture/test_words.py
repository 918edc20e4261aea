"""Names and phrases that the glossary replaced are not used again."""

import ast
import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
FOLDERS = ("recording", "simulator", "detectors", "benchmark")
MODULES = sorted(p for folder in FOLDERS for p in (ROOT / folder).rglob("*.py"))
REPLACED = {
    "anchors": "reference scores",
    "attribution": "loss attribution",
    "beside": "what lies there",
    "books": "activity counts",
    "commons": "shared infrastructure",
    "conduct": "tradecraft",
    "confine": "sandbox",
    "confines": "sandbox",
    "crew": "shard pool",
    "desk": "triage queue",
    "dossiers": "account records",
    "duties": "workloads",
    "duty": "workload",
    "facts": "static attributes",
    "grip": "compromised accounts",
    "guise": "mimicry",
    "habit": "usage profile",
    "habits": "usage profiles",
    "hands": "campaign actions",
    "heard": "alert buffer; of a callback: when it is called",
    "hold": "account takeover",
    "knowing": "oracle",
    "knowingreviewer": "oracle reviewer",
    "ledger": "account tables",
    "lots": "supply batches",
    "meetings": "shared pairs",
    "met": "shared pairs",
    "news": "what it is",
    "purse": "wallet",
    "purses": "wallets",
    "reckoning": "campaign costs",
    "run_apart": "run_isolated",
    "stride": "pacing",
    "taught": "fitted",
    "teaching": "fitting",
    "telling": "console",
    "told": "what it is",
    "told_controls": "truth_controls",
    "toldcontrol": "truth control",
    "workshop": "run context",
}
"""Names of anything in code, in small letters and without underscores at their ends."""
OTHER_MEANINGS = {
    # The `id` attributes of a page, as HTML calls them.
    ("benchmark/reports/suite/names.py", "anchors"),
    ("benchmark/reports/suite/suite_page.py", "anchors"),
    # How far apart the codes of two places lie, as of arrays.
    ("simulator/campaigns/mimicry.py", "stride"),
    ("simulator/populations/common/shared_infrastructure.py", "stride"),
}
MODULE_NAMES = REPLACED.keys() | {
    "apart", "crowd", "page", "people", "place", "sham", "trace", "uses", "word", "words",
}  # fmt: skip
"""Names that no module has; some of them are good names of values."""
CLASS_NAMES = {"apart", "crowd", "people", "sham", "trace", "word", "words"}
PHRASES = re.compile(
    r"\b(hangs? on|whoever|lotter(y|ies)|for want of|the dearest|wind tunnel"
    r"|(is|are|be|was|were) told\b|as ever\b|comes? to nothing|supply lots?"
    r"|truth/purse|trace\.json)",
    re.IGNORECASE,
)
PROSE = sorted(
    p
    for pattern in ("README.md", "CONTRIBUTING.md", "docs/*.md", "docs/adr/*.md",
                    "docs/notebooks/*", "benchmark/reports/**/*.j2", "scenarios/**/*.yaml")
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
    plain = {(path, name.strip("_").lower()) for path, names in used.items() for name in names}
    assert plain >= OTHER_MEANINGS
    assert not {
        (path, name): REPLACED[name] for path, name in plain - OTHER_MEANINGS if name in REPLACED
    }


def test_modules_and_classes_bear_no_replaced_name():
    assert not [named(path) for path in MODULES if path.stem.strip("_") in MODULE_NAMES]
    classes = {
        node.name.strip("_").lower(): named(path)
        for path in MODULES
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.ClassDef)
    }
    assert len(classes) > 400
    assert not {name: path for name, path in classes.items() if name in CLASS_NAMES}


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
