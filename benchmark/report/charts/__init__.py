"""Charts as inline SVG, one a file."""
