"""Runs the shards in this process, or in several that each hold some of them.

The number of workers changes nothing but the duration. Between slices only orders and summaries are
exchanged; shards write their rows to files themselves.
"""

from __future__ import annotations

import contextlib
import signal
import traceback
from collections.abc import Sequence
from multiprocessing.connection import Connection
from typing import Any

import pyarrow as pa

from shamcrowd.recording.errors import ShamcrowdError
from shamcrowd.recording.schema import ACTIVITY
from shamcrowd.recording.writing import WrittenFile, stream_path, write_file
from shamcrowd.simulator.core.process_start import preload, process_context, starting
from shamcrowd.simulator.shards.shard import Shard
from shamcrowd.simulator.shards.shard_config import ShardConfig
from shamcrowd.simulator.traffic.profile_tables import ProfileTables
from shamcrowd.simulator.traffic.slice_messages import ShardResult, SliceOrder, SliceSummary


class WorkerLostError(ShamcrowdError):
    """A worker process died (killed, or out of memory); the recording was not finished."""

    exit_code = 3


_LOST = (
    "a worker process died before the recording was finished (killed, or out of memory); no "
    "partial recording was kept. Try again with fewer --workers"
)


def _work(pipe: Connection, config: ShardConfig, numbers: Sequence[int]) -> None:
    """Main loop of a worker: simulate its shards slice by slice until told to close."""
    # Ctrl-C reaches every process of the terminal; the parent closes the pipe.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # Shards of one process share the tables.
    tables = ProfileTables(config.usage_profiles, config.local_hours)
    shards = [Shard(config, number, tables) for number in numbers]
    with contextlib.suppress(EOFError, BrokenPipeError, ConnectionResetError):
        while True:
            orders = pipe.recv()
            closing = isinstance(orders, int)
            try:
                answer: Any = (
                    [shard.close(orders) for shard in shards]
                    if closing
                    else [s.play(o) for s, o in zip(shards, orders, strict=True)]
                )
            except Exception as fault:  # the parent raises any fault
                answer = (fault, traceback.format_exc())
            pipe.send(answer)
            if closing or isinstance(answer, tuple):
                return


class ShardPool:
    """Sends each shard one order per slice; use `close` at the end or `dismiss` on failure.

    Args:
        config: what the shards need to know.
        shards: number of shards.
        workers: number of processes; 1: this process.
        tables: the usage profiles, used when there is one process.
    """

    def __init__(
        self, config: ShardConfig, shards: int, workers: int, tables: ProfileTables
    ) -> None:
        self._config = config
        self._own: list[Shard] = []
        self._pipes: list[Connection] = []
        self._processes: list[Any] = []
        self._assignment = [list(range(w, shards, workers)) for w in range(min(workers, shards))]
        self._files: list[WrittenFile] = []
        self._orders: Sequence[SliceOrder] = ()
        if len(self._assignment) == 1:
            self._own = [Shard(config, number, tables) for number in range(shards)]
            return
        # The fork server loads the workers' modules while the world creates the first accounts.
        preload([__name__], start=True)

    def _start(self) -> None:
        for numbers in self._assignment:
            own_end, worker_end = process_context().Pipe()
            process = process_context().Process(
                target=_work, args=(worker_end, self._config, numbers), daemon=True
            )
            with starting():
                process.start()
                self._pipes.append(own_end)
                self._processes.append(process)
            worker_end.close()

    def begin(self, orders: Sequence[SliceOrder]) -> None:
        """Send every shard its order; workers simulate it while the caller continues."""
        self._orders = orders
        if not self._own:
            self._ask([[orders[n] for n in numbers] for numbers in self._assignment])

    def summaries(self) -> list[SliceSummary]:
        """Return the shards' summaries of the orders sent last, in the order of the shards."""
        if self._own:
            return [s.play(o) for s, o in zip(self._own, self._orders, strict=True)]
        return self._answers()

    def close(self, end: int) -> list[ShardResult]:
        """Let every shard write what is left up to ``end`` (ms), and return their results."""
        if self._own:
            return [shard.close(end) for shard in self._own]
        self._ask([end] * len(self._assignment))
        closings: list[ShardResult] = self._answers()
        self.dismiss()
        return closings

    def dismiss(self) -> None:
        """End the workers."""
        for pipe in self._pipes:
            pipe.close()
        for process in self._processes:
            process.join(timeout=5)
            if process.is_alive():
                process.kill()
                process.join()

    def _ask(self, questions: Sequence[Any]) -> None:
        if not self._processes:
            self._start()
        try:
            for pipe, question in zip(self._pipes, questions, strict=True):
                pipe.send(question)
        except (BrokenPipeError, ConnectionResetError):
            raise WorkerLostError(_LOST) from None

    def _answers(self) -> list[Any]:
        answers: list[Any] = [None] * sum(map(len, self._assignment))
        try:
            for pipe, numbers in zip(self._pipes, self._assignment, strict=True):
                reply = pipe.recv()
                if isinstance(reply, tuple):
                    fault, where = reply
                    raise fault from RuntimeError(where)
                for number, answer in zip(numbers, reply, strict=True):
                    answers[number] = answer
        except (EOFError, ConnectionResetError):
            raise WorkerLostError(_LOST) from None
        return answers

    def keep_activity(self, table: pa.Table, stem: str, shard: int) -> None:
        """Write the world's own activity rows next to the shards' files."""
        path = stream_path(self._config.folder, "activity", stem, shard)
        self._files.append(write_file(table, ACTIVITY, path))

    @property
    def own_files(self) -> list[WrittenFile]:
        """Files of the world's own activity."""
        return self._files
