"""Conformance checks for detectors, for their authors."""
