"""Checks of a recording, one idea a file. Each has ``check``: what is open in, checks out."""
