"""Legitimate populations, one archetype a file."""
