"""Scenario files: loading, composing, validating and explaining what a simulation does."""
