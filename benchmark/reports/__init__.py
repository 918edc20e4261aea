"""Reports as HTML and Markdown, one package for each kind."""
