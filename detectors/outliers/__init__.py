"""Detectors that look for accounts unlike the rest."""
