"""Detectors that compare the prompts of accounts by their sketches."""
