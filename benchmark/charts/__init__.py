"""Charts as inline SVG, one a file, and the formatting of figures."""
