"""Tactics: one kind of abuse per file."""
