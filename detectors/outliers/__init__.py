"""Outlier detectors: they score accounts by how unusual their features are."""
