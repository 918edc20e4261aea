"""Detectors that see each row once and keep a fixed amount."""
