"""The project's own: evidence of several kinds, weighed together."""
