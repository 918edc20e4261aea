"""Shell completion: which names fit an argument or option.

Everything here answers without importing numpy, pydantic or a plug-in.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from pathlib import Path

from click import Context, Parameter
from click.shell_completion import CompletionItem

from shamcrowd.benchmark.cli.shipped import FOLDERS, shipped_titles

VARIABLE = "_SHAMCROWD_COMPLETE"
"""The environment variable by which click is asked for a completion script."""
LINES = {
    "bash": f'eval "$({VARIABLE}=bash_source shamcrowd)"',
    "zsh": f'eval "$({VARIABLE}=zsh_source shamcrowd)"',
    "fish": f"{VARIABLE}=fish_source shamcrowd | source",
}
"""The line that turns completion on, for the start-up file of each shell."""
_SET_KINDS = {"strategy": "strategies", "tactic": "tactics", "population": "populations"}
"""Last parts of the paths of ``--set`` whose values are names."""
Completer = Callable[[Context, Parameter, str], list[CompletionItem]]


def usual_shell() -> str:
    """The shell of this account if completion knows it, else bash."""
    name = Path(os.environ.get("SHELL", "bash")).name
    return name if name in LINES else "bash"


def _known(kind: str) -> dict[str, str]:
    if kind in FOLDERS:
        return shipped_titles(kind)
    if kind == "formats":
        # The names of the files are the names of the formats.
        folder = Path(__file__).parents[2] / "recording" / "imports" / "formats"
        return {path.stem: "" for path in sorted(folder.glob("*.yaml"))}
    from shamcrowd.benchmark.plugin_kinds import abouts

    return abouts(kind)


def _items(known: dict[str, str], begun: str, before: str = "") -> list[CompletionItem]:
    return [
        CompletionItem(before + name, help=about or None)
        for name, about in known.items()
        if name.startswith(begun)
    ]


def names(*kinds: str) -> Completer:
    """Complete one name of any of ``kinds``: a folder of `shipped`, or a kind of plug-in."""

    def complete(context: Context, parameter: Parameter, begun: str) -> list[CompletionItem]:
        return [item for kind in kinds for item in _items(_known(kind), begun)]

    return complete


def names_or_paths(*kinds: str) -> Completer:
    """Complete names of ``kinds``, or paths of files and folders where no name fits."""

    def complete(context: Context, parameter: Parameter, begun: str) -> list[CompletionItem]:
        found = names(*kinds)(context, parameter, begun)
        return found or [CompletionItem(begun, type="file")]

    return complete


def name_lists(kind: str) -> Completer:
    """Complete the last of several names with commas between them."""

    def complete(context: Context, parameter: Parameter, begun: str) -> list[CompletionItem]:
        before, comma, last = begun.rpartition(",")
        given: Iterable[str] = before.split(",")
        known = {name: about for name, about in _known(kind).items() if name not in given}
        return _items(known, last, before + comma)

    return complete


def set_values(context: Context, parameter: Parameter, begun: str) -> list[CompletionItem]:
    """Complete the value of ``--set``, where it is the name of a plug-in."""
    path, equals, value = begun.partition("=")
    kind = _SET_KINDS.get(path.rpartition(".")[2])
    return _items(_known(kind), value, path + equals) if equals and kind else []
