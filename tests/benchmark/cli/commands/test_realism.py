"""``shamcrowd realism`` as a user sees it."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pandas as pd
import pytest


@pytest.fixture
def table(small, tmp_path):
    """Requests, all of them taken for legitimate."""
    names = {"time": "timestamp", "account": "client"}
    file = tmp_path / "log.parquet"
    requests = pd.read_parquet(small / "requests").drop(columns="client")
    requests.rename(columns=names).to_parquet(file)
    return file


def test_for_people(call, small):
    said = call("realism", small)
    assert (said.code, said.err) == (0, "")
    lines = said.out.splitlines()
    assert lines[0] == str(small)
    assert max(len(line) for line in lines[1:-1]) <= 80
    assert lines[-1].startswith("Next: ")
    assert " of 14 pass" in lines[-2]
    shown = {line[:2]: line for line in lines if line[2:4] == "  " and line[0] in "APCLT"}
    assert len(shown) == 25
    assert "✓ pass" in shown["A3"]
    assert "windows of" in said.out


def test_json_is_the_card(call, small):
    told = json.loads(call("realism", small, "--json").out)
    table = call("realism", small).out
    assert f"{told['passed']} of 14 pass" in table
    for row in told["core"]:
        assert f"\n{row['id']}  {row['name']} " in table


def test_what_is_not_measured_says_why(call, table):
    pd.read_parquet(table).drop(columns="conversation").iloc[:3_000].to_parquet(table)
    said = call("realism", table)
    assert said.code == 0
    lines = [line.strip() for line in said.out.splitlines()]
    assert lines[lines.index("no column conversation") - 1].endswith("- unmeasured")
    assert max(len(line) for line in said.out.splitlines()[1:-1]) <= 80


def test_at_least(call, small):
    passed = json.loads(call("realism", small, "--json").out)["passed"]
    assert call("realism", small, "--at-least", passed).code == 0
    said = call("realism", small, "--at-least", passed + 1)
    assert said.code == 1
    assert said.err == f"{passed} core statistics pass, {passed + 1} were asked for\n"


def test_profile(call, small):
    told = json.loads(call("realism", small, "--json", "--profile", "region").out)
    assert next(r["range"] for r in told["core"] if r["id"] == "P3") == [9, 60]
    assert call("realism", small, "--profile", "moon").code == 2


def test_out(call, small, tmp_path):
    said = call("realism", small, "--out", tmp_path / "card.svg")
    assert said.out.splitlines()[-1] == f"Next: open {tmp_path / 'card.svg'} in a browser"
    assert (tmp_path / "card.svg").read_text("utf-8").startswith("<svg ")
    said = call("realism", small, "--out", tmp_path / "card.pdf")
    assert said.code == 2
    assert ".svg or .html" in said.err


def test_nothing_to_judge(call, table):
    pd.read_parquet(table).iloc[:0].to_parquet(table)
    said = call("realism", table)
    assert said.code == 4
    assert "no legitimate request" in said.err


@pytest.mark.parametrize("name", ["gone.csv", "", "log.txt"])
def test_nothing_to_read(call, tmp_path, name):
    (tmp_path / "log.txt").write_text("x")
    said = call("realism", tmp_path / name)
    assert said.code == 2
    assert said.err.startswith("error: ")
    assert "Traceback" not in said.err


def test_help_loads_no_tables():
    code = (
        "import sys; from shamcrowd.benchmark.cli.entry import run; run(['realism', '--help']);"
        "sys.exit(any(m in sys.modules for m in ('numpy', 'pyarrow', 'pandas')))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False)
    assert done.returncode == 0


def test_no_colour_where_none_is_wanted(script, small):
    env = {**os.environ, "NO_COLOR": "1"}
    done = subprocess.run(
        [script, "realism", str(small)], capture_output=True, text=True, env=env, check=True
    )
    assert "\x1b" not in done.stdout
