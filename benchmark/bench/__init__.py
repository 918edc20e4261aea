"""A whole suite: scenario by seed by detector, each unit made once and kept."""
