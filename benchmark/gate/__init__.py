"""The regression gate: compares a project's detectors with a committed baseline."""
