"""Metrics, one per file; the registry finds them and names them after their file."""
