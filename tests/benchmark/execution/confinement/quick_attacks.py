"""Further attacks, which do no harm to each other: all are tried in one process.

See `tests/benchmark/execution/confinement/attacks.py`.
"""

from __future__ import annotations

from tests.benchmark.execution.confinement.attacks import LIBC, Attack

QUICK = {
    "a setting of the kernel": Attack(
        "return can(lambda: open('/proc/sys/kernel/core_pattern', 'r+').close())",
        ("landlock", "proc"),
    ),
    "the name of the machine": Attack(
        "return 'yes' if socket.gethostname() == {host!r} else 'no'", ("namespaces",)
    ),
    "a descriptor of another process": Attack(
        LIBC + """
        mine = os.pidfd_open(os.getpid())
        return can(lambda: call(438, mine, 0, 0))
        """, ("seccomp",),
    ),
    "faults of pages handled by itself": Attack(
        LIBC + "        return can(lambda: call({userfaultfd}, 1))", ("seccomp",)
    ),
    "a key ring that outlives it": Attack(
        LIBC + "        return can(lambda: call({keyctl}, 0, -3, 0))", ("seccomp",)
    ),
    "a queue of messages": Attack(
        LIBC + "        return can(lambda: call({msgget}, 0, 0o1600))", ("seccomp",)
    ),
    "a lease on a file, for which others wait": Attack(
        """
        import fcntl
        held = os.open(__file__, os.O_RDONLY)
        try:
            return can(lambda: fcntl.fcntl(held, 1024, fcntl.F_RDLCK))
        finally:
            os.close(held)
        """, ("seccomp",),
    ),
    "flags of a file of the user": Attack(
        """
        import fcntl
        import struct
        held, flags = os.open(__file__, os.O_RDONLY), bytearray(8)
        try:
            fcntl.ioctl(held, 0x80086601, flags)
            return can(lambda: fcntl.ioctl(held, 0x40086602, bytes(flags)))
        finally:
            os.close(held)
        """, ("read-only", "seccomp"),
    ),
    "a mount by newer calls": Attack(
        LIBC + "        return can(lambda: call(430, b'tmpfs', 0))", ("rights", "seccomp")
    ),
    "a path that is opened by its descriptor": Attack(
        """
        held = os.open({truth!r}, os.O_PATH)
        return can(lambda: open(f"/proc/self/fd/{{held}}").read())
        """, ("landlock",), False,
    ),
    "the truth as a program": Attack(
        """
        done = subprocess.run(["sh", {truth!r}], capture_output=True, text=True)
        return "yes" if "truth: not found" in done.stderr else done.stderr
        """, ("landlock",), False,
    ),
    "cutting a file of the user": Attack(
        "return can(lambda: os.truncate({truth!r}, 5))", ("landlock", "read-only")
    ),
    "a folder beside the truth": Attack(
        "return can(lambda: os.mkdir(os.path.dirname({truth!r}) + f'/{{time.time_ns()}}'))",
        ("landlock", "read-only"),
    ),
    "moving the truth": Attack(
        "return can(lambda: os.rename({truth!r}, {truth!r} + '2') or "
        "os.rename({truth!r} + '2', {truth!r}))",
        ("landlock", "read-only"),
    ),
    "names in a folder of the user": Attack(
        "return can(lambda: os.listdir(os.path.dirname({truth!r})))", ("landlock",), False
    ),
    "names in the folder of temporary files": Attack(
        "return can(lambda: os.listdir({temporary!r}))", ("landlock",), False
    ),
    "precedence over other processes": Attack(
        "return can(lambda: os.setpriority(os.PRIO_PROCESS, 0, -1))",
        ("namespaces", "rights", "seccomp"),
    ),
    "precedence of another process": Attack(
        "return can(lambda: os.sched_setaffinity({pid}, os.sched_getaffinity({pid})))",
        ("namespaces", "rights", "seccomp"),
    ),
    "limits of another process": Attack(
        """
        import resource
        core = resource.RLIMIT_CORE
        return can(lambda: resource.prlimit({pid}, core, resource.prlimit({pid}, core)))
        """, ("namespaces", "seccomp"),
    ),
    "a signal by the owner of a descriptor": Attack(
        """
        import fcntl
        mine, _ = socket.socketpair()
        return can(lambda: fcntl.fcntl(mine, fcntl.F_SETOWN, {pid}))
        """, ("namespaces", "seccomp"),
    ),
    "a signal by the owner of a socket": Attack(
        """
        import fcntl
        import struct
        mine, _ = socket.socketpair()
        return can(lambda: fcntl.ioctl(mine, 0x8901, struct.pack("i", {pid})))
        """, ("namespaces", "seccomp"),
    ),
    "System V memory by its number": Attack(
        """
        import ctypes
        libc = ctypes.CDLL(None)
        libc.shmat.restype = ctypes.c_ssize_t
        return "no" if libc.shmat({memory}, None, 0) == -1 else "yes"
        """, ("namespaces", "seccomp"),
    ),
    "a scenario beside it": Attack(
        "return can(lambda: open(Path(__file__).parent / 'world.yaml').read())",
        ("landlock",), False,
    ),
    "a baseline beside it": Attack(
        "return can(lambda: open(Path(__file__).parent / 'gate.json').read())",
        ("landlock",), False,
    ),
    "two thousand open files": Attack(
        """
        held = []
        try:
            return can(lambda: held.extend(os.open(os.devnull, 0) for _ in range(2000)))
        finally:
            for number in held:
                os.close(number)
        """, ("files",),
    ),
    "variables of Python": Attack(
        """
        flags = (sys.flags.ignore_environment, sys.flags.no_user_site, sys.flags.safe_path)
        named = [name for name in os.environ if name.startswith("PYTHON")]
        return "no" if all(flags) and not named else "yes"
        """, ("isolation",),
    ),
}  # fmt: skip
