"""Detectors of model extraction: queries chosen to copy a model rather than to use it."""
