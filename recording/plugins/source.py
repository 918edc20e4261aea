"""Reads modules without importing them: where they are, their classes, what they import."""

from __future__ import annotations

import ast
import importlib.util
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.machinery import ModuleSpec, PathFinder
from pathlib import Path

_FOUND: dict[tuple[str, tuple[str, ...]], ModuleSpec] = {}
"""Specs that were found, by module and path of packages; what is missing may yet be made."""


def _spec(module: str) -> ModuleSpec | None:
    """A module's spec, found without importing the packages that it is in."""
    key = module, tuple(sys.path)
    if key not in _FOUND:
        spec = _looked_up(module)
        if spec is None:
            return None
        _FOUND[key] = spec
    return _FOUND[key]


def _looked_up(module: str) -> ModuleSpec | None:
    top, *rest = module.split(".")
    try:
        spec = importlib.util.find_spec(top)
    except (ImportError, ValueError):
        return None
    name = top
    for part in rest:
        if spec is None or spec.submodule_search_locations is None:
            return None
        name = f"{name}.{part}"
        spec = PathFinder.find_spec(name, list(spec.submodule_search_locations))
    return spec


def exists(module: str) -> bool:
    """Could ``module`` be imported? Nothing but packages of the standard library is imported.

    >>> exists("json.decoder"), exists("json.no_such_part"), exists("os.path")
    (True, False, True)
    """
    if sys.modules.get(module) is not None:
        return True
    top = module.partition(".")[0]
    if top in sys.stdlib_module_names:
        # Some of its modules are made by their package: `os.path`, from 3.14 `collections.abc`.
        try:
            return importlib.util.find_spec(module) is not None
        except (ImportError, ValueError):
            return False
    spec = _spec(top)
    if spec is None or spec.submodule_search_locations is None:
        # What is no package may still offer parts that it makes itself, as `six.moves`.
        return spec is not None
    return _spec(module) is not None


def locate(module: str) -> Path | None:
    """The file of a module (of a package: its ``__init__.py``); None if it has none."""
    spec = _spec(module)
    if spec is None or not spec.has_location or spec.origin is None:
        return None
    path = Path(spec.origin)
    return path if path.suffix == ".py" else None


def folders(package: str) -> list[Path]:
    """The folders of a package."""
    spec = _spec(package)
    return [Path(p) for p in (spec.submodule_search_locations or [])] if spec else []


def shown(path: Path) -> str:
    """A path as messages say it: from the folder one is in, where it is below that."""
    whole = path.resolve()
    here = Path.cwd()
    return str(whole.relative_to(here) if whole.is_relative_to(here) else whole)


@dataclass(frozen=True)
class ModuleSource:
    """One module's text, read once.

    Attributes:
        module: its name.
        path: its file.
        text: its content.
    """

    module: str
    path: Path
    text: str

    @classmethod
    def read(cls, module: str, path: Path) -> ModuleSource:
        """The module ``module`` in the file ``path``, as the file is now."""
        at = path.stat()
        return _read(module, path, at.st_mtime_ns, at.st_size)

    @cached_property
    def tree(self) -> ast.Module:
        """The parsed text.

        Raises:
            SyntaxError: if it is not Python.
        """
        return ast.parse(self.text)

    @cached_property
    def names(self) -> dict[str, ast.stmt | str]:
        """What is bound at the top level: the statement, or the full name of what is imported."""
        found: dict[str, ast.stmt | str] = {}
        for node in _top(self.tree.body):
            if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
                found[node.name] = node
            elif isinstance(node, ast.Assign):
                found |= {t.id: node for t in node.targets if isinstance(t, ast.Name)}
            elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
                if node.value is not None:
                    found[node.target.id] = node
            elif isinstance(node, ast.ImportFrom) and node.module:
                base = self._absolute(node)
                found |= {a.asname or a.name: f"{base}.{a.name}" for a in node.names}
            elif isinstance(node, ast.Import):
                for alias in node.names:
                    top = alias.name.partition(".")[0]
                    found[alias.asname or top] = alias.name if alias.asname else top
        return found

    @property
    def classes(self) -> list[ast.ClassDef]:
        """Classes defined at the top level."""
        return [node for node in self.names.values() if isinstance(node, ast.ClassDef)]

    def missing_imports(self) -> Iterator[tuple[int, str]]:
        """Line and name of each import at the top level that cannot be there.

        Of a name imported from a module of ours only its occurrence in that module is checked.
        """
        for node in self.tree.body:
            if isinstance(node, ast.Import):
                yield from ((node.lineno, a.name) for a in node.names if not exists(a.name))
            elif isinstance(node, ast.ImportFrom):
                module = self._absolute(node)
                if module == "__future__":
                    continue
                if not exists(module):
                    yield node.lineno, module
                elif module.partition(".")[0] == "shamcrowd":
                    text = _text(module)
                    for alias in node.names:
                        word = rf"\b{re.escape(alias.name)}\b"
                        if not (re.search(word, text) or exists(f"{module}.{alias.name}")):
                            yield node.lineno, f"{module}.{alias.name}"

    def _absolute(self, node: ast.ImportFrom) -> str:
        if not node.level:
            return node.module or ""
        package = self.module.split(".")
        kept = package[: len(package) - node.level + (self.path.name == "__init__.py")]
        return ".".join([*kept, *([node.module] if node.module else [])])


@cache
def _read(module: str, path: Path, mtime: int, size: int) -> ModuleSource:
    return ModuleSource(module, path, path.read_text("utf-8"))


def _text(module: str) -> str:
    path = locate(module)
    return ModuleSource.read(module, path).text if path else ""


def _top(body: list[ast.stmt]) -> Iterator[ast.stmt]:
    """Statements at the top level, those under ``if`` and ``try`` included."""
    for node in body:
        if isinstance(node, ast.If):
            yield from _top(node.body)
            yield from _top(node.orelse)
        elif isinstance(node, ast.Try):
            yield from _top(node.body)
            for handler in node.handlers:
                yield from _top(handler.body)
        else:
            yield node
