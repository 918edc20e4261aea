"""Conformance checks for metrics, shipped for their authors."""
