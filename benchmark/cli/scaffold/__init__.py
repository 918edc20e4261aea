"""First files of a plug-in: texts that work as they are, and where they go."""
