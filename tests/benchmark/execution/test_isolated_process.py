"""WorkUnit in processes of its own: whatever one piece does, the others finish."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
import threading
import time
from pathlib import Path

import pytest

from shamcrowd.benchmark.execution.isolated_process import (
    ProcessDiedError,
    Task,
    TimeLimitError,
    run_isolated,
)

LONG = 60
"""Seconds that nothing here waits for unless it is broken."""


def _double(number):
    return 2 * number


def _raise():
    raise LookupError("nothing there")


def _run(*functions, limit=None, workers=2):
    tasks = [Task(f"t{i}", function, args, limit) for i, (function, *args) in enumerate(functions)]
    return run_isolated(tasks, workers)


def test_every_fault_stays_with_its_task_and_order_is_kept():
    def unpicklable():
        return threading.Lock()

    def chatter():
        print("from within")
        return "said"

    outcomes = _run(
        (_double, 1),
        (_raise,),
        (os._exit, 7),
        (lambda: os.kill(os.getpid(), signal.SIGKILL),),
        (unpicklable,),
        (sys.exit, 5),
        (chatter,),
        (_double, 2),
    )
    assert [o.value for o in outcomes] == [2, None, None, None, None, None, "said", 4]
    errors = [o.error for o in outcomes]
    assert errors[0] is errors[6] is errors[7] is None
    assert isinstance(errors[1], LookupError)
    assert str(errors[1]) == "nothing there"
    assert [type(e) for e in errors[2:6]] == [ProcessDiedError] * 4
    assert "code 7" in str(errors[2])
    assert "code -9" in str(errors[3])
    assert "lock" in str(errors[4])
    assert "code 5" in str(errors[5])
    assert outcomes[0].seconds > 0
    assert outcomes[0].peak_mib > 1


def test_a_hang_ends_at_the_limit_and_the_others_finish():
    def hang():
        time.sleep(LONG)

    tasks = [
        Task("hang", hang, (), 1.0),
        Task("one", _double, (1,), LONG),
        Task("two", _double, (2,), None),
    ]
    outcomes = run_isolated(tasks, 2)
    assert isinstance(outcomes[0].error, TimeLimitError)
    assert "1 s, the time limit" in str(outcomes[0].error)
    assert [o.value for o in outcomes[1:]] == [2, 4]


def test_what_hangs_is_killed(tmp_path):
    def hang(path):
        path.write_text(str(os.getpid()))
        time.sleep(LONG)

    _run((hang, tmp_path / "pid"), limit=1.5)
    assert not _alive(int((tmp_path / "pid").read_text()))


def _alive(pid):
    # An ended child whose parent has not looked yet is a zombie: still there, yet dead.
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


def test_never_more_at_a_time_than_workers(tmp_path):
    def work(folder):
        own = folder / str(os.getpid())
        own.touch()
        many = len(list(folder.iterdir()))
        time.sleep(0.05)
        own.unlink()
        return many

    assert [o.value for o in _run(*[(work, tmp_path)] * 4, workers=1)] == [1] * 4


def test_done_is_told_of_each():
    told = {}
    tasks = [Task(str(i), _double, (i,)) for i in range(3)]
    run_isolated(tasks, 2, lambda number, outcome: told.update({number: outcome.value}))
    assert told == {0: 0, 1: 2, 2: 4}


def test_no_tasks():
    assert run_isolated([], 2) == []


def test_an_exception_that_the_caller_cannot_load_is_the_tasks_fault(tmp_path):
    (tmp_path / "strange_module_of_a_user.py").write_text("class Odd(Exception):\n    pass\n")

    def load_and_raise(folder):
        sys.path.insert(0, folder)
        raise __import__("strange_module_of_a_user").Odd("from afar")

    outcomes = _run((load_and_raise, str(tmp_path)), (_double, 1))
    assert "from afar" in str(outcomes[0].error)
    assert outcomes[1].value == 2


def _script(tmp_path, text, **kwargs):
    path = tmp_path / "script.py"
    path.write_text(textwrap.dedent(text))
    return subprocess.Popen(
        [sys.executable, str(path)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        cwd=tmp_path, **kwargs,
    )  # fmt: skip


def test_from_a_script_without_a_guard_and_with_a_class_of_its_own(tmp_path):
    script = _script(
        tmp_path,
        """
        from shamcrowd.benchmark.execution.isolated_process import Task, run_isolated

        print("begun")

        class Own:
            def __init__(self, number):
                self.number = number

        def double(own):
            return Own(own.number * 2)

        print(run_isolated([Task("t", double, (Own(21),))], 1)[0].value.number)
        """,
    )
    out, err = script.communicate(timeout=LONG)
    assert out.split() == ["begun", "42"], err


def test_an_interrupt_kills_the_children(tmp_path):
    script = _script(
        tmp_path,
        f"""
        import os, pathlib, time
        from shamcrowd.benchmark.execution.isolated_process import Task, run_isolated

        def hang(name):
            aside = pathlib.Path(name + ".partial")
            aside.write_text(str(os.getpid()))
            aside.rename(name)
            time.sleep({LONG})

        run_isolated([Task(n, hang, (n,)) for n in ("a", "b")], 2)
        """,
    )
    files = [tmp_path / name for name in ("a", "b")]
    until = time.monotonic() + LONG
    while not all(f.exists() for f in files):
        assert script.poll() is None
        assert time.monotonic() < until
        time.sleep(0.02)
    pids = [int(f.read_text()) for f in files]
    assert all(_alive(pid) for pid in pids)
    script.send_signal(signal.SIGINT)
    _, err = script.communicate(timeout=LONG / 2)
    assert "KeyboardInterrupt" in err
    assert not any(_alive(pid) for pid in pids)


def test_a_thread_that_is_left_running_holds_nobody_up(tmp_path):
    script = _script(
        tmp_path,
        f"""
        import threading, time
        from shamcrowd.benchmark.execution.isolated_process import Task, run_isolated

        def leave_a_thread():
            threading.Thread(target=time.sleep, args=({LONG},)).start()
            return 1

        print(run_isolated([Task("t", leave_a_thread, (), 1.0)], 1)[0].value)
        """,
    )
    try:
        out, err = script.communicate(timeout=15)
    except subprocess.TimeoutExpired:
        # An interrupt takes the child along; a kill would leave it behind.
        script.send_signal(signal.SIGINT)
        script.communicate(timeout=LONG / 2)
        raise
    assert out.split() == ["1"], err


def test_a_piece_works_on_one_thread():
    def threads():
        import numpy as np
        from threadpoolctl import threadpool_info

        np.ones((2, 2)) @ np.ones((2, 2))
        return [pool["num_threads"] for pool in threadpool_info()]

    (done,) = _run((threads,))
    assert set(done.value) == {1}


def test_the_end_of_a_killed_parent_is_the_end_of_its_units(tmp_path):
    """A unit that would sleep for long, and a process that it started."""
    script = _script(
        tmp_path,
        f"""
        import os, pathlib, subprocess, sys, time
        from shamcrowd.benchmark.execution.isolated_process import Task, run_isolated

        def hang():
            child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep({10 * LONG})"])
            aside = pathlib.Path("noted.partial")
            aside.write_text(f"{{os.getpid()}} {{child.pid}}")
            aside.rename("noted")
            time.sleep({10 * LONG})

        run_isolated([Task("hangs", hang, ())], 1)
        """,
    )
    noted, until = tmp_path / "noted", time.monotonic() + LONG
    while not noted.exists():
        assert script.poll() is None
        assert time.monotonic() < until
        time.sleep(0.02)
    pids = [int(pid) for pid in noted.read_text().split()]
    assert all(_alive(pid) for pid in pids)
    script.kill()
    # Its output is at an end when all that hold it have ended.
    script.communicate(timeout=LONG)
    until = time.monotonic() + LONG
    while any(_alive(pid) for pid in pids):
        assert time.monotonic() < until, "they are still at work"
        time.sleep(0.02)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_one_that_it_has_started_and_that_holds_the_pipe_does_not_hold_it_up():
    def leaves_one_behind():
        if not os.fork():
            time.sleep(LONG)
        os._exit(7)

    begun = time.monotonic()
    (outcome,) = _run((leaves_one_behind,), limit=LONG / 2)
    assert isinstance(outcome.error, ProcessDiedError)
    assert "code 7" in str(outcome.error)
    assert time.monotonic() - begun < LONG / 4
