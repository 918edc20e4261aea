"""Receives the progress of a run."""

from __future__ import annotations


class Listener:
    """Does nothing; the command line has a subclass that shows progress."""

    def stage(self, name: str, total: int) -> None:
        """A stage with ``total`` steps begins."""

    def step(self) -> None:
        """One more step of the stage is done."""

    def note(self, text: str) -> None:
        """Something a user wants to know."""
