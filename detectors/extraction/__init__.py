"""Detectors of model extraction: queries that serve to copy a model."""
