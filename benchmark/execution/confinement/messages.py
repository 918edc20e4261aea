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
_HAS_FILES = hasattr(os, "memfd_create")


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
                with pa.ipc.new_stream(out, table.schema) as writer:
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
        self._wait()
        begun, descriptors = self._first(files)
        raw = begun + bytes(self._exactly(HEAD.size - len(begun)))
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

    def _first(self, files: bool) -> tuple[bytes, list[int]]:
        try:
            if files:
                begun, descriptors, _, _ = socket.recv_fds(self.socket, HEAD.size, 1)
            else:
                begun, descriptors = self.socket.recv(HEAD.size), []
        except ConnectionError as fault:
            raise _closed(fault) from None
        if not begun:
            raise ClosedError("its end is closed")
        return begun, list(descriptors)

    def _exactly(self, size: int) -> bytearray:
        held = bytearray(size)
        view, got = memoryview(held), 0
        while got < size:
            self._wait()
            try:
                more = self.socket.recv_into(view[got:])
            except ConnectionError as fault:
                raise _closed(fault) from None
            if not more:
                raise ClosedError("its end was closed within a message")
            got += more
        return held

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
    with pa.ipc.new_stream(sink, table.schema) as writer:
        writer.write_table(table)
    return sink.getvalue()
