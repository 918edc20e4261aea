"""What runs in a plug-in's process: it loads the plug-in and answers the benchmark's questions."""

from __future__ import annotations

import socket
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from shamcrowd.benchmark.execution.confinement.answers import packed_findings, unpacked_arrays
from shamcrowd.benchmark.execution.confinement.messages import Channel, ClosedError
from shamcrowd.benchmark.execution.confinement.sandbox_entry import DATA, enter_sandbox
from shamcrowd.benchmark.execution.confinement.served_log import ServedLog
from shamcrowd.benchmark.execution.confinement.used_files import UsedFiles
from shamcrowd.detectors.base import Labels
from shamcrowd.detectors.features.store import log_view
from shamcrowd.recording.errors import DetectorError, MissingExtraError, ShamcrowdError

MOST_QUESTION = 1 << 40
MOST_SAID = 20_000
"""Characters of an error that are sent."""


def run_confined(order: dict[str, Any], data: int, isolated: bool) -> None:
    """Enter the sandbox, then answer questions until the benchmark closes the channel."""
    enter_sandbox(order, data, isolated)
    run_plugin(order, DATA)


def run_plugin(order: dict[str, Any], data: int) -> None:
    """Answer questions, in this process as it is."""
    sys.argv = [""]
    sys.dont_write_bytecode = True
    # The process is ended without warning: what was printed must be out by then.
    printed: dict[str, Any] = {"buffering": 1, "errors": "backslashreplace", "closefd": False}
    sys.stdout, sys.stderr = open(1, "w", **printed), open(2, "w", **printed)  # noqa: SIM115
    for entry in order["path"]:
        if entry not in sys.path:
            sys.path.append(entry)
    channel = Channel(socket.socket(fileno=data))
    plugin = _Plugin(channel)
    while True:
        try:
            head, body = channel.receive(MOST_QUESTION)
        except ClosedError:
            return
        try:
            answered, payload = plugin.answer(head, body)
            channel.send(answered, payload)
        except ClosedError:
            return
        except Exception as fault:
            channel.send(failure(fault))


def failure(fault: Exception) -> dict[str, Any]:
    """What the benchmark hears of an exception."""
    if isinstance(fault, MissingExtraError):
        kind, said = "missing", str(fault)
    elif isinstance(fault, MemoryError):
        kind, said = "memory", own_frames(fault)
    elif isinstance(fault, DetectorError):
        kind, said = "contract", str(fault)
    elif isinstance(fault, ShamcrowdError):
        kind, said = "refused", own_frames(fault)
    else:
        kind, said = "raised", own_frames(fault)
    return {"failed": kind, "said": said[:MOST_SAID], "plain": str(fault)[:MOST_SAID]}


def own_frames(fault: BaseException) -> str:
    """The message of an exception and the frames below ours: where in the plug-in it happened."""
    frames = traceback.extract_tb(fault.__traceback__)
    last = max((i for i, frame in enumerate(frames) if frame.filename == __file__), default=-1)
    inside = "".join(traceback.format_list(list(frames[last + 1 :]))).rstrip()
    return f"{type(fault).__name__}: {fault}\n{inside}".rstrip()


class _Plugin:
    def __init__(self, channel: Channel) -> None:
        self._channel = channel
        self._maker: Callable[..., Any] | None = None
        self._detector: Any = None
        self._logs: dict[str, ServedLog] = {}
        self._used = UsedFiles()

    def answer(self, head: dict[str, Any], body: memoryview) -> tuple[dict[str, Any], bytes]:
        asked = {
            "load": self._load, "describe": self._describe, "make": self._make, "fit": self._fit,
            "restore": self._restore, "save": self._save, "review": self._review,
            "used": self._files, "decide": self._decide,
        }  # fmt: skip
        return asked[head["ask"]](head, body)

    def _load(self, head: dict[str, Any], body: memoryview) -> tuple[dict[str, Any], bytes]:
        if head["name"] is None:
            import cloudpickle

            self._maker = cloudpickle.loads(bytes(body))
        else:
            from shamcrowd.detectors.registry import load_detector

            self._maker = load_detector(head["name"])
        return {}, b""

    def _describe(self, head: dict[str, Any], body: memoryview) -> tuple[dict[str, Any], bytes]:
        from shamcrowd.detectors.features.wanted import names_features

        maker = self._maker
        assert maker is not None
        learns = hasattr(maker if isinstance(maker, type) else maker(), "fit")
        files = [str(Path(file).resolve()) for file in getattr(maker, "files", ())]
        return {
            "learns": learns, "features": bool(names_features(maker)), "files": files,
            "every_request": bool(getattr(maker, "needs_every_request", False)),
        }, b""  # fmt: skip

    def _make(self, head: dict[str, Any], body: memoryview) -> tuple[dict[str, Any], bytes]:
        assert self._maker is not None
        settings = head["settings"]
        if settings:
            from shamcrowd.detectors.settings import check_settings

            check_settings("the detector", self._maker, settings)
        self._detector = self._maker(**settings)
        return {"learns": hasattr(self._detector, "fit")}, b""

    def _restore(self, head: dict[str, Any], body: memoryview) -> tuple[dict[str, Any], bytes]:
        import cloudpickle

        self._detector = cloudpickle.loads(bytes(body))
        return {}, b""

    def _fit(self, head: dict[str, Any], body: memoryview) -> tuple[dict[str, Any], bytes]:
        arrays = unpacked_arrays(head["arrays"], body)
        labels = Labels(arrays["account"].astype(np.int32), arrays["sham"].astype(np.bool_))
        self._detector.fit(self._view(head), labels)
        return {}, b""

    def _save(self, head: dict[str, Any], body: memoryview) -> tuple[dict[str, Any], bytes]:
        import cloudpickle

        try:
            return {"saved": True}, cloudpickle.dumps(self._detector)
        except Exception:
            return {"saved": False}, b""

    def _review(self, head: dict[str, Any], body: memoryview) -> tuple[dict[str, Any], bytes]:
        return packed_findings(self._detector.review(self._view(head)))

    def _decide(self, head: dict[str, Any], body: memoryview) -> tuple[dict[str, Any], bytes]:
        return {"decision": self._detector.decide(head["state"])}, b""

    def _files(self, head: dict[str, Any], body: memoryview) -> tuple[dict[str, Any], bytes]:
        return self._used.report(), b""

    def _view(self, head: dict[str, Any]) -> Any:
        name, features = head["log"], head["features"]
        if name not in self._logs:
            self._logs[name] = ServedLog(self._channel, name, head["start"], head["live"])
        return log_view(
            self._logs[name], head["now"], head["since"], Path(features) if features else None
        )
