"""Drawings of a comparison: inline SVG, nothing fetched, no script."""
