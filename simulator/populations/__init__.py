"""Legitimate populations: one module per archetype of the threat model (L1 to L12)."""
