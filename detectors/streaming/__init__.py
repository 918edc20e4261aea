"""Streaming detectors: they see each row once and keep a fixed amount of state."""
