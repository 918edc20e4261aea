"""What is hidden cannot be opened, by the process or what it starts; all else can."""

import os
import subprocess

import pytest

from shamcrowd.benchmark.execution import landlock
from shamcrowd.benchmark.execution.isolated_process import Task, run_isolated

pytestmark = pytest.mark.skipif(not landlock.version(), reason="this kernel has no Landlock")


@pytest.fixture
def house(tmp_path):
    for path in ("run/truth/a", "run/tables/b", "run/own/d", "run/note", "beside/c"):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text("text")
    (tmp_path / "link").symlink_to(tmp_path / "run")
    return tmp_path


def tried(work):
    try:
        work()
    except PermissionError:
        return "no"
    return "yes"


def look(house):
    assert landlock.hide([house / "run"], [house / "run/tables"], [house / "run/own"])
    by_proc = f"/proc/self/root{house}/run/truth/a"
    cat = ["cat", str(house / "run/truth/a")]
    return {
        "truth": tried((house / "run/truth/a").read_text),
        "truth by link": tried((house / "link/truth/a").read_text),
        "truth by proc": tried(lambda: os.close(os.open(by_proc, os.O_RDONLY))),
        "truth by child": "no" if subprocess.run(cat, capture_output=True).returncode else "yes",
        "note": tried((house / "run/note").read_text),
        "names": tried(lambda: list((house / "run").iterdir())),
        "writing": tried(lambda: (house / "run/note").write_text("other")),
        "removing": tried((house / "run/truth/a").unlink),
        "table": tried((house / "run/tables/b").read_text),
        "names of tables": tried(lambda: list((house / "run/tables").iterdir())),
        "table written": tried(lambda: (house / "run/tables/b").write_text("other")),
        "table removed": tried((house / "run/tables/b").unlink),
        "new table": tried(lambda: (house / "run/tables/c").write_text("new")),
        "own": tried((house / "run/own/d").read_text),
        "own written": tried(lambda: (house / "run/own/d").write_text("other")),
        "new of its own": tried(lambda: (house / "run/own/e").write_text("new")),
        "beside": tried((house / "beside/c").read_text),
        "new beside": tried(lambda: (house / "beside/d").write_text("new")),
    }


def test_what_is_hidden_is_gone_and_all_else_is_there(house):
    outcome = run_isolated([Task("look", look, (house,))], 1)[0]
    assert outcome.error is None
    may = {name for name, can in outcome.value.items() if can == "yes"}
    own = {"own", "own written", "new of its own"}
    assert may == {"table", "names of tables", *own, "beside", "new beside"}
    assert (house / "run/note").read_text() == "text"


def test_without_landlock_nothing_is_done(monkeypatch, house):
    monkeypatch.setattr(landlock, "version", lambda: 0)
    assert not landlock.hide([house / "run"], [])
    assert (house / "run/truth/a").read_text() == "text"
