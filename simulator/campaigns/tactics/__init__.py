"""Tactics, one kind of abuse a file."""
