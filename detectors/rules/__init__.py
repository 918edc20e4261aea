"""Simple rules, of the kind that abuse teams usually write first."""
