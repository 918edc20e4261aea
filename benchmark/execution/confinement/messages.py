"""Messages between the benchmark and a plug-in's process: JSON and bytes of bounded size.

Nothing is unpickled and nothing is trusted: whatever cannot be read is a `BadAnswerError` of the
plug-in. Large tables go towards the plug-in in an anonymous file, which it maps and cannot change.
"""

from __future__ import annotations

import json
import math
import mmap
import os
import socket
import struct
import time
from typing import Any

import pyarrow as pa

HEAD = struct.Struct(">4sIQB")
MARK = b"shc1"
MOST_TEXT = 1 << 20
"""Bytes of JSON in one message."""
INLINE = 1 << 16
"""Payloads of more bytes than this go in an anonymous file where there are any."""
PIECE = 1 << 16
"""Bytes that are asked for at once: most messages come whole."""
_HAS_FILES = hasattr(os, "memfd_create")
_AS_WRITTEN = pa.ipc.IpcWriteOptions()


class BadAnswerError(Exception):
    """The plug-in's process sent something that is no message, or too much of it."""


class ClosedError(Exception):
    """The process on the other side has closed its end."""


class Channel:
    """Sends and receives messages over a connected socket.

    Attributes:
        in_files: bytes that may yet be sent in anonymous files; further tables are copied into the
            receiver's own memory. Who keeps such a file open keeps memory that is nobody's.
    """

    def __init__(self, connected: socket.socket, in_files: float = math.inf) -> None:
        self.socket, self.in_files = connected, in_files
        self._deadline: float | None = None
        self._held = memoryview(b"")

    def until(self, deadline: float | None) -> None:
        """Take no longer than until then (of `time.monotonic`), however little comes at a time."""
        self._deadline = deadline
        self.socket.settimeout(None)

    def _wait(self) -> None:
        if self._deadline is not None:
            left = self._deadline - time.monotonic()
            if left <= 0:
                raise TimeoutError("too late")
            self.socket.settimeout(left)

    def send(self, head: dict[str, Any], payload: bytes | memoryview = b"") -> None:
        """Send a message.

        Raises:
            ClosedError: if nobody listens.
        """
        text = json.dumps(head).encode()
        whole = HEAD.pack(MARK, len(text), len(payload), 0) + text
        if len(payload) <= INLINE:
            self._send(b"".join((whole, payload)))
        else:
            self._send(whole)
            self._send(payload)

    def send_table(self, head: dict[str, Any], table: pa.Table) -> None:
        """Send a message with a table in Arrow's streaming format.

        Raises:
            ClosedError: if nobody listens.
        """
        if not _HAS_FILES or not INLINE < table.nbytes <= self.in_files:
            self.send(head, memoryview(_as_stream(table)))
            return
        file = os.memfd_create("rows", os.MFD_CLOEXEC)
        try:
            with os.fdopen(os.dup(file), "wb", buffering=0) as out:
                with pa.ipc.new_stream(out, table.schema, options=_AS_WRITTEN) as writer:
                    writer.write_table(table)
                size = out.tell()
            self.in_files -= size
            # Opened again for reading alone: the plug-in cannot write to it or let it grow.
            reading = os.open(f"/proc/self/fd/{file}", os.O_RDONLY | os.O_CLOEXEC)
            try:
                text = json.dumps(head).encode()
                whole = HEAD.pack(MARK, len(text), size, 1) + text
                sent = socket.send_fds(self.socket, [whole], [reading])
            except OSError as fault:
                raise _closed(fault) from None
            finally:
                os.close(reading)
            if sent < len(whole):
                self._send(whole[sent:])
        finally:
            os.close(file)

    def receive(self, most: int, files: bool = False) -> tuple[dict[str, Any], memoryview]:
        """Receive a message of at most ``most`` bytes beside its JSON.

        Args:
            most: bytes that the payload may have.
            files: take payloads in anonymous files as well.

        Raises:
            BadAnswerError: if it is none, or larger.
            ClosedError: if there is none and never will be.
            TimeoutError: if the socket's time limit is exceeded.
        """
        descriptors = [] if self._held else self._more(files)
        raw = self._exactly(HEAD.size)
        mark, length, size, in_file = HEAD.unpack(raw)
        if mark != MARK or length > MOST_TEXT or in_file != len(descriptors):
            raise BadAnswerError("what it sent is no message")
        if size > most:
            raise BadAnswerError(f"it sent {size:,} bytes; at most {most:,} may be")
        try:
            head = json.loads(bytes(self._exactly(length)))
        except (ValueError, RecursionError):
            raise BadAnswerError("what it sent is no JSON") from None
        if not isinstance(head, dict):
            raise BadAnswerError("what it sent is no JSON object")
        if descriptors:
            # The view keeps the file mapped as long as anything of it is used.
            mapped = mmap.mmap(descriptors[0], size, prot=mmap.PROT_READ)
            os.close(descriptors[0])
            return head, memoryview(mapped)
        return head, memoryview(self._exactly(size))

    def _more(self, files: bool = False) -> list[int]:
        """Hold what comes next; gives the descriptors that come with it."""
        self._wait()
        descriptors: list[int] = []
        try:
            if files:
                came, descriptors, _, _ = socket.recv_fds(self.socket, PIECE, 1)
            else:
                came = self.socket.recv(PIECE)
        except ConnectionError as fault:
            raise _closed(fault) from None
        if not came:
            raise ClosedError("its end is closed")
        self._held = memoryview(came)
        return list(descriptors)

    def _exactly(self, size: int) -> bytearray:
        """The next bytes, in memory of their own."""
        taken = bytearray(size)
        view, got = memoryview(taken), 0
        while got < size:
            if not self._held and size - got < PIECE:
                self._more()
            if self._held:
                some = min(len(self._held), size - got)
                view[got : got + some] = self._held[:some]
                self._held = self._held[some:]
            else:
                some = self._into(view[got:])
            got += some
        return taken

    def _into(self, view: memoryview) -> int:
        """Receive some of a large payload where it shall lie."""
        self._wait()
        try:
            some = self.socket.recv_into(view)
        except ConnectionError as fault:
            raise _closed(fault) from None
        if not some:
            raise ClosedError("its end was closed within a message")
        return some

    def _send(self, data: bytes | memoryview) -> None:
        self._wait()
        try:
            self.socket.sendall(data)
        except OSError as fault:
            raise _closed(fault) from None

    def close(self) -> None:
        """Close this end."""
        self.socket.close()


def _closed(fault: OSError) -> Exception:
    return fault if isinstance(fault, TimeoutError) else ClosedError(str(fault))


def _as_stream(table: pa.Table) -> pa.Buffer:
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema, options=_AS_WRITTEN) as writer:
        writer.write_table(table)
    return sink.getvalue()
