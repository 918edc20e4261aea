"""How campaigns answer losses: one strategy per file."""
