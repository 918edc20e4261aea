"""Detectors that compare what accounts ask, by the sketches of their prompts."""
