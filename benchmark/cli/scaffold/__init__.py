"""Scaffolding for plug-ins: templates of working first files, and where they are written."""
