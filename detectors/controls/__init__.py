"""Controls: simple references that a useful detector must beat."""
