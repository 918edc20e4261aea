"""Checks of a recording, one per file. Each has a function ``check``, which returns its results."""
