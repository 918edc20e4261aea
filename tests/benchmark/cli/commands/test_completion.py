"""Names are completed at once and where they belong."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.shell_completion import ShellComplete

from shamcrowd.benchmark.cli.completion import LINES
from shamcrowd.benchmark.cli.group import cli
from shamcrowd.benchmark.plugin_kinds import names


def _completed(*words):
    *before, begun = words
    shell = ShellComplete(cli, {}, "shamcrowd", "_SHAMCROWD_COMPLETE")
    return [item.value for item in shell.get_completions(list(before), begun)]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (("run", "quickst"), ["quickstart-v2"]),
        (("show", "calm"), ["calm-v2"]),
        (("bench", "core-v2-s"), ["core-v2-sweep"]),
        (("audit", "core-v2-s"), ["core-v2-sweep"]),
        (("check", "--suite", "core-v2-s"), ["core-v2-sweep"]),
        (("run", "calm-v2", "--detector", "isola"), ["isolation-forest"]),
        (("run", "calm-v2", "--response", "stand"), ["standard"]),
        (("duel", "calm-v2", "--detectors", "velocity,isola"), ["velocity,isolation-forest"]),
        (("run", "calm-v2", "--set", "campaigns.a.tactic=hyd"), ["campaigns.a.tactic=hydra"]),
        (("run", "calm-v2", "--set", "campaigns.a.accounts=1"), []),
        (("list", "metr"), ["metrics"]),
        (("completion", "z"), ["zsh"]),
    ],
)
def test_names_fit_where_they_stand(words, expected):
    assert _completed(*words) == expected


def test_every_strategy_and_population_is_offered():
    assert _completed("duel", "x", "--strategies", "") == names("strategies")
    before = "populations.a.population="
    found = _completed("run", "x", "--set", before)
    assert [name.removeprefix(before) for name in found] == names("populations")


def test_where_no_name_fits_files_are_completed():
    shell = ShellComplete(cli, {}, "shamcrowd", "_SHAMCROWD_COMPLETE")
    (item,) = shell.get_completions(["run"], "my/world.ya")
    assert (item.type, item.value) == ("file", "my/world.ya")


@pytest.mark.parametrize("shell", list(LINES))
def test_the_line_is_printed(call, shell):
    assert call("completion", shell).out.strip() == LINES[shell]


def test_the_line_works_and_loads_nothing_heavy():
    shamcrowd = Path(sys.executable).with_name("shamcrowd")
    script = subprocess.run(
        [shamcrowd], env={**os.environ, "_SHAMCROWD_COMPLETE": "zsh_source"},
        capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    assert "_SHAMCROWD_COMPLETE=zsh_complete" in script
    code = (
        "import sys; from shamcrowd.benchmark.cli.entry import run; "
        "from shamcrowd.benchmark.cli.completion import names; "
        "assert names('scenarios', 'detectors')(None, None, 'velo'); "
        "print(sorted({'numpy', 'pydantic', 'pandas', 'ruamel.yaml'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )  # fmt: skip
    assert done.stdout.strip() == "[]"
