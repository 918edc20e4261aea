"""What commands print: progress and notes on the error stream, data on the output."""

from __future__ import annotations

import sys
from types import TracebackType
from typing import TYPE_CHECKING, ClassVar, Self

from shamcrowd.benchmark.cli.terminal import say, styled
from shamcrowd.benchmark.evaluation.listener import Listener
from shamcrowd.recording.plain_text import printable

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID


def next_step(text: str) -> None:
    """The last line of a command: what to do now."""
    say(styled("Next: ", bold=True) + text)


def size(number: float) -> str:
    """A count as people write it.

    >>> size(12345)
    '12,345'
    """
    return f"{number:,.0f}"


class ConsoleProgress(Listener):
    """Shows progress bars in a terminal, and notes always, unless quiet.

    ``words`` and ``bar`` are the widths of a bar's description and of the bar.
    """

    words: ClassVar[int] = 11
    bar: ClassVar[int] = 30

    def __init__(self, quiet: bool) -> None:
        self._quiet = quiet
        self._progress: Progress | None = None
        self._task: TaskID | None = None

    def __enter__(self) -> Self:
        if not self._quiet and sys.stderr.isatty():
            from rich.console import Console
            from rich.progress import (
                BarColumn,
                MofNCompleteColumn,
                Progress,
                TextColumn,
                TimeElapsedColumn,
            )

            self._progress = Progress(
                TextColumn(f"{{task.description:<{self.words}}}", markup=False),
                BarColumn(self.bar),
                MofNCompleteColumn(), TimeElapsedColumn(),
                console=Console(stderr=True), transient=True,
            )  # fmt: skip
            self._progress.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._progress is not None:
            self._progress.stop()

    def stage(self, name: str, total: int) -> None:
        """A new bar."""
        if self._progress is not None and total:
            self._task = self._progress.add_task(printable(name), total=total)

    def counting(self, name: str) -> None:
        """A new bar of something whose total is not known."""
        if self._progress is not None:
            self._task = self._progress.add_task(name, total=None)

    def step(self) -> None:
        """One step on."""
        if self._progress is not None and self._task is not None:
            self._progress.advance(self._task)

    def note(self, text: str) -> None:
        """Say it on the error stream."""
        if not self._quiet:
            say(text, err=True)

    def count(self, many: int) -> None:
        """So many are done of what `counting` named."""
        if self._progress is not None and self._task is not None:
            self._progress.update(self._task, completed=many)

    def share(self, done: float) -> None:
        """Progress of one long piece of work, 0 to 1."""
        if self._progress is not None and self._task is not None:
            self._progress.update(self._task, completed=done)
