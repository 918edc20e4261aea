"""One lesson a file: its steps by minutes, and what earns points."""
