"""Charts as inline SVG, one per file, with a common canvas and number formatting."""
