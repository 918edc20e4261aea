"""Scoring: from saved findings and the truth to metrics."""
