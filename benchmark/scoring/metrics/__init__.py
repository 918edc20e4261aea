"""Metrics, one a file: found by the registry, named by their file."""
