"""Reports of a check, one format per file."""
