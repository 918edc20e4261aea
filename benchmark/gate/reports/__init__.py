"""Reports of a check, one form a file."""
