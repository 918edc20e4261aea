"""Detectors of accounts that act together in time."""
