"""Runs against each other: paired on identical traffic, with intervals, and modest verdicts."""
