"""Adapters: other things made into a detector."""
