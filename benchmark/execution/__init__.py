"""Execution of units of work: isolated processes, the sandbox, the cache and the engines."""
