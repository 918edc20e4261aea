"""Ways by which plug-ins came at the truth, each tried by one of under 20 lines."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from shamcrowd.benchmark.execution.confinement import (
    allowed,
    landlock,
    namespaces,
    server_client,
)

sealed = pytest.mark.skipif(not landlock.version(), reason="this kernel has no Landlock")
apart = pytest.mark.skipif(not namespaces.offered(), reason="no namespaces may be made here")


def test_nothing_of_the_caller_is_there(spies, monkeypatch):
    """A fresh interpreter: no arguments, no frames, no environment or descriptors of the caller."""
    monkeypatch.setenv("SOMEBODYS_API_KEY", "secret")
    monkeypatch.setattr(sys, "argv", ["shamcrowd", "run", "a-scenario", "--seed", "4711"])
    seen = spies("""
        frames, at = [], sys._getframe()
        while at:
            frames.append(repr(at.f_locals) + at.f_code.co_filename)
            at = at.f_back
        return {
            "argv": [sys.argv, getattr(sys, "orig_argv", [])],
            "environment": dict(os.environ),
            "first": Path("/proc/self/environ").read_text(),
            "frames": frames,
            "command": Path("/proc/self/cmdline").read_text(),
            "main": sorted(vars(sys.modules["__main__"])),
            "files": [os.readlink(f"/proc/self/fd/{n}") for n in range(64)
                      if os.path.lexists(f"/proc/self/fd/{n}")],
        }
    """)
    told = json.dumps(seen)
    for secret in ("secret", "4711", "a-scenario", "PYTEST"):
        assert secret not in told
    kinds = sorted(name.partition(":")[0] for name in seen["files"])
    assert kinds == ["/dev/null", "pipe", "pipe", "socket"]


@pytest.mark.parametrize(
    "module", ["shamcrowd.simulator", "shamcrowd.scenarios", "shamcrowd.recording.truth",
               "shamcrowd.benchmark.evaluation.evaluate", "shamcrowd.simulator.core.streams"],
)  # fmt: skip
def test_the_world_cannot_be_played_again_with_our_simulator(spies, module):
    assert "cannot be imported in the process of a plug-in" in spies(f"""
        import importlib
        return can(lambda: importlib.import_module({module!r}))
    """)


@sealed
def test_nor_with_its_files(spies):
    from shamcrowd import simulator
    from shamcrowd.recording import truth

    place = Path(simulator.__file__).resolve()
    seen = spies(f"""
        sys.meta_path[:] = [f for f in sys.meta_path if type(f).__name__ != "_Refuser"]
        def imported():
            import shamcrowd.simulator.simulation
        return [can(imported), can(Path({str(place)!r}).read_bytes),
                can(lambda: os.listdir({str(place.parent)!r})),
                can(Path({truth.__file__!r}).read_bytes)]
    """)
    assert seen[0].startswith(("ModuleNotFoundError", "PermissionError"))
    assert all(one.startswith("PermissionError") for one in seen[1:])


@sealed
def test_no_truth_can_be_opened_of_this_run_or_any_other(spies, tmp_path):
    places = []
    for run in (tmp_path / "run/recordings/seed-1", spies.folder / "other/recordings/seed-7",
                spies.folder / "old-recording"):  # fmt: skip
        (run / "truth").mkdir(parents=True)
        (run / "truth/accounts.parquet").write_text("truth")
        (run / "manifest.json").write_text("{}")
        places += [str(run / "truth/accounts.parquet"), str(run / "manifest.json")]
    (spies.folder / "other/run.json").write_text("{}")
    spies.hidden = (tmp_path / "run",)
    seen = spies(f"""
        places = {places!r}
        return [can(Path(p).read_bytes) for p in places] + [
            can(Path("/proc/self/root" + places[0]).read_bytes),
            "yes" if subprocess.run(["cat", places[0]], capture_output=True).stdout else "no",
        ]
    """)
    assert "yes" not in seen


@sealed
@apart
@pytest.mark.parametrize("marked", [True, False])
def test_which_scenario_of_a_suite_is_played_cannot_be_seen(spies, marked):
    """Seen to be told where the folder of the results is not known for one."""
    results = spies.folder / "results"
    (results / "a-scenario").mkdir(parents=True)
    (results / "a-scenario/run.json").write_text("{}")
    if marked:
        (results / "suite.json").write_text("{}")
    spies.hidden = (results / "a-scenario",)
    seen = spies("""
        frames, at = [], sys._getframe()
        while at:
            frames.append(repr(at.f_locals))
            at = at.f_back
        mounts = Path("/proc/self/mountinfo").read_text()
        return [frames, mounts, os.listdir(Path(__file__).parent / "results")]
    """)
    assert ("a-scenario" in json.dumps(seen)) is not marked


@sealed
@pytest.mark.parametrize("below", [False, True])
def test_no_byte_of_its_process_names_the_run(spies, tmp_path, monkeypatch, below):
    """Seen to be found where the run lies in its own folder, which then has to be covered."""
    name = "zebra" + "-xyzzy"
    run = (spies.folder if below else tmp_path) / name
    run.mkdir()
    (run / "run.json").write_text("{}")
    spies.hidden = (run,)
    monkeypatch.setattr(sys, "argv", ["shamcrowd", "run", f"{name}.yaml"])
    monkeypatch.setenv("SCENARIO", name)
    found = spies("""
        import re
        named, found = re.compile(b"zebra[-]xyzzy"), 0
        for line in open("/proc/self/maps"):
            place = re.match("([0-9a-f]+)-([0-9a-f]+) r", line)
            if place and int(place[2], 16) - int(place[1], 16) < 2**28:
                begin, end = (int(part, 16) for part in place.groups())
                with open("/proc/self/mem", "rb", 0) as memory:
                    try:
                        memory.seek(begin)
                        found += len(named.findall(memory.read(end - begin)))
                    except (OSError, OverflowError, ValueError):
                        pass  # not ordinary memory
        return found
    """)
    assert (found > 0) is below


@sealed
@pytest.mark.parametrize("hidden", [True, False])
def test_a_run_among_programs_is_not_granted_with_them(spies, tmp_path, monkeypatch, hidden):
    """Seen to be open where the run's folder is not hidden."""
    tools = tmp_path / "tools"
    run = tools / "lib/runs/truth"
    run.mkdir(parents=True)
    (tools / "bin").mkdir()
    (run / "accounts.parquet").write_text("truth")
    (tools / "lib/data.txt").write_text("data")
    (tmp_path / "tools/notes.txt").write_text("notes")
    monkeypatch.setenv("PATH", f"{tools / 'bin'}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setattr(server_client, "_server", None)
    allowed.roots.cache_clear()
    spies.hidden = (tools / "lib/runs",) if hidden else ()
    try:
        seen = spies(f"""
            return [can(lambda: open({str(tools)!r} + name).read())
                    for name in ("/lib/data.txt", "/lib/runs/truth/accounts.parquet", "/notes.txt")]
        """)
    finally:
        allowed.roots.cache_clear()
        server_client.forget()
    assert [one == "yes" for one in seen] == [True, not hidden, False]


def test_a_folder_of_programs_may_be_one_that_the_user_cannot_look_into(monkeypatch):
    """As that of root in the `PATH` after ``su``; here any question about it is refused."""
    closed = "/somebody-else/bin"
    monkeypatch.setenv("PATH", f"{closed}{os.pathsep}{os.environ['PATH']}")
    asked = Path.stat

    def stat(self, **options):
        if str(self).startswith("/somebody-else"):
            raise PermissionError(13, "Permission denied", str(self))
        return asked(self, **options)

    monkeypatch.setattr(Path, "stat", stat)
    allowed.roots.cache_clear()
    try:
        assert allowed.may_be_read(Path("/usr/bin/env"))
        assert not allowed.may_be_read(Path("/somewhere/run"))
    finally:
        allowed.roots.cache_clear()


@pytest.mark.parametrize("place", ["/opt/app/run/truth", "/usr/src/app/run", "/usr/local/src/run"])
def test_folders_where_runs_may_lie_are_no_programs(place):
    assert allowed.may_be_read(Path("/usr/bin/env"))
    assert not allowed.may_be_read(Path(place))


@sealed
def test_own_files_can_be_read_and_none_written(spies):
    (spies.folder / "rules").mkdir()
    (spies.folder / "rules/limit.txt").write_text("7")
    (spies.folder / "helper.py").write_text("LIMIT = 3\n")
    (spies.folder / ".env").write_text("KEY=secret")
    seen = spies(f"""
        sys.path.insert(0, {str(spies.folder)!r})
        import helper
        here = Path(__file__).parent
        home = Path.home()
        (home / "mine").write_text("x")
        return [helper.LIMIT, (here / "rules/limit.txt").read_text(), (home / "mine").read_text(),
                can((here / ".env").read_text), can(lambda: (here / "new").write_text("x")),
                can(lambda: Path(np.__file__).open("a")), can(lambda: open("/etc/hosts", "a")),
                can(lambda: os.link(here / "helper.py", home / "helper.py"))]
    """)
    assert seen[:3] == [3, "7", "x"]
    refused = ("PermissionError", "OSError: [Errno 18]", "OSError: [Errno 30]")
    assert [one for one in seen[3:] if not one.startswith(refused)] == []


@sealed
def test_nothing_of_other_processes_is_there(spies, monkeypatch):
    seen = spies(f"""
        others = [{os.getpid()}, os.getppid(), 1]
        return [can(Path(f"/proc/{{n}}/{{what}}").read_bytes) for n in others
                for what in ("environ", "cmdline", "mem", "root/etc/shadow")
                if n != os.getpid()]
    """)
    assert "yes" not in seen


@pytest.mark.skipif(not landlock.version() and not namespaces.offered(), reason="nothing here")
def test_signals_and_sockets_do_not_reach_out(spies, tmp_path):
    with socket.socket(socket.AF_UNIX) as hidden, socket.socket(socket.AF_UNIX) as named:
        hidden.bind("\0shamcrowd-test-of-sockets")
        hidden.listen()
        named.bind(str(tmp_path / "s"))
        named.listen()
        with socket.socket() as network:
            network.bind(("127.0.0.1", 0))
            network.listen()
            seen = spies(f"""
                def reach(kind, where):
                    with socket.socket(kind) as made:
                        made.connect(where)
                return [can(lambda: os.kill({os.getpid()}, 0)),
                        can(lambda: reach(socket.AF_INET, {network.getsockname()!r})),
                        can(lambda: reach(socket.AF_UNIX, "\\0shamcrowd-test-of-sockets")),
                        can(lambda: reach(socket.AF_UNIX, {str(tmp_path / "s")!r})),
                        can(lambda: os.unshare(0x10000000) if hasattr(os, "unshare") else 1 / 0)]
            """)
    assert "yes" not in seen


def _gone(number):
    stat = Path(f"/proc/{number}/stat")
    until = time.monotonic() + 10
    while stat.exists() and stat.read_text().rpartition(")")[2].split()[0] not in "ZX":
        if time.monotonic() > until:
            return False
        time.sleep(0.02)
    return True


@pytest.mark.skipif(sys.platform != "linux", reason="a child is reaped by the keeper on Linux")
def test_a_child_in_a_session_of_its_own_ends_with_it(spies):
    marker = f"60.{os.getpid()}{time.monotonic_ns()}"
    seen = spies(f"""
        subprocess.Popen(["setsid", "sleep", "{marker}"], start_new_session=True)
        time.sleep(0.3)
        return "started"
    """)
    assert seen == "started"
    left = subprocess.run(["pgrep", "-f", marker], capture_output=True, text=True, check=False)
    assert all(_gone(int(number)) for number in left.stdout.split())
