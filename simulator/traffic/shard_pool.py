"""Who plays the shards: this process, or several that each hold some of them.

The number of workers changes nothing but the time it takes. Between two slices only orders and
summaries pass; rows go straight from a shard to its file.
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
from shamcrowd.recording.writing import Written, stream_path, write_file
from shamcrowd.simulator.core.process_start import preload, process_context, starting
from shamcrowd.simulator.traffic.profile_tables import ProfileTables
from shamcrowd.simulator.traffic.shard import Shard, ShardConfig
from shamcrowd.simulator.traffic.slice_messages import ShardResult, SliceOrder, SliceSummary


class WorkerLostError(ShamcrowdError):
    """A worker process died (killed, or out of memory); the recording was not finished."""

    exit_code = 3


_LOST = (
    "a worker process died before the recording was whole (killed, or out of memory); nothing "
    "half-written was kept. Try again with fewer --workers"
)


def _work(pipe: Connection, setting: ShardConfig, numbers: Sequence[int]) -> None:
    """A worker's life: play its shards slice by slice until told to close."""
    # Ctrl-C goes to everybody in the terminal; the world closes the pipe.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # Shards of one process look things up in the same tables.
    tables = ProfileTables(setting.usage_profiles, setting.zones, setting.start_hour)
    shards = [Shard(setting, number, tables) for number in numbers]
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
            except Exception as fault:  # the parent must hear of any fault, whatever it is
                answer = (fault, traceback.format_exc())
            pipe.send(answer)
            if closing or isinstance(answer, tuple):
                return


class ShardPool:
    """Plays one order per shard at each slice; use `close` at the end or `dismiss` on failure."""

    def __init__(
        self, setting: ShardConfig, shards: int, workers: int, tables: ProfileTables
    ) -> None:
        self._setting = setting
        self._own: list[Shard] = []
        self._pipes: list[Connection] = []
        self._people: list[Any] = []
        self._deal = [list(range(w, shards, workers)) for w in range(min(workers, shards))]
        self._files: list[Written] = []
        self._orders: Sequence[SliceOrder] = ()
        if len(self._deal) == 1:
            self._own = [Shard(setting, number, tables) for number in range(shards)]
            return
        # Its server loads what workers need while the world makes the first accounts; pandas is
        # what pyarrow loads at its first array.
        preload([__name__, "pandas"], start=True)

    def _start(self) -> None:
        for numbers in self._deal:
            ours, theirs = process_context().Pipe()
            person = process_context().Process(
                target=_work, args=(theirs, self._setting, numbers), daemon=True
            )
            with starting():
                person.start()
                self._pipes.append(ours)
                self._people.append(person)
            theirs.close()

    def begin(self, orders: Sequence[SliceOrder]) -> None:
        """Hand every shard its order; workers play it while the world goes on."""
        self._orders = orders
        if not self._own:
            self._ask([[orders[n] for n in numbers] for numbers in self._deal])

    def summaries(self) -> list[SliceSummary]:
        """What came of the orders last handed out, in the order of the shards."""
        if self._own:
            return [s.play(o) for s, o in zip(self._own, self._orders, strict=True)]
        return self._answers()

    def close(self, end: int) -> list[ShardResult]:
        """Let every shard write what is left up to ``end`` (ms) and report its files."""
        if self._own:
            return [shard.close(end) for shard in self._own]
        self._ask([end] * len(self._deal))
        closings: list[ShardResult] = self._answers()
        self.dismiss()
        return closings

    def dismiss(self) -> None:
        """End the workers."""
        for pipe in self._pipes:
            pipe.close()
        for person in self._people:
            person.join(timeout=5)
            if person.is_alive():
                person.kill()
                person.join()

    def _ask(self, questions: Sequence[Any]) -> None:
        if not self._people:
            self._start()
        try:
            for pipe, question in zip(self._pipes, questions, strict=True):
                pipe.send(question)
        except (BrokenPipeError, ConnectionResetError):
            raise WorkerLostError(_LOST) from None

    def _answers(self) -> list[Any]:
        answers: list[Any] = [None] * sum(map(len, self._deal))
        try:
            for pipe, numbers in zip(self._pipes, self._deal, strict=True):
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
        """Write the world's own activity rows beside the shards'."""
        path = stream_path(self._setting.folder, "activity", stem, shard)
        self._files.append(write_file(table, ACTIVITY, path))

    @property
    def own_files(self) -> list[Written]:
        """Files of the world's own activity."""
        return self._files
