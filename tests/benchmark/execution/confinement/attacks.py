"""Attacks of plug-ins, and which layers of the confinement have to be off for each to succeed.

Each is the body of ``look(log)`` (see `tests/benchmark/execution/conftest.py`); it returns "yes" if
it reached what it wanted. ``{names}`` are filled in by the test with what the caller has.
"""

from __future__ import annotations

from dataclasses import dataclass

LIBC = """
        import ctypes
        libc = ctypes.CDLL(None, use_errno=True)
        def call(*arguments):
            ctypes.set_errno(0)
            done = libc.syscall(*arguments)
            if done < 0:
                raise OSError(ctypes.get_errno(), "refused")
            return done
"""


@dataclass(frozen=True)
class Attack:
    """One attack.

    Attributes:
        body: what the plug-in does.
        off: layers that have to be off, all of them, for it to succeed.
        held_without_landlock: whether the other layers hold it where the kernel has no Landlock.
    """

    body: str
    off: tuple[str, ...]
    held_without_landlock: bool = True


ATTACKS = {
    "truth of a run": Attack(
        "return can(lambda: open({truth!r}).read())", ("landlock",), False
    ),
    "files of the simulator": Attack(
        """
        sys.meta_path[:] = [f for f in sys.meta_path if type(f).__name__ != "_Refuser"]
        return can(lambda: open({simulator!r}).read())
        """, ("landlock",), False,
    ),
    "import of the simulator": Attack(
        """
        def imported():
            import shamcrowd.simulator.simulation
        return can(imported)
        """, ("imports", "landlock"),
    ),
    "import of the truth": Attack(
        """
        def imported():
            import shamcrowd.recording.truth
        return can(imported)
        """, ("imports", "landlock"),
    ),
    "writing beside its file": Attack(
        "return can(lambda: open(Path(__file__).parent / 'new', 'w'))", ("landlock", "read-only")
    ),
    "a hidden file beside it": Attack(
        "return can(lambda: open(Path(__file__).parent / '.env').read())", ("landlock",), False
    ),
    "a secret beside it": Attack(
        "return can(lambda: open(Path(__file__).parent / 'judge.secret').read())",
        ("landlock",), False,
    ),
    "a key beside it": Attack(
        "return can(lambda: open(Path(__file__).parent / 'rec.key').read())",
        ("landlock",), False,
    ),
    "a key under another name": Attack(
        "return can(lambda: open(Path(__file__).parent / 'data' / 'notes.txt').read())",
        ("landlock",), False,
    ),
    "rights of a file of the user": Attack(
        "return can(lambda: os.chmod({truth!r}, 0o666))",
        ("read-only", "seccomp"),
    ),
    "times of a file of the user": Attack(
        "return can(lambda: os.utime({truth!r}, (1, 1)))",
        ("read-only", "seccomp"),
    ),
    "an attribute of a file of the user": Attack(
        "return can(lambda: os.setxattr({attributed!r}, 'user.a', b'b'))",
        ("read-only", "seccomp"),
    ),
    "names in a folder by watching it": Attack(
        """
        import ctypes
        libc = ctypes.CDLL(None, use_errno=True)
        made = libc.inotify_init1(0)
        watched = libc.inotify_add_watch(made, os.path.dirname({truth!r}).encode(), 0xFFF)
        return "yes" if made >= 0 and watched >= 0 else "no"
        """, ("seccomp",),
    ),
    "a link out of its folder": Attack(
        """
        def read():
            os.symlink({truth!r}, Path.home() / "out")
            return open(Path.home() / "out").read()
        return can(read)
        """, ("landlock",), False,
    ),
    "a hard link out of its folder": Attack(
        """
        def read():
            os.link({truth!r}, Path.home() / "hard")
            return open(Path.home() / "hard").read()
        return can(read)
        """, ("landlock", "namespaces"),
    ),
    "the simulator under another name": Attack(
        """
        import importlib.util
        def imported():
            spec = importlib.util.spec_from_file_location("innocent", {simulator!r})
            assert spec.loader.get_source("innocent")
        return can(imported)
        """, ("landlock",), False,
    ),
    "a file beside the truth": Attack(
        "return can(lambda: open(os.path.dirname({truth!r}) + '/new', 'w'))",
        ("landlock", "read-only"),
    ),
    "environment of the caller": Attack(
        """
        told = "\\n".join(os.environ) + open("/proc/self/environ").read()
        return "yes" if "SOMEBODYS_API_KEY" in told else "no"
        """, ("environment",),
    ),
    "descriptors of the caller": Attack(
        """
        held = [os.readlink(f"/proc/self/fd/{{n}}") for n in range(256)
                if os.path.lexists(f"/proc/self/fd/{{n}}")]
        return "yes" if {held_open!r} in held else "no"
        """, ("descriptors",),
    ),
    "environment in /proc": Attack(
        "return can(lambda: open('/proc/{pid}/environ').read())",
        ("landlock", "namespaces", "rights"),
    ),
    "command line in /proc": Attack(
        "return can(lambda: open('/proc/{pid}/cmdline').read())", ("landlock", "namespaces")
    ),
    "memory in /proc": Attack(
        "return can(lambda: open('/proc/{pid}/mem', 'rb'))", ("landlock", "namespaces", "rights")
    ),
    "files by /proc": Attack(
        "return can(lambda: open('/proc/{pid}/root' + {truth!r}).read())",
        ("landlock", "namespaces", "rights"),
    ),
    "list of processes": Attack(
        """
        others = [n for n in os.listdir("/proc") if n.isdigit() and int(n) == {pid}]
        return "yes" if others else "no"
        """, ("landlock", "namespaces"),
    ),
    "a signal": Attack(
        "return can(lambda: os.kill({pid}, 0))", ("landlock", "namespaces", "seccomp")
    ),
    "ptrace": Attack(
        LIBC + "        return can(lambda: call({ptrace}, 0x4206, {pid}, 0, 0))",
        ("landlock", "namespaces", "rights", "seccomp"),
    ),
    "memory by a call": Attack(
        LIBC + """
        class Piece(ctypes.Structure):
            _fields_ = [("base", ctypes.c_void_p), ("size", ctypes.c_size_t)]
        held = ctypes.create_string_buffer(8)
        mine, theirs = Piece(ctypes.addressof(held), 8), Piece({address}, 8)
        return can(lambda: call({process_vm_readv}, {pid}, ctypes.byref(mine), 1,
                                ctypes.byref(theirs), 1, 0))
        """, ("landlock", "namespaces", "rights", "seccomp"),
    ),
    "a connection": Attack(
        """
        def reach():
            with socket.socket() as made:
                made.connect({address_of_network!r})
        return can(reach)
        """, ("landlock", "namespaces", "seccomp"),
    ),
    "an abstract socket": Attack(
        """
        def reach():
            with socket.socket(socket.AF_UNIX) as made:
                made.connect({abstract!r})
        return can(reach)
        """, ("landlock", "namespaces", "seccomp"),
    ),
    "a socket in a folder": Attack(
        """
        def reach():
            with socket.socket(socket.AF_UNIX) as made:
                made.connect({named!r})
        return can(reach)
        """, ("seccomp",),
    ),
    "sockets of other families": Attack(
        """
        made = [can(lambda: socket.socket(family, kind).close())
                for family, kind in ((2, 2), (10, 1), (16, 3), (17, 3), (38, 5), (40, 1))]
        return "yes" if "yes" in made else "no"
        """, ("seccomp",),
    ),
    "io_uring": Attack(
        LIBC + """
        said = can(lambda: call(425, 4, ctypes.create_string_buffer(256)))
        return said if "Errno 38" not in said else "yes"
        """, ("seccomp",),
    ),
    "a program in memory": Attack(
        LIBC + """
        def run():
            made = call({memfd_create}, b"x", 0)
            os.write(made, Path("/bin/true").read_bytes())
            assert not subprocess.run([f"/proc/self/fd/{{made}}"], pass_fds=[made]).returncode
        return can(run)
        """, ("seccomp",),
    ),
    "a user namespace": Attack(
        """
        import ctypes
        if not os.fork():
            os._exit(0 if not ctypes.CDLL(None).unshare(0x10000000) else 1)
        return "yes" if not os.wait()[1] else "no"
        """, ("seccomp",),
    ),
    "a namespace by clone": Attack(
        LIBC + """
        made = call({clone}, 0x10000000 | 17, 0, 0, 0, 0)
        if not made:
            os._exit(0)
        return "yes"
        """, ("seccomp",),
    ),
    "a mount": Attack(
        """
        import ctypes
        where = str(Path.home()).encode()
        refused = ctypes.CDLL(None).mount(b"none", where, b"tmpfs", 0, None)
        return "no" if refused else "yes"
        """, ("landlock", "rights", "seccomp"),
    ),
    "taking /proc away": Attack(
        """
        import ctypes
        libc = ctypes.CDLL(None, use_errno=True)
        refused = libc.umount2(b"/proc", 2)
        return f"no: {{ctypes.get_errno()}}" if refused else "yes"
        """, ("landlock", "rights", "seccomp"),
    ),
    "another root": Attack(
        "return can(lambda: os.chroot('/usr'))", ("rights", "seccomp")
    ),
    "a core file": Attack(
        """
        import resource
        return can(lambda: resource.setrlimit(resource.RLIMIT_CORE, (2**20, 2**20)))
        """, ("core", "rights"),
    ),
    "System V memory of others": Attack(
        """
        import ctypes
        libc = ctypes.CDLL(None, use_errno=True)
        refused = libc.shmget({key}, 0, 0) < 0
        return f"no: {{ctypes.get_errno()}}" if refused else "yes"
        """, ("namespaces", "seccomp"),
    ),
    "shared memory of others": Attack(
        "return can(lambda: open({shared!r}).read())", ("landlock", "namespaces")
    ),
    "keys of the kernel": Attack(
        LIBC + "        return can(lambda: call({add_key}, b'user', b'a', b'b', 1, -2))",
        ("seccomp",),
    ),
    "rights of root": Attack(
        """
        held = [line for line in open("/proc/self/status") if line.startswith("CapEff")]
        return "yes" if int(held[0].split()[1], 16) else "no"
        """, ("rights",),
    ),
    "a thousand processes": Attack(
        """
        def many():
            made = []
            try:
                for _ in range(400):
                    made.append(os.fork())
                    if not made[-1]:
                        time.sleep(30)
                        os._exit(0)
            finally:
                for number in made:
                    os.kill(number, 9)
        return can(many)
        """, ("measuring", "processes"),
    ),
    "a full disk": Attack(
        """
        def fill():
            with open(Path.home() / "big", "wb") as file:
                for _ in range(100):
                    file.write(bytes(2**20))
        return can(fill)
        """, ("namespaces", "files", "measuring"),
    ),
    "memory in tables of pages": Attack(
        """
        import ctypes
        libc = ctypes.CDLL(None)
        libc.mmap.restype = ctypes.c_void_p
        libc.mmap.argtypes = [ctypes.c_void_p, *[ctypes.c_size_t] * 5]
        # Read-only and never written: nothing of it is held but the kernel's notes.
        size, step = 320 << 30, 2 << 20
        at = libc.mmap(None, size, 1, 0x4022, 2**64 - 1, 0)
        for held in range(0, size, step):
            ctypes.string_at(at + held, 1)
        time.sleep(1)
        return "yes"
        """, ("measuring",),
    ),
    "memory of its own": Attack(
        "return can(lambda: np.ones(2**29, np.uint8)[::4096].sum())", ("memory", "measuring")
    ),
}  # fmt: skip
