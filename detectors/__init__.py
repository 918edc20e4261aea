"""Detectors: a view of the recording in, findings out. They never see the truth."""
