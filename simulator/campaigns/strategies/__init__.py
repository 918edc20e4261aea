"""How campaigns answer losses: one strategy a file."""
