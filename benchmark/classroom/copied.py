"""Finds hand-ins that are copies of each other's code, renamed or laid out anew."""

from __future__ import annotations

import ast
import difflib
from collections.abc import Mapping
from itertools import combinations

ALIKE = 0.9
"""Code as alike as that, in its order, is named a copy (assumed)."""
FEWEST = 60
"""Parts of the code below which it is too short to tell a copy from the same idea (assumed)."""


def outline(source: str) -> list[str] | None:
    r"""The parts of code in order, without comments, docstrings, names and lay-out.

    None if it is not Python.

    >>> outline("def f(a):  # one\n    return a + 1") == outline("def g(b):\n  return b+1")
    True
    """
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError):
        return None
    parts: list[str] = []
    names: dict[str, str] = {}
    waiting: list[ast.AST] = [tree]
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            continue
        parts.append(type(node).__name__)
        if isinstance(node, ast.Name):
            parts[-1] += names.setdefault(node.id, f" {len(names)}")
        elif isinstance(node, ast.arg):
            parts[-1] += names.setdefault(node.arg, f" {len(names)}")
        elif isinstance(node, ast.Constant):
            parts[-1] += f" {node.value!r}"
        elif isinstance(node, ast.Attribute):
            parts[-1] += f" {node.attr}"
        waiting.extend(reversed(list(ast.iter_child_nodes(node))))
    return parts


def copies(sources: Mapping[str, str], start: str) -> dict[str, list[str]]:
    r"""Which teams' code is a copy of which others'; of those who kept the ``start``, none.

    >>> code = "\n".join(f"def f{i}(a, b):\n    return [a, b, {i}]" for i in range(8))
    >>> copies({"a": code, "b": code.replace("f1", "g"), "c": "x = 1"}, "")
    {'a': ['b'], 'b': ['a']}
    """
    begun = outline(start)
    outlines = {team: outline(source) for team, source in sources.items()}
    own = {t: parts for t, parts in outlines.items() if parts and parts != begun}
    found: dict[str, list[str]] = {}
    for one, other in combinations(own, 2):
        if _alike(own[one], own[other]):
            found.setdefault(one, []).append(other)
            found.setdefault(other, []).append(one)
    return found


def _alike(one: list[str], other: list[str]) -> bool:
    if one == other:
        return len(one) >= FEWEST // 2
    if min(len(one), len(other)) < FEWEST:
        return False
    compared = difflib.SequenceMatcher(None, one, other, autojunk=False)
    return compared.quick_ratio() >= ALIKE and compared.ratio() >= ALIKE
