"""Detectors that score sets of accounts, not each account alone."""
