"""Controls: what a detector must beat before its figures mean anything."""
