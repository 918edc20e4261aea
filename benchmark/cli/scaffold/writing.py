"""Writes the first two files of a plug-in: its module, and a test that passes."""

from __future__ import annotations

import keyword
import re
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from shamcrowd.benchmark.plugin_kinds import catalogue
from shamcrowd.recording.atomic import write_text
from shamcrowd.recording.errors import FolderInUseError, UsageError
from shamcrowd.recording.output import writing

HOMES = {
    "detector": "detectors/{family}",
    "population": "simulator/populations",
    "tactic": "simulator/campaigns/tactics",
    "metric": "benchmark/scoring/metrics",
}
"""Where the files of each kind are in a checkout of this project."""
PLURALS = {
    "detector": "detectors",
    "population": "populations",
    "tactic": "tactics",
    "metric": "metrics",
}
NAME = r"[a-z][a-z0-9]*(-[a-z0-9]+)*"
"""Pattern of a plug-in's name."""
FAMILY = "rules"
"""Folder of detectors, where none is given."""


@dataclass(frozen=True)
class WrittenPlugin:
    """The two files of a new plug-in.

    Attributes:
        plugin: the module.
        test: its test.
        class_name: of the plug-in in it.
        in_tree: whether they are in a checkout of this project.
    """

    plugin: Path
    test: Path
    class_name: str
    in_tree: bool


def checkout() -> Path | None:
    """The folder one is in, if it is a checkout of this project."""
    here = Path.cwd()
    marks = ("src/shamcrowd/__init__.py", *(home.partition("/")[0] for home in HOMES.values()))
    return here if all((here / mark).exists() for mark in marks) else None


def write(kind: str, name: str, family: str | None, out: Path | None) -> WrittenPlugin:
    """Write the files of the plug-in ``name`` of a kind.

    Args:
        kind: one of `HOMES`.
        name: words in small letters, as ``busy-hours``.
        family: for a detector, the folder of `detectors/` that it belongs to.
        out: folder for both files; None: their places in the checkout, or the folder one is in.

    Raises:
        UsageError: if the name or family is none, or is taken.
        FolderInUseError: if one of the files is there already.
    """
    if not re.fullmatch(NAME, name) or keyword.iskeyword(name):
        better = name.lower().replace("_", "-")
        hint = f"; try {better}" if better != name and re.fullmatch(NAME, better) else ""
        raise UsageError(
            f"{name!r}: a {kind}'s name is words in small letters, as busy-hours{hint}"
        )
    if family is not None and kind != "detector":
        raise UsageError("--kind is the family of a detector; other plug-ins have none")
    if name in catalogue(PLURALS[kind]):
        raise UsageError(f"there is a {kind} {name!r} already; take another name")
    home = HOMES[kind].format(family=_family(family))
    module, root = name.replace("-", "_"), checkout() if out is None else None
    if root is not None:
        plugin, test = root / home / f"{module}.py", root / "tests" / home / f"test_{module}.py"
        import_path = f"shamcrowd.{home.replace('/', '.')}.{module}"
        if not (root / home).is_dir():
            raise UsageError(f"there is no folder {home}; make it, with an __init__.py, or see ls")
    else:
        folder = Path() if out is None else out
        plugin, test = folder / f"{module}.py", folder / f"test_{module}.py"
        import_path = module
    with writing(plugin):
        there = [str(path) for path in (plugin, test) if path.exists()]
    if there:
        raise FolderInUseError(f"{', '.join(there)}: there already, and left as it was")
    words = name.split("-")
    class_name = "".join(word.capitalize() for word in words)
    texts = import_module(f"shamcrowd.benchmark.cli.scaffold.{kind}")
    filled = {
        "Class": class_name,
        "Title": " ".join(words).capitalize(),
        "words": " ".join(words),
        "head": f"{words[0]}\\n{' '.join(words[1:])}" if words[1:] else words[0],
        "import_path": import_path,
    }
    for path, text in ((plugin, texts.PLUGIN), (test, texts.TEST)):
        write_text(path, _sorted_imports(text.format(**filled)))
    return WrittenPlugin(plugin, test, class_name, root is not None)


def _family(family: str | None) -> str:
    return FAMILY if family is None else family.replace("-", "_")


def _sorted_imports(text: str) -> str:
    """A test's two imports in one block where both are of this project."""
    pattern = r"(from (shamcrowd\.\S+) import \w+)\n\n(from shamcrowd import \w+)\n"
    return re.sub(pattern, r"\3\n\1\n", text)
