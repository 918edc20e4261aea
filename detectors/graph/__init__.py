"""Detectors that link accounts to one another."""
