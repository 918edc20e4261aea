"""Detectors that learn from labels of another seed of the scenario."""
