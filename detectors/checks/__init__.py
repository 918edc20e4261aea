"""Conformance checks for detectors, shipped for their authors."""
