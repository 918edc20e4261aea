"""Scores a class again whenever something is handed in, and serves the board."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from shamcrowd.benchmark.classroom.board_page import board_page
from shamcrowd.benchmark.classroom.records import ClassKey
from shamcrowd.benchmark.classroom.scoring import ClassBoard, score_class
from shamcrowd.benchmark.evaluation.listener import Listener
from shamcrowd.recording.atomic import write_json, write_text
from shamcrowd.recording.errors import UsageError
from shamcrowd.recording.json_file import read_json

ARRIVALS = "arrivals.json"
BOARD_PAGE, BOARD_DATA = "board.html", "board.json"
REFRESH = 10
"""Seconds after which a browser asks for the board again."""
State = dict[str, tuple[int, int]]


def state_of(submissions: Path) -> State:
    """Size and time (ns) of every file or folder that was handed in, by name."""
    found: State = {}
    for path in sorted(submissions.iterdir()) if submissions.is_dir() else []:
        with suppress(OSError):
            inside = [path, *(path.iterdir() if path.is_dir() else [])]
            about = [p.lstat() for p in inside]
            found[path.name] = (
                sum(a.st_size for a in about), max(a.st_mtime_ns for a in about)
            )  # fmt: skip
    return found


class Arrivals:
    """When each file was seen first as it is now, kept in the teacher's folder."""

    def __init__(self, key: ClassKey) -> None:
        self._path = key.folder / ARRIVALS
        held = read_json(self._path, f"delete {self._path}") if self._path.is_file() else {}
        self._held: dict[str, list[int]] = {k: list(map(int, v)) for k, v in held.items()}

    def of(self, state: State) -> dict[str, int]:
        """When each came that was seen as it is now; of the others nothing is said."""
        known = {name: self._held[name] for name in state if name in self._held}
        return {name: at for name, (at, *seen) in known.items() if tuple(seen) == state[name]}

    def note(self, state: State, now: int) -> dict[str, int]:
        """When each came, ms since 1970; ``now`` for what is new or has changed."""
        for name, (size, written) in state.items():
            known = self._held.get(name)
            if known is None or known[1:] != [size, written]:
                self._held[name] = [now, size, written]
        write_json(self._path, self._held)
        return {name: self._held[name][0] for name in state}


class BoardServer:
    """Serves one page to everybody on the network, and nothing else."""

    def __init__(self, host: str, port: int) -> None:
        """Begin to serve.

        Raises:
            UsageError: if the port is taken.
        """
        self.page = b""
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                found = self.path.split("?")[0] in {"/", "/index.html"}
                body = outer.page if found else b"There is only the board here, at /."
                self.send_response(200 if found else 404)
                kind = "text/html" if found else "text/plain"
                self.send_header("Content-Type", f"{kind}; charset=utf-8")
                self.send_header("Content-Length", str(len(body)))
                if found:
                    self.send_header("Refresh", str(REFRESH))
                self.send_header(
                    "Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'"
                )
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *args: object) -> None:
                """Say nothing."""

        try:
            self._server = ThreadingHTTPServer((host, port), Handler)
        except OSError as fault:
            raise UsageError(
                f"--port {port}: cannot be served ({fault.strerror}); take another"
            ) from None
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    @property
    def port(self) -> int:
        """The port it serves."""
        return int(self._server.server_address[1])

    def close(self) -> None:
        """Serve no longer."""
        self._server.shutdown()
        self._server.server_close()


def address_here() -> str:
    """The address of this machine in the local network, as far as it is known."""
    with suppress(OSError), socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        # Nothing is sent: it is only asked which way a packet would take.
        probe.connect(("192.0.2.1", 9))
        return str(probe.getsockname()[0])
    return "localhost"


def write_board(board: ClassBoard, folder: Path, page: Path | None = None) -> Path:
    """Write the board as a page, and with all that the teacher may know as JSON beside the key."""
    write_json(folder / BOARD_DATA, board.data)
    path = page or folder / BOARD_PAGE
    write_text(path, board_page(board))
    return path


def watch(
    submissions: Path, key: ClassKey, server: BoardServer, *, every: float, looks: int | None,
    workers: int, accept_late: bool, listener: Listener, scored: Callable[[ClassBoard], None],
) -> None:  # fmt: skip
    """Look for hand-ins, score when something has come, and serve the board.

    Args:
        submissions: where they are put.
        key: the key of the class.
        server: serves the board.
        every: seconds between looks.
        looks: end after so many; None: never.
        workers: processes at a time.
        accept_late: give late hand-ins points.
        listener: receives progress.
        scored: called with each board.
    """
    arrivals, known, seen, look = Arrivals(key), None, None, 0
    while looks is None or look < looks:
        state = state_of(submissions)
        # A file that is still being copied changes from look to look.
        if state != known and (state == seen or known is None):
            came = arrivals.note(state, int(time.time() * 1000))
            board = score_class(
                submissions, key, accept_late=accept_late, arrivals=came, workers=workers,
                listener=listener,
            )  # fmt: skip
            write_board(board, key.folder)
            server.page = board_page(board, time.strftime("%H:%M")).encode()
            known = state
            scored(board)
        seen, look = state, look + 1
        if looks is None or look < looks:
            time.sleep(every)
