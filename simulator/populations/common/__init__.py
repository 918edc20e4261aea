"""What all populations share: sign-up choices, and infrastructure used by unrelated people."""
