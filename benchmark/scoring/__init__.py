"""Scoring: computes metrics from saved findings and the truth."""
