"""Charts of a recording as inline SVG, one a file."""
