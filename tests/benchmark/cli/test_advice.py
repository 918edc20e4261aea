"""Commands that messages advise can be run as they are printed."""

from __future__ import annotations

import ast
import re
import shlex
from pathlib import Path

import click

from shamcrowd.benchmark.cli.commands.bench import merge
from shamcrowd.benchmark.cli.group import cli

HOME = Path(__file__).parents[3]
ROOMS = ("benchmark", "detectors", "recording", "simulator")
VALUE = "VALUE"
LATER = {("bench", merge.name): merge}
"""Commands that take over where their name is the first word."""
ADVICE = re.compile(r"shamcrowd ([a-z][a-z-]*)((?: +[^\s`;]+)*)")


def texts(path):
    """String constants of a module; what is filled in stands as a word."""
    tree = ast.parse(path.read_text())
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            yield "".join(
                str(part.value) if isinstance(part, ast.Constant) else VALUE for part in node.values
            )
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def advices():
    """Every command named in a string, with the options that follow it."""
    found = set()
    context = click.Context(cli)
    for room in ROOMS:
        for path in sorted((HOME / room).rglob("*.py")):
            for text in texts(path):
                for name, rest in ADVICE.findall(text):
                    if cli.get_command(context, name) is not None:
                        options = re.findall(r"(?<= )--?[a-z][a-z-]*\b", rest)
                        first = rest.split()[0] if rest.split() else ""
                        found.add((name, first, tuple(options), f"{path.relative_to(HOME)}"))
    return sorted(found)


def test_every_option_that_is_advised_is_one_of_its_command():
    found = advices()
    assert len({name for name, *_ in found}) >= 10
    context = click.Context(cli)
    wrong = []
    for name, first, options, where in found:
        command = LATER.get((name, first)) or cli.get_command(context, name)
        if isinstance(command, click.Group):
            command = command.commands.get(first, command)
        known = {o for p in command.params for o in (*p.opts, *p.secondary_opts)} | {"--help"}
        wrong += [f"{where}: shamcrowd {name} {o}" for o in options if o not in known]
    assert not wrong


SUITE = """
schema: 1
title: Small
seeds: [1]
calibration_seeds: [901]
scale: %s
settings: [reviews=24h, horizon=3d, "releases=[]"]
scenarios: [calm-v2]
detectors: [velocity]
"""


def said_by(call, line):
    """Exit code of a command and everything that it said, on one line."""
    said = call(*shlex.split(line)[1:])
    return said.code, " ".join((said.out + said.err).split())


def advised(said):
    return re.search(r"shamcrowd check [^,;]*--update-baseline", said)[0]


def test_what_the_gate_advises_mends_it(tmp_path, monkeypatch, call):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    (tmp_path / "ci").mkdir()
    suite = tmp_path / "ours.yaml"
    suite.write_text(SUITE % 0.05)
    check = "shamcrowd check --baseline ci/ours.json"
    code, said = said_by(call, check)
    assert code == 4
    first = advised(said)
    assert "--suite smoke-v2" in first
    assert "--baseline ci/ours.json" in first
    code, said = said_by(call, first.replace("smoke-v2", "ours.yaml"))
    assert code == 0, said
    assert said_by(call, check)[0] == 0
    suite.write_text(SUITE % 0.06)
    code, said = said_by(call, check)
    assert code == 2
    assert said_by(call, advised(said))[0] == 0
    assert said_by(call, check)[0] == 0
