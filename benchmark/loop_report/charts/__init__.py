"""Charts of the arms race as inline SVG, one a file."""
