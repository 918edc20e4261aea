"""What every plug-in must keep, as far as its source tells."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from difflib import get_close_matches

from shamcrowd.recording.errors import Fault
from shamcrowd.recording.plugins.kind import Kind
from shamcrowd.recording.plugins.outline import Outline, outlines
from shamcrowd.recording.plugins.source import ModuleSource, shown


def fault_at(source: ModuleSource, line: int, what: str, mend: str) -> Fault:
    """A fault in a line (from 1; 0 if unknown) of a file, with that line as excerpt."""
    lines = source.text.splitlines()
    excerpt = lines[line - 1] if 0 < line <= len(lines) else ""
    column = len(excerpt) - len(excerpt.lstrip()) + 1 if line else 0
    return Fault(what, shown(source.path), line, column, mend, excerpt)


def candidates(kind: Kind, source: ModuleSource) -> list[Outline]:
    """Classes of a module that are plug-ins of a kind, well made or not.

    Raises:
        SyntaxError: if the module is not Python.
    """
    return [one for one in outlines(source) if one.is_one(kind) and not one.is_base]


def faults_of_file(kind: Kind, source: ModuleSource) -> list[Fault]:
    """What is wrong with a file that should hold one plug-in of a kind; empty if nothing is."""
    try:
        return list(_of_file(kind, source))
    except SyntaxError as fault:
        return [
            fault_at(source, fault.lineno or 0, f"it is not Python: {fault.msg}", "mend this line")
        ]


def _of_file(kind: Kind, source: ModuleSource) -> Iterator[Fault]:
    for line, name in source.missing_imports():
        yield fault_at(
            source, line, f"it imports {name}, which cannot be found",
            "correct the name, install the package, or import it inside the function that uses it",
        )  # fmt: skip
    if kind.attribute:
        if kind.attribute not in source.names and not kind.mixed:
            yield fault_at(source, 1, f"it has no {kind.wanted}", f"define {kind.wanted}")
        return
    found = candidates(kind, source)
    if len(found) > 1:
        names = " and ".join(f"{one.name} (line {one.node.lineno})" for one in found)
        yield fault_at(
            source, found[1].node.lineno, f"it holds {len(found)} {kind.plural}: {names}",
            f"one {kind.name} a file: move the others into files of their own",
        )  # fmt: skip
    elif not found and not kind.mixed and all(one.is_certain for one in outlines(source)):
        yield fault_at(
            source, 1, f"it holds no {kind.name}", f"define {kind.wanted}; "
            "a file of shared code has a name that begins with _",
        )  # fmt: skip
    for one in found[:1]:
        yield from faults_of_class(kind, one)


def faults_of_class(kind: Kind, one: Outline) -> Iterator[Fault]:
    """What is wrong with a class, as far as its source tells."""
    line = one.node.lineno
    if not one.doc.strip():
        yield fault_at(
            one.source, line, f"{one.name} has no docstring",
            "say in its first paragraph what it is; lists and tables show that",
        )  # fmt: skip
    for name in one.abstract:
        yield _missing(one, name, f"{one.name} has no method `{name}`", f"define `{name}`")
    for name in kind.needed:
        if name not in one.members and name not in one.abstract:
            what = f"{one.name} has no class attribute `{name}`"
            yield _missing(one, name, what, f"give it a value in the class: `{name} = ...`")
    for name, allowed in kind.choices.items():
        value, at = one.value(name)
        if at and value not in allowed:
            yield fault_at(
                one.source, at, f"{one.name}.{name} is {value!r}", _choices(value, allowed)
            )
    for name in kind.needed:
        value, at = one.value(name)
        if at and value == "":
            yield fault_at(one.source, at, f"{one.name}.{name} is empty", f"give `{name}` a value")


def _missing(one: Outline, name: str, what: str, mend: str) -> Fault:
    """A member that is not there; its line is that of a member of nearly that name, if any."""
    own = {n: node for n, (where, node) in one.members.items() if where is one}
    near = get_close_matches(name, own, 1, 0.8)
    if near:
        return fault_at(
            one.source, own[near[0]].lineno, what, f"is `{near[0]}` meant? call it `{name}`"
        )
    return fault_at(one.source, one.node.lineno, what, mend)


def _choices(value: object, allowed: tuple[str, ...]) -> str:
    near = get_close_matches(str(value), allowed, 1)
    hint = f"did you mean {near[0]!r}? " if near else ""
    return f"{hint}one of: {', '.join(map(repr, allowed))}"


def line_of(source: ModuleSource, name: str) -> int:
    """The line in which a name is bound at the top level of a module; 0 if it is not."""
    bound = source.names.get(name)
    return bound.lineno if isinstance(bound, ast.stmt) else 0
