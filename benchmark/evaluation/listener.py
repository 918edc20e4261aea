"""Who is told how a run gets on."""

from __future__ import annotations


class Listener:
    """Hears nothing; the command line has one that shows progress."""

    def stage(self, name: str, total: int) -> None:
        """A stage with ``total`` steps begins."""

    def step(self) -> None:
        """One more step of the stage is done."""

    def note(self, text: str) -> None:
        """Something a user wants to know."""
