"""Composes a scenario from ``extends`` and ``--set``; every value keeps its origin."""

from __future__ import annotations

import copy
from collections.abc import Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from shamcrowd.recording.errors import Fault, ScenarioError
from shamcrowd.recording.yaml_data import Path_
from shamcrowd.recording.yaml_file import Document, parse, read, shipped_folder

SETTING = "--set"
_NAMED = ("populations", "campaigns")
"""Parts whose entries the scenario names itself: a new entry needs more than one value."""
_RESPONSE = "response"
LONGEST_CHAIN = 20
"""Most scenarios that extend one another."""


@dataclass
class Draft:
    """Merged data of a scenario; ``documents`` gives for each path the file that set the value."""

    id: str
    data: dict[str, Any]
    documents: dict[Path_, Document] = field(default_factory=dict)

    def document(self, path: Path_) -> Document | None:
        """Return the file that set a value, or the nearest value above it."""
        while path and path not in self.documents:
            path = path[:-1]
        return self.documents.get(path)

    def fault(self, what: str, path: Path_, mend: str = "", *, key: bool = False) -> Fault:
        """Return a fault located where the value was set."""
        document = self.document(path)
        if document is None:
            return Fault(what, ".".join(map(str, path)) or self.id, mend=mend)
        return document.fault(what, path, mend, key=key)

    def origin(self, path: Path_) -> str:
        """Return where a value was set, as ``file:line``; "" for a default."""
        document = self.documents.get(path)
        if document is None:
            return ""
        line = document.values.get(path, (0, 0))[0]
        return f"{document.name}:{line}" if line else document.name


def shipped() -> dict[str, Path]:
    """Return the paths of the scenarios shipped with the package, by id."""
    return {path.stem: path for path in sorted(shipped_folder().glob("*.yaml"))}


def locate(scenario: str | Path, near: Path | None = None) -> Path:
    """Return the file of a scenario id or path; relative paths are tried next to ``near`` first.

    Raises:
        ScenarioError: if there is none.
    """
    text = str(scenario)
    if text.endswith((".yaml", ".yml")):
        relative = near.parent / text if near is not None else Path(text)
        return relative if _exists(relative) else Path(text)
    known = shipped()
    if text in known:
        return known[text]
    close = get_close_matches(text, known, n=1)
    hint = f'did you mean "{close[0]}"? ' if close else ""
    mend = f"{hint}There are: {', '.join(known)}; or give the path of a .yaml file"
    if (shipped_folder() / "suites" / f"{text}.yaml").is_file():
        mend = f"this is a suite: run it with `shamcrowd bench {text} --out DIR`"
    raise ScenarioError([Fault(f'no scenario "{text}"', "SCENARIO", mend=mend)])


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except (OSError, ValueError):
        return False


def compose(path: Path, settings: Sequence[str] = ()) -> Draft:
    """Read a file with everything it extends, and apply settings.

    Args:
        path: the scenario file.
        settings: overrides, each ``path=value``.

    Raises:
        ScenarioError: for unreadable files, circular ``extends`` and unknown settings.
    """
    draft = _extended(path, ())
    for setting in settings:
        _apply(draft, setting)
    return draft


def _extended(path: Path, chain: tuple[Path, ...]) -> Draft:
    document = read(path)
    real = path.resolve()
    if real in chain:
        names = " -> ".join(p.stem for p in (*chain[chain.index(real) :], real))
        raise ScenarioError(
            [document.fault(f"extends itself: {names}", ("extends",), "remove one `extends`")]
        )
    if len(chain) >= LONGEST_CHAIN:
        what = f"is the end of more than {LONGEST_CHAIN} scenarios that extend one another"
        raise ScenarioError([document.fault(what, ("extends",), "write its values out")])
    base = document.data.pop("extends", None)
    if base is None:
        draft = Draft(path.stem, {})
    elif isinstance(base, str):
        try:
            above = locate(base, path)
        except ScenarioError as error:
            raise ScenarioError(
                [document.fault(error.faults[0].what, ("extends",), error.faults[0].mend)]
            ) from None
        if not _exists(above):
            raise ScenarioError([document.fault(*_no_file(base, above))])
        draft = _extended(above, (*chain, real))
        draft.id = path.stem
    else:
        raise ScenarioError(
            [document.fault("extends must be the id or path of one scenario", ("extends",))]
        )
    _merge(draft, draft.data, document.data, (), document)
    # Values that are missing altogether are reported for this file.
    draft.documents[()] = document
    return draft


