"""Innocent explanations of why accounts share things, one file each, found by their class."""
