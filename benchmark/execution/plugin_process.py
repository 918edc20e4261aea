"""The benchmark's side of a plug-in's process: asks it, and believes nothing that it answers."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from shamcrowd.benchmark.execution.confinement import answers, landlock, server_client
from shamcrowd.benchmark.execution.confinement.answers import plain_text
from shamcrowd.benchmark.execution.confinement.messages import (
    BadAnswerError,
    Channel,
    ClosedError,
)
from shamcrowd.benchmark.execution.confinement.served_log import answer
from shamcrowd.benchmark.execution.confinement.used_files import source_of
from shamcrowd.benchmark.execution.drain import Drain
from shamcrowd.benchmark.execution.host import was_killed
from shamcrowd.benchmark.execution.isolated_process import ProcessDiedError, TimeLimitError
from shamcrowd.benchmark.execution.opened_files import OpenedFiles, folders_of
from shamcrowd.benchmark.execution.plugin_failures import (
    FailedDetectorError,
    failure,
    lie,
    too_much_memory,
)
from shamcrowd.benchmark.execution.plugin_source import OfferedLog, PluginSource, Usage
from shamcrowd.benchmark.execution.sandbox import Sandbox
from shamcrowd.benchmark.execution.used import content_of, names_used, programs_used
from shamcrowd.detectors.base import Findings, Labels
from shamcrowd.recording.units import AccountIds

SAVED_MOST = 1 << 30
"""Bytes that a fitted detector may have."""
SMALL = 1 << 20
END_SECONDS = 10.0
"""How long a process may take, after the order to end, to tell what it used."""


class PluginProcess:
    """A process with one plug-in; use it as a context manager.

    Every method raises, besides what it names:

    FailedDetectorError: if the plug-in raised, used too much, or answered what is no answer.
    DetectorError: if it breaks the contract.
    MissingExtraError: if it needs a package that is not installed.
    ProcessDiedError: if its process has ended.
    TimeLimitError: if it exceeds its time limit.
    """

    def __init__(self, plugin: PluginSource, sandbox: Sandbox, limit: float | None = None) -> None:
        """Start the process and load the plug-in in it.

        Args:
            plugin: what to load; a class is given as bytes.
            sandbox: what it may use.
            limit: seconds that all its answers together may take; None: no limit.
        """
        self._name, self._sandbox = plugin.name, sandbox
        self._left = self._limit = limit
        self._logs: dict[str, OfferedLog] = {}
        self._printed = ""
        self._usage = Usage(0.0, 0.0)
        self._orders: Channel | None = None
        self._data: Channel | None = None
        self._alone: Any = None
        self._over = False
        self._begun = time.time()
        order = sandbox.order(server_client.callers_path())
        self._opened = OpenedFiles(folders_of(map(Path, [*order["own"], *sandbox.files])))
        try:
            self._start(order)
            by_name = isinstance(plugin.detector, str)
            self._ask(
                {"ask": "load", "name": plugin.detector if by_name else None},
                b"" if by_name else plugin.detector,
            )
        except BaseException:
            self.close()
            raise

    def _start(self, order: dict[str, Any]) -> None:
        channels = server_client.open_channels()
        if channels is None:
            self._alone, data = server_client.start_alone(order)
            self._said = Drain(self._alone.stdout)
            self._data = Channel(data)
            return
        orders, data = channels
        self._orders = Channel(orders)
        self._data = Channel(data, self._sandbox.memory_mib * 2**20)
        self._orders.send({}, json.dumps(order).encode())

    def __enter__(self) -> PluginProcess:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    def allow(self, seconds: float) -> None:
        """From now on, all its answers together may take so long."""
        self._left = self._limit = seconds

    def describe(self) -> dict[str, Any]:
        """What it says of itself.

        Whether it ``learns``, wants ``features`` and needs ``every_request``, and which ``files``
        of its own it names.
        """
        head, _ = self._ask({"ask": "describe"})
        files = self._names(head, "files")
        answer: dict[str, Any] = {
            name: head.get(name) is True for name in ("learns", "features", "every_request")
        }
        return answer | {"files": sorted(map(str, self._own_of(files)))}

    def make(self, settings: Mapping[str, float] | None = None) -> bool:
        """Make a new detector, with settings if there are any; whether it learns."""
        head, _ = self._ask({"ask": "make", "settings": dict(settings or {})})
        return head.get("learns") is True

    def restore(self, saved: bytes) -> None:
        """Take up a detector that `saved` gave."""
        self._ask({"ask": "restore"}, saved)

    def fit(self, log: OfferedLog, now: int, since: int, features: Path | None,
            labels: Labels) -> None:  # fmt: skip
        """Have it learn from a log."""
        arrays: dict[str, npt.NDArray[Any]] = {
            "account": np.asarray(labels.account, np.int64),
            "sham": np.asarray(labels.sham, np.uint8),
        }
        about, body = answers.packed_arrays(arrays)
        view = self._view("training", log, now, since, features)
        self._ask({"ask": "fit", "arrays": about, **view}, body, latest=now)

    def saved(self) -> bytes:
        """The detector as bytes, for another of its processes; empty if it cannot be pickled."""
        head, body = self._ask({"ask": "save"}, most=SAVED_MOST)
        return bytes(body) if head.get("saved") is True else b""

    def review(self, log: OfferedLog, now: int, since: int, features: Path | None,
               known: AccountIds) -> Findings:  # fmt: skip
        """Its findings at one review, checked against the accounts ``known`` by then."""
        view = self._view("log", log, now, since, features)
        most = answers.most_bytes(len(known))
        head, body = self._ask({"ask": "review", **view}, most=most, latest=now)
        try:
            return answers.checked_findings(head, body, known)
        except BadAnswerError as fault:
            raise lie(str(fault)) from None

    def used(self) -> dict[str, Any]:
        """Files that it used so far besides packages, with their content; see `used.content_of`.

        They are what the kernel saw to be opened in its folder, and what it tells itself. Where
        its files are confined there are no others.
        """
        head, _ = self._ask({"ask": "used"})
        named, listed = self._names(head, "files"), self._names(head, "folders")
        opened = self._opened.read()
        if landlock.version():
            whole = self._opened.whole
        else:
            # It can open what lies elsewhere, which is not looked at for its sake.
            whole = head.get("all") is True
            whole = whole and len(self._own_of([*named, *listed])) == len({*named, *listed})
        files = {source_of(str(path)) for path in opened} | self._own_of(named)
        folders, some = names_used(self._opened.listed, files)
        if head.get("started") is True:
            files |= programs_used(self._names(head, "programs"))
        return content_of(files | some, whole, self._begun, folders | self._own_of(listed))

    def decide(self, state: dict[str, Any]) -> Any:
        """What its method ``decide`` answers to ``state``; both are JSON."""
        return self._ask({"ask": "decide", "state": state})[0].get("decision")

    def strayed(self) -> list[str]:
        """What it reached for outside its own files, as far as Python saw it."""
        head, _ = self._ask({"ask": "used"})
        named = [n for of in ("files", "folders", "programs") for n in self._names(head, of)]
        paths = sorted(set(named) - {str(path) for path in self._own_of(named)})
        return ["the network"] * (head.get("sockets") is True) + paths

    def _names(self, head: dict[str, Any], what: str) -> list[str]:
        names = head.get(what)
        if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
            raise lie(f"it named {what} that are no names")
        return names

    def _own_of(self, named: list[str]) -> set[Path]:
        """Of files that a plug-in names, those in its folder; the others are not looked at."""
        own = self._sandbox.own
        return {Path(name) for name in named if own and Path(name).is_relative_to(own)}

    def usage(self) -> Usage:
        """What its processes have used so far; measured outside of them where that can be."""
        if self._orders is not None and not self._over:
            try:
                self._orders.send({"ask": "usage"})
                self._take_usage(self._orders.receive(SMALL)[0])
            except (ClosedError, BadAnswerError):
                self._over = True
        return self._usage

    def close(self) -> Usage:
        """End the process and all that it started; what they used."""
        if self._orders is not None:
            if not self._over:
                try:
                    self._orders.socket.settimeout(END_SECONDS)
                    self._orders.send({"ask": "end"})
                    while not self._over:
                        self._take_usage(self._orders.receive(SMALL)[0])
                except (ClosedError, BadAnswerError, TimeoutError):
                    self._over = True
            self._orders.close()
        elif self._alone is not None:
            self._alone.kill()
            self._alone.wait()
            self._printed = self._said.text()
            self._alone.stdout.close()
        if self._data is not None:
            self._data.close()
        self._opened.close()
        if self._printed:
            said = plain_text(self._printed).rstrip("\n").replace("\n", f"\n[{self._name}] ")
            print(f"[{self._name}] {said}", file=sys.stderr)
            self._printed = ""
        return self._usage

    def _view(self, name: str, log: OfferedLog, now: int, since: int,
              features: Path | None) -> dict[str, Any]:  # fmt: skip
        self._logs = {name: log}
        return {
            "log": name, "start": log.source.start, "live": log.live, "now": now, "since": since,
            "features": None if features is None else str(features),
        }  # fmt: skip

    def _ask(
        self, question: dict[str, Any], payload: bytes = b"", most: int = 0, latest: int = 0
    ) -> tuple[dict[str, Any], memoryview]:
        begun = time.monotonic()
        assert self._data is not None
        try:
            self._data.until(None if self._left is None else begun + self._left)
            self._data.send(question, payload)
            while True:
                head, body = self._data.receive(most)
                if "rows" not in head:
                    break
                log = self._logs.get(str(head["rows"]))
                if log is None:
                    raise BadAnswerError("it asked for rows of no log")
                answer(self._data, log.source, latest, head)
        except TimeoutError:
            raise TimeLimitError(f"not finished after {self._limit:g} s, the time limit") from None
        except ClosedError:
            raise self._died() from None
        except BadAnswerError as fault:
            raise lie(str(fault)) from None
        if self._left is not None:
            self._left = max(self._left - (time.monotonic() - begun), 1e-3)
        if "failed" in head:
            raise failure(head, self._sandbox.memory_mib)
        return head, body

    def _died(self) -> Exception:
        code: Any = None
        why = ""
        if self._alone is not None:
            code = self._alone.wait(END_SECONDS)
        elif self._orders is not None:
            try:
                self._orders.socket.settimeout(END_SECONDS)
                while not self._over:
                    head = self._orders.receive(SMALL)[0]
                    self._take_usage(head)
                    code, why = head.get("ended"), str(head.get("why", ""))
            except (ClosedError, BadAnswerError, TimeoutError):
                self._over = True
        if why == "memory":
            return too_much_memory("its processes together", self._sandbox.memory_mib)
        if why:
            return FailedDetectorError(f"more {why} than it may have")
        killed = "; it was killed, perhaps because memory ran out" if was_killed(code) else ""
        return ProcessDiedError(f"its process ended with code {code}{killed}")

    def _take_usage(self, head: dict[str, Any]) -> None:
        self._usage = Usage(float(head["seconds"]), float(head["peak_mib"]))
        self._printed = str(head["printed"])
        self._over = "ended" in head
