"""Charts as inline SVG, one per file, on one canvas; and the formatting of figures."""
