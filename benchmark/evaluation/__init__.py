"""A whole run: recordings, findings, scores."""
