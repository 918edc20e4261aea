"""Reports as HTML and Markdown, one room for each kind."""
