"""A comparison of two runs as Markdown, CSV, LaTeX, JSON and charts."""
