"""How campaigns respond to losses: one strategy per file."""
