"""Small drawings of the suite's report as inline SVG, one a file."""