def _no_file(base: str, above: Path) -> tuple[str, Path_, str]:
    """Return the fault of extending a file that is not there."""
    mend = f"no file {above}: a path counts from the file that it is in, then from here"
    return f'extends "{base}", which is not there', ("extends",), mend


def _merge(
    draft: Draft, into: dict[str, Any], data: dict[str, Any], path: Path_, document: Document
) -> None:
    """Deep merge: mappings are merged, other values replaced; null removes."""
    for key, value in data.items():
        inner = (*path, key)
        if value is None and key in into and len(inner) == 2:
            del into[key]
            continue
        if isinstance(value, dict) and isinstance(into.get(key), dict):
            draft.documents.setdefault(inner, document)
            _merge(draft, into[key], value, inner, document)
            continue
        into[key] = copy.deepcopy(value)
        _mark(draft, value, inner, document)


def _mark(draft: Draft, value: Any, path: Path_, document: Document) -> None:
    draft.documents[path] = document
    items = (
        value.items()
        if isinstance(value, dict)
        else enumerate(value)
        if isinstance(value, list)
        else ()
    )
    for key, inner in items:
        _mark(draft, inner, (*path, key), document)


def _step(node: Any, word: str) -> str | int:
    """Return a list index as int, and any other step as text."""
    plain = isinstance(node, list) and word.isascii() and word.isdigit() and len(word) < 10
    return int(word) if plain else word


def _apply(draft: Draft, setting: str) -> None:
    """Apply one ``path=value``."""
    where, sign, raw = setting.partition("=")
    if not sign or not where.strip():
        raise ScenarioError(
            [
                Fault(
                    f"cannot read {setting!r}",
                    SETTING,
                    mend="write it as path=value, for example campaigns.hydra.accounts=20",
                )
            ]
        )
    steps = where.strip().split(".")
    path: Path_ = ()
    value = parse(f"value: {raw}", SETTING).data["value"]
    node: Any = draft.data
    for depth, word in enumerate(steps[:-1]):
        step = _step(node, word)
        path = (*path, step)
        if isinstance(node, list) and isinstance(step, int) and step < len(node):
            node = node[step]
            continue
        if not isinstance(node, dict):
            raise ScenarioError(
                [
                    Fault(
                        f'{setting!r}: nothing can be set under "{steps[depth - 1]}"',
                        SETTING,
                        mend="it is a single value",
                    )
                ]
            )
        if step == _RESPONSE and isinstance(node.get(step), str):
            # A policy given by name, of which one value is changed.
            node[step] = {"like": node[step]}
        if step not in node and depth == 1 and steps[0] in _NAMED:
            close = get_close_matches(str(step), list(map(str, node)), n=1)
            hint = f'did you mean "{close[0]}"? ' if close else ""
            raise ScenarioError(
                [
                    Fault(
                        f'{setting!r}: no "{step}" under "{steps[0]}"',
                        SETTING,
                        mend=f"{hint}There are: {', '.join(map(str, node)) or 'none'}",
                    )
                ]
            )
        node = node.setdefault(step, {})
    last = _step(node, steps[-1])
    path = (*path, last)
    fits = isinstance(node, list) and isinstance(last, int) and last < len(node)
    if isinstance(node, dict) and value is None and len(path) <= 2:
        # As in a file, null removes a population or campaign, or all of them.
        if last not in node:
            close = get_close_matches(str(last), list(map(str, node)), n=1)
            raise ScenarioError(
                [
                    Fault(
                        f'{setting!r}: there is no "{last}" to remove',
                        SETTING,
                        mend=f'did you mean "{close[0]}"?' if close else "",
                    )
                ]
            )
        del node[last]
    elif fits or isinstance(node, dict):
        node[last] = value
    else:
        raise ScenarioError([Fault(f"{setting!r}: nothing can be set there", SETTING)])
    _mark(draft, value, path, Document(f"{SETTING} {setting}", {}, {}, {}, ()))
